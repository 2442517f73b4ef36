#include "services/orders/orders_service.h"

#include "base/error.h"

namespace bramble::orders {
namespace {

// Somebody else's order is not found, so that nobody learns that it exists.
void check_may_see(const Call& call, const Purchase& purchase) {
  const auto& caller = call.caller;
  bool own = caller.kind == CallerKind::buyer && caller.id == purchase.user_id.text();
  bool staff = caller.kind == CallerKind::staff && (caller.has_role("support") || caller.has_role("admin"));
  if (own || staff || caller.kind == CallerKind::system) return;
  throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
}

// What buyers call an order: at least as much of its id's end as tells a few hundred apart.
bool is_number(std::string_view text) {
  auto fits = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  return text.size() >= 4 && text.size() <= 26 && std::all_of(text.begin(), text.end(), fits);
}

CancelReply replay_of(const std::string& answer) {
  auto reply = CancelReply::decode(answer);
  reply.replayed = true;
  return reply;
}

void check_is_staff(const Call& call) {
  const auto& caller = call.caller;
  bool staff = caller.kind == CallerKind::staff && (caller.has_role("support") || caller.has_role("admin"));
  if (!staff && caller.kind != CallerKind::system) {
    throw Error(ErrorCode::forbidden, "not_support", "only support staff may do this");
  }
}

}  // namespace

Task<OrderView> OrdersService::get(Call call, GetRequest request) {
  auto view = co_await database_.read(call, request.order_id.text(), [&](Tx& tx) {
    auto purchase = store_.find(tx, request.order_id);
    if (!purchase || purchase->status == OrderStatus::new_) {
      throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
    }
    check_may_see(call, *purchase);
    auto shown = store_.view(tx, *purchase);
    // Only after a short pick has a unit another status than its order.
    bool some_cancelled = std::any_of(shown.items.begin(), shown.items.end(),
                                      [&](const OrderLine& line) { return line.status != shown.status; });
    if (some_cancelled || shown.status == OrderStatus::refunded || shown.status == OrderStatus::cancelled) {
      shown.refunds = refunds_of(shorts_.of_order(tx, request.order_id), shown.total.currency);
    }
    return shown;
  });
  try {
    auto point = co_await peers_.pickup.get(call, {view.delivery.pickup_point_id});
    view.pickup_point = PickupPlace{std::move(point.title), std::move(point.address), point.lat, point.lon};
  } catch (const Error& error) {
    if (error.code != ErrorCode::not_found) throw;
  }
  try {
    view.payment = co_await peers_.payments.get(call, {request.order_id});
  } catch (const Error& error) {
    // Abandoned before its payment was begun.
    if (error.code != ErrorCode::not_found) throw;
    view.payment.status = payments::PaymentStatus::cancelled;
    view.payment.amount = view.total;
  }
  show_ways_to_pay(view);
  co_return view;
}

Task<OrderDetails> OrdersService::get_order_details(Call call, GetRequest request) {
  check_is_staff(call);
  co_return co_await database_.read(call, request.order_id.text(), [&](Tx& tx) {
    auto purchase = store_.find(tx, request.order_id);
    if (!purchase) throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
    auto details = search_.details(tx, store_, *purchase);
    details.version += actions_.changes_of(tx, request.order_id);
    details.actions = actions_.of_order(tx, request.order_id);
    return details;
  });
}

Task<SearchReply> OrdersService::search(Call call, SearchRequest request) {
  check_is_staff(call);
  if (request.number && !is_number(*request.number))
    throw_invalid("number", "malformed", "4 to 26 letters and digits");
  co_return co_await database_.read(call, "", [&](Tx& tx) { return search_.search(tx, request); });
}

Task<SearchReply> OrdersService::list_unfinished(Call call, ListUnfinishedRequest request) {
  check_is_staff(call);
  co_return co_await database_.read(call, "", [&](Tx& tx) { return search_.unfinished(tx, request); });
}

Task<ListReply> OrdersService::list(Call call, ListRequest request) {
  if (call.caller.kind == CallerKind::buyer && call.caller.id != request.user_id.text()) {
    throw Error(ErrorCode::forbidden, "not_yours", "only your own orders can be listed");
  }
  co_return co_await database_.read(call, request.user_id.text(), [&](Tx& tx) {
    return ListReply{store_.list(tx, request.user_id, (request.page - 1) * request.limit, request.limit),
                     store_.count(tx, request.user_id)};
  });
}

// Takes the key and notes the wish, or says what was answered to the key before. Before the payment the wish
// is decided at once, after it only by the warehouse.
CancelReply OrdersService::decide_cancel(Tx& tx, const Call& call, const CancelRequest& request) {
  auto purchase = store_.find(tx, request.order_id);
  if (!purchase || purchase->status == OrderStatus::new_) {
    throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
  }
  check_may_see(call, *purchase);
  if (!request.idempotency_key.empty()) {
    // A key without an answer belongs to a request that is running or has died: deciding again is harmless.
    auto kept = store_.take_key(tx, call.caller.id, cancel_route, request.idempotency_key,
                                request.idempotency_digest);
    if (kept && kept->digest != request.idempotency_digest) return {CancelOutcome::key_reused, {}, false};
    if (kept && kept->reply) return replay_of(*kept->reply);
  }
  if (is_cancellable(purchase->status) && !purchase->cancel_refused) {
    purchase->cancel_requested = true;
    store_.save_flags(tx, *purchase);
    tx.schedule(AdvanceOrder{purchase->order_id}, tx.now());
    return {CancelOutcome::pending, {}, false};
  }
  bool is_cancelled = is_closed(purchase->status) && purchase->status != OrderStatus::delivered;
  return {is_cancelled ? CancelOutcome::cancelled : CancelOutcome::packed, {}, false};
}

Task<CancelReply> OrdersService::cancel(Call call, CancelRequest request) {
  awaiting_.forget(request.order_id);
  auto reply = co_await database_.transact(call, request.order_id.text(),
                                           [&](Tx& tx) { return decide_cancel(tx, call, request); });
  if (reply.replayed || reply.outcome == CancelOutcome::key_reused) co_return reply;
  if (reply.outcome == CancelOutcome::pending) {
    // Most wishes can be decided at once; if not, the job goes on and the buyer is told later.
    try {
      co_await advance(call, AdvanceOrder{request.order_id});
    } catch (const Error& error) {
      if (error.code == ErrorCode::internal) throw;
    }
  }
  reply.order = co_await get(call, {request.order_id});
  if (reply.outcome == CancelOutcome::pending) {
    if (is_closed(reply.order->status)) reply.outcome = CancelOutcome::cancelled;
    if (reply.order->cancel_refused) reply.outcome = CancelOutcome::packed;
  }
  if (request.idempotency_key.empty()) co_return reply;
  auto first = co_await database_.transact(call, request.order_id.text(), [&](Tx& tx) {
    return store_.keep_first_answer(tx, call.caller.id, cancel_route, request.idempotency_key,
                                    reply.encode());
  });
  co_return first ? replay_of(*first) : std::move(reply);
}

}  // namespace bramble::orders
