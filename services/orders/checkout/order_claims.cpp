#include "services/orders/checkout/order_claims.h"

#include <algorithm>

#include "base/error.h"

namespace bramble::orders {
namespace {

CreateReply reply_of(const StoredAnswer& stored, const std::string& digest) {
  CreateReply reply;
  if (stored.digest != digest) {
    reply.outcome = CreateOutcome::key_reused;
  } else if (!stored.reply) {
    reply.outcome = CreateOutcome::key_busy;
  } else {
    reply = CreateReply::decode(*stored.reply);
    reply.replayed = true;
  }
  return reply;
}

// Whether the request orders what the claim has taken. An empty cart that was ordered a moment ago counts as
// the same cart.
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

ClaimResult OrderClaims::claim_key_and_cart(Tx& tx, const CreateRequest& request, const NewOrder& order) {
  const auto& principal = request.user_id.text();
  ClaimResult result;
  result.answer = find_stored_answer(tx, request, order, result);
  if (result.answer) return result;
  result.answer = find_cart_claim(tx, request, result);
  // Only here: a repeat finds the cart empty and still gets its first answer.
  if (!result.answer && request.items.empty()) {
    throw_invalid("items", "required", "at least one item, or a cart that is not empty");
  }
  if (!result.answer && order.refusal.outcome != CreateOutcome::created) {
    answers_.keep(tx, principal, create_route, request.idempotency_key, order.refusal.encode());
    result.answer = order.refusal;
    return result;
  }
  if (!result.answer) result.answer = check_unpaid(tx, request, order);
  if (result.answer) {
    answers_.drop_key(tx, principal, create_route, request.idempotency_key);
    return result;
  }
  store_.add(tx, order.row, order.items, tx.now() + env_.settings.lease);
  if (request.cart && !request.cart->lines.empty()) {
    claims_.put_cart_claim(tx, request.user_id,
                           {order.row.order_id, request.cart->version, request.cart->lines, tx.now()});
  }
  return result;
}

// Takes the key, or finds its answer. Older versions left keys without an answer and without an order: nobody
// will answer such a key, so it is free.
std::optional<CreateReply> OrderClaims::find_stored_answer(Tx& tx, const CreateRequest& request,
                                                           const NewOrder& order, ClaimResult& result) {
  const auto& user = request.user_id.text();
  auto take = [&] {
    return answers_.take_key(tx, user, create_route, request.idempotency_key, request.idempotency_digest,
                             creations_.lease(order.row.order_id, tx.now()));
  };
  auto stored = take();
  if (stored && !stored->reply && !store_.find(tx, stored->lease.order_id)) {
    answers_.drop_key(tx, user, create_route, request.idempotency_key);
    stored = take();
  }
  if (!stored) return std::nullopt;
  auto reply = reply_of(*stored, request.idempotency_digest);
  result.is_same_key = true;
  if (reply.outcome == CreateOutcome::key_busy) result.conflict = stored->lease;
  return reply;
}

// A cart makes one order, unless that order ends unpaid.
std::optional<CreateReply> OrderClaims::find_cart_claim(Tx& tx, const CreateRequest& request,
                                                        ClaimResult& result) {
  if (!request.cart) return std::nullopt;
  CreateReply reply;
  auto claim = claims_.cart_claim(tx, request.user_id);
  if (claim && is_claimed(*claim, request, tx.now() - env_.settings.hold)) {
    auto order = store_.find(tx, claim->order_id);
    if (order && (order->was_paid || !is_closed(order->status))) {
      reply.outcome = CreateOutcome::cart_ordered;
      reply.claimed_by = claim->order_id;
      if (order->status == OrderStatus::new_) {
        auto stored = answers_.find(tx, order->user_id.text(), create_route, order->idempotency_key);
        result.conflict = stored ? stored->lease : Lease{order->order_id, "", {}};
      }
      return reply;
    }
  }
  const auto& expected = request.cart->expected_version;
  if (!expected || *expected == request.cart->version) return std::nullopt;
  reply.outcome = CreateOutcome::cart_changed;
  return reply;
}

// Nobody else can buy what an unpaid order holds, so a buyer's unpaid orders are limited.
std::optional<CreateReply> OrderClaims::check_unpaid(Tx& tx, const CreateRequest& request,
                                                     const NewOrder& order) {
  auto unpaid = claims_.unpaid(tx, request.user_id);
  auto units = std::ssize(order.items);
  if (unpaid.empty() && units <= units_of_a_lapser) return std::nullopt;
  auto limits = limits_after(env_.settings.unpaid, claims_.lapsed(tx, request.user_id, tx.now() - days(1)));
  CreateReply reply;
  reply.outcome = CreateOutcome::too_many_unpaid;
  reply.unpaid = Unpaid{{}, limits.orders, limits.units};
  for (const auto& [id, held] : unpaid) {
    reply.unpaid->order_ids.push_back(id);
    units += held;
  }
  if (std::ssize(unpaid) < limits.orders && units <= limits.units) return std::nullopt;
  return reply;
}

}  // namespace bramble::orders
