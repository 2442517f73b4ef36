#include "services/orders/saga/order_cancel.h"

#include "base/error.h"
#include "services/orders/order_access.h"

namespace bramble::orders {
namespace {

CancelReply replay_of(const std::string& answer) {
  auto reply = CancelReply::decode(answer);
  reply.replayed = true;
  return reply;
}

}  // namespace

// Takes the key and stores the request, or returns the first answer to the key. The reply has no order yet.
CancelReply OrderCancel::request_cancel(Tx& tx, const Call& call, const CancelRequest& request) {
  auto order = store_.find_shown(tx, request.order_id);
  check_may_see(call, order.user_id);
  if (!request.idempotency_key.empty()) {
    // A key without an answer belongs to a request that is running or dead: deciding again is harmless.
    auto stored = answers_.take_key(tx, call.caller.id, cancel_route, request.idempotency_key,
                                    request.idempotency_digest);
    if (stored && stored->digest != request.idempotency_digest)
      return {CancelOutcome::key_reused, std::nullopt, false};
    if (stored && stored->reply) return replay_of(*stored->reply);
  }
  if (is_cancellable(order.status) && !order.cancel_refused) {
    order.cancel_requested = true;
    store_.save_flags(tx, order);
    tx.schedule(AdvanceOrder{order.order_id}, tx.now());
    return {CancelOutcome::pending, std::nullopt, false};
  }
  bool is_cancelled = is_closed(order.status) && order.status != OrderStatus::delivered;
  return {is_cancelled ? CancelOutcome::cancelled : CancelOutcome::packed, std::nullopt, false};
}

Task<CancelReply> OrderCancel::cancel(Call call, CancelRequest request) {
  saga_.forget_awaited(request.order_id);
  auto reply = co_await env_.database.transact(call, request.order_id.text(),
                                               [&](Tx& tx) { return request_cancel(tx, call, request); });
  if (reply.replayed || reply.outcome == CancelOutcome::key_reused) co_return reply;
  if (reply.outcome == CancelOutcome::pending) {
    // Most requests can be decided at once. Otherwise the job continues and the buyer is told later.
    try {
      co_await saga_.advance(call, AdvanceOrder{request.order_id});
    } catch (const Error& error) {
      if (error.code == ErrorCode::internal) throw;
    }
  }
  reply.order = co_await views_.get(call, {request.order_id});
  if (reply.outcome == CancelOutcome::pending) {
    if (is_closed(reply.order->status)) reply.outcome = CancelOutcome::cancelled;
    if (reply.order->cancel_refused) reply.outcome = CancelOutcome::packed;
  }
  if (request.idempotency_key.empty()) co_return reply;
  auto first = co_await env_.database.transact(call, request.order_id.text(), [&](Tx& tx) {
    return answers_.keep_first(tx, call.caller.id, cancel_route, request.idempotency_key, reply.encode());
  });
  co_return first ? replay_of(*first) : std::move(reply);
}

}  // namespace bramble::orders
