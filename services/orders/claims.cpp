// Before an order is made: what its key, its cart and its buyer have to do with other orders. One transaction
// decides that and saves the order.
#include <algorithm>

#include "base/error.h"
#include "services/orders/orders_service.h"

namespace bramble::orders {
namespace {

// How long a second order of a cart waits for the first, which takes as long as the bank does.
constexpr int most_looks = 100;
constexpr Duration between_looks = milliseconds(100);

CreateReply reply_of(const KeptAnswer& kept, const std::string& digest) {
  CreateReply reply;
  if (kept.digest != digest) {
    reply.outcome = CreateOutcome::key_reused;
  } else if (!kept.reply) {
    reply.outcome = CreateOutcome::key_busy;
  } else {
    reply = CreateReply::decode(*kept.reply);
    reply.replayed = true;
  }
  return reply;
}

// Whether what is to be ordered now is, or was, what the claim took. An empty cart that was ordered a moment
// ago is that cart still.
bool is_claimed(const CartClaim& claim, const CreateRequest& request, Time empty_since) {
  const auto& cart = *request.cart;
  if (cart.expected_version) {
    if (*cart.expected_version == claim.version) return true;
  } else if (request.items.empty()) {
    return claim.claimed_at > empty_since;
  }
  return std::any_of(cart.lines.begin(), cart.lines.end(), [&](const std::string& line) {
    return std::find(claim.lines.begin(), claim.lines.end(), line) != claim.lines.end();
  });
}

}  // namespace

bool OrdersService::is_alive(const Lease& lease) const {
  if (lease.holder == holder_) return making_.contains(lease.order_id);
  return !settings_.alone && clock_.now() < lease.until;
}

Task<bool> OrdersService::is_being_made(Call call, Purchase purchase) {
  auto kept = co_await database_.read(call, purchase.order_id.text(), [&](Tx& tx) {
    return store_.find_key(tx, purchase.user_id.text(), create_route, purchase.idempotency_key);
  });
  co_return kept && kept->lease.order_id == purchase.order_id&& is_alive(kept->lease);
}

// Whoever made it has died: what it began is undone here and now, so that its goods and its key are free.
Task<void> OrdersService::undo(Call call, OrderId order) {
  co_await abandon(call, order);
  try {
    co_await advance(call, {order});
  } catch (const Error& error) {
    if (error.code == ErrorCode::internal) throw;
  }
}

// Saves the order, or says why it is not to be made.
Task<std::optional<CreateReply>> OrdersService::take_its_place(const Call& call, const CreateRequest& request,
                                                               const Draft& draft) {
  for (int look = 1;; ++look) {
    auto begun = co_await database_.transact(call, draft.purchase.order_id.text(),
                                             [&](Tx& tx) { return begin(tx, request, draft); });
    if (!begun.in_the_way) co_return std::move(begun.answer);
    if (!is_alive(*begun.in_the_way)) {
      co_await undo(call, begun.in_the_way->order_id);
    } else if (begun.has_key) {
      co_return std::move(begun.answer);
    } else {
      co_await pause_us(between_looks.us);
    }
    bool is_late = clock_.now() + seconds(1) > call.deadline;
    if (look == most_looks || is_late) co_return std::move(begun.answer);
  }
}

OrdersService::Beginning OrdersService::begin(Tx& tx, const CreateRequest& request, const Draft& draft) {
  const auto& principal = request.user_id.text();
  Beginning beginning;
  beginning.answer = find_kept(tx, request, draft, beginning);
  if (beginning.answer) return beginning;
  beginning.answer = find_claim(tx, request, beginning);
  // Only now: the repeat of an order finds the cart empty, and its answer all the same.
  if (!beginning.answer && request.items.empty()) {
    throw_invalid("items", "required", "at least one item, or a cart that is not empty");
  }
  if (!beginning.answer && draft.refusal.outcome != CreateOutcome::created) {
    store_.keep_answer(tx, principal, create_route, request.idempotency_key, draft.refusal.encode());
    beginning.answer = draft.refusal;
    return beginning;
  }
  if (!beginning.answer) beginning.answer = find_excess(tx, request, draft);
  if (beginning.answer) {
    store_.drop_key(tx, principal, create_route, request.idempotency_key);
    return beginning;
  }
  store_.add(tx, draft.purchase, draft.items, tx.now() + settings_.lease);
  if (request.cart && !request.cart->lines.empty()) {
    store_.put_cart_claim(tx, request.user_id,
                          {draft.purchase.order_id, request.cart->version, request.cart->lines, tx.now()});
  }
  return beginning;
}

// Takes the key. If it was taken before: what it got, or that this is not known yet. A key without an answer
// that names no order, as an older version left it, nobody will ever answer: it is free.
std::optional<CreateReply> OrdersService::find_kept(Tx& tx, const CreateRequest& request, const Draft& draft,
                                                    Beginning& beginning) {
  const auto& user = request.user_id.text();
  auto take = [&] {
    return store_.take_key(tx, user, create_route, request.idempotency_key, request.idempotency_digest,
                           Lease{draft.purchase.order_id, holder_, tx.now() + settings_.lease});
  };
  auto kept = take();
  if (kept && !kept->reply && !store_.find(tx, kept->lease.order_id)) {
    store_.drop_key(tx, user, create_route, request.idempotency_key);
    kept = take();
  }
  if (!kept) return std::nullopt;
  auto reply = reply_of(*kept, request.idempotency_digest);
  beginning.has_key = true;
  if (reply.outcome == CreateOutcome::key_busy) beginning.in_the_way = kept->lease;
  return reply;
}

// A cart makes one order, until that has come to nothing.
std::optional<CreateReply> OrdersService::find_claim(Tx& tx, const CreateRequest& request,
                                                     Beginning& beginning) {
  if (!request.cart) return std::nullopt;
  CreateReply reply;
  auto claim = store_.cart_claim(tx, request.user_id);
  if (claim && is_claimed(*claim, request, tx.now() - settings_.hold)) {
    auto order = store_.find(tx, claim->order_id);
    if (order && (order->was_paid || !is_closed(order->status))) {
      reply.outcome = CreateOutcome::cart_ordered;
      reply.claimed_by = claim->order_id;
      if (order->status == OrderStatus::new_) {
        auto kept = store_.find_key(tx, order->user_id.text(), create_route, order->idempotency_key);
        beginning.in_the_way = kept ? kept->lease : Lease{order->order_id, "", {}};
      }
      return reply;
    }
  }
  const auto& expected = request.cart->expected_version;
  if (!expected || *expected == request.cart->version) return std::nullopt;
  reply.outcome = CreateOutcome::cart_changed;
  return reply;
}

// What is held and not paid for nobody else can buy, so it has bounds.
std::optional<CreateReply> OrdersService::find_excess(Tx& tx, const CreateRequest& request,
                                                      const Draft& draft) {
  auto unpaid = store_.unpaid(tx, request.user_id);
  auto units = std::ssize(draft.items);
  if (unpaid.empty() && units <= units_of_a_lapser) return std::nullopt;
  auto limits = limits_after(settings_.unpaid, store_.lapsed(tx, request.user_id, tx.now() - days(1)));
  CreateReply reply;
  reply.outcome = CreateOutcome::too_many_unpaid;
  reply.unpaid = Unpaid{{}, limits.orders, limits.units};
  for (const auto& [order, held] : unpaid) {
    reply.unpaid->order_ids.push_back(order);
    units += held;
  }
  if (std::ssize(unpaid) < limits.orders && units <= limits.units) return std::nullopt;
  return reply;
}

Task<void> OrdersService::renew_leases(Call call) {
  auto now = clock_.now();
  std::vector<std::pair<Made, Lease>> due;
  for (auto& [order, made] : making_) {
    if (now < made.said_at + Duration{settings_.lease.us / 4}) continue;
    made.said_at = now;
    due.emplace_back(made, Lease{order, holder_, now + settings_.lease});
  }
  if (settings_.alone || due.empty()) co_return;
  co_await database_.transact(call, due.front().second.order_id.text(), [&](Tx& tx) {
    for (const auto& [made, lease] : due) {
      store_.renew_lease(tx, made.user_id.text(), create_route, made.key, lease);
    }
  });
}

}  // namespace bramble::orders
