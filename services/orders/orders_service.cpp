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

Task<Inspection> OrdersService::inspect(Call call, GetRequest request) {
  check_is_staff(call);
  co_return co_await database_.read(call, request.order_id.text(), [&](Tx& tx) {
    auto purchase = store_.find(tx, request.order_id);
    if (!purchase) throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
    auto inspection = search_.inspect(tx, store_, *purchase);
    inspection.version += actions_.changes_of(tx, request.order_id);
    inspection.actions = actions_.of_order(tx, request.order_id);
    return inspection;
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

// What can be decided here and now: before the payment at once, after it only by the warehouse.
CancelReply OrdersService::decide_cancel(Tx& tx, Purchase purchase, const CancelRequest& request,
                                         const std::string& principal) {
  CancelReply reply;
  if (is_cancellable(purchase.status) && !purchase.cancel_refused) {
    reply.outcome = CancelOutcome::pending;
    purchase.cancel_requested = true;
    store_.save_flags(tx, purchase);
    tx.schedule(AdvanceOrder{purchase.order_id}, tx.now());
    return reply;
  }
  reply.outcome = is_closed(purchase.status) && purchase.status != OrderStatus::delivered
                      ? CancelOutcome::cancelled
                      : CancelOutcome::packed;
  reply.order = store_.view(tx, purchase);
  if (!request.idempotency_key.empty()) {
    store_.take_key(tx, principal, cancel_route, request.idempotency_key, request.idempotency_digest);
    store_.keep_answer(tx, principal, cancel_route, request.idempotency_key, reply.encode());
  }
  return reply;
}

Task<CancelReply> OrdersService::cancel(Call call, CancelRequest request) {
  auto principal = call.caller.id;
  awaiting_.forget(request.order_id);
  std::optional<KeptAnswer> kept;
  auto reply = co_await database_.transact(call, request.order_id.text(), [&](Tx& tx) -> CancelReply {
    auto purchase = store_.find(tx, request.order_id);
    if (!purchase || purchase->status == OrderStatus::new_) {
      throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
    }
    check_may_see(call, *purchase);
    kept = store_.find_key(tx, principal, cancel_route, request.idempotency_key);
    if (kept) return {};
    return decide_cancel(tx, std::move(*purchase), request, principal);
  });
  if (kept) {
    if (kept->digest != request.idempotency_digest)
      co_return CancelReply{CancelOutcome::key_reused, std::nullopt, false};
    reply = CancelReply::decode(kept->reply.value_or(""));
    reply.replayed = true;
    co_return reply;
  }
  if (reply.outcome == CancelOutcome::pending) {
    // Most wishes can be decided at once; if not, the job goes on and the buyer is told later.
    try {
      co_await advance(call, AdvanceOrder{request.order_id});
    } catch (const Error& error) {
      if (error.code == ErrorCode::internal) throw;
    }
    co_return co_await answer_cancel(call, request, CancelOutcome::pending);
  }
  auto now = co_await get(call, {request.order_id});
  reply.order->payment = std::move(now.payment);
  reply.order->pickup_point = std::move(now.pickup_point);
  co_return reply;
}

// Says what became of the wish, and keeps the answer unless it is still open.
Task<CancelReply> OrdersService::answer_cancel(Call call, CancelRequest request, CancelOutcome outcome) {
  CancelReply reply;
  reply.order = co_await get(call, {request.order_id});
  if (is_closed(reply.order->status)) {
    outcome = CancelOutcome::cancelled;
  } else if (reply.order->cancel_refused) {
    outcome = CancelOutcome::packed;
  }
  reply.outcome = outcome;
  if (outcome == CancelOutcome::pending || request.idempotency_key.empty()) co_return reply;
  co_await database_.transact(call, request.order_id.text(), [&](Tx& tx) {
    store_.take_key(tx, call.caller.id, cancel_route, request.idempotency_key, request.idempotency_digest);
    store_.keep_answer(tx, call.caller.id, cancel_route, request.idempotency_key, reply.encode());
  });
  co_return reply;
}

}  // namespace bramble::orders
