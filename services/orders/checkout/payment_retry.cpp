#include "services/orders/checkout/payment_retry.h"

#include "base/error.h"
#include "services/orders/checkout/payment_rules.h"

namespace bramble::orders {
namespace {

using Outcome = StartPaymentOutcome;

void check(const StartPaymentRequest& request) {
  if (request.idempotency_key.empty()) throw_invalid("Idempotency-Key", "required", "is required");
  check_method(request.payment_method);
}

Outcome outcome_of(payments::AnotherOutcome outcome) {
  switch (outcome) {
    case payments::AnotherOutcome::started: return Outcome::started;
    case payments::AnotherOutcome::paid: return Outcome::paid;
    case payments::AnotherOutcome::unknown: return Outcome::unknown;
    case payments::AnotherOutcome::too_many: return Outcome::too_many;
    case payments::AnotherOutcome::ended: return Outcome::closed;
  }
  return Outcome::unknown;
}

StartPaymentReply replay_of(const std::string& answer) {
  auto reply = StartPaymentReply::decode(answer);
  reply.replayed = true;
  return reply;
}

}  // namespace

// Takes the key, or returns an answer: the first answer to the key, or why the order cannot be paid.
std::optional<StartPaymentReply> PaymentRetry::claim_payment(Tx& tx, const Call& call,
                                                             const StartPaymentRequest& request,
                                                             OrderRow& order) {
  order = store_.find_shown(tx, request.order_id);
  if (call.caller.id != order.user_id.text()) throw_order_not_found();
  // The first request may be running or dead. Payments knows the attempt by the key, so both continue with
  // the same attempt.
  auto stored =
      answers_.take_key(tx, call.caller.id, pay_route, request.idempotency_key, request.idempotency_digest);
  if (stored && stored->digest != request.idempotency_digest) return StartPaymentReply{Outcome::key_reused};
  if (stored && stored->reply) return replay_of(*stored->reply);
  auto outcome = may_be_paid(order, env_.clock.now(), env_.settings.session_margin);
  if (outcome == Outcome::started) return std::nullopt;
  StartPaymentReply refusal{outcome};
  answers_.keep(tx, call.caller.id, pay_route, request.idempotency_key, refusal.encode());
  return refusal;
}

Task<StartPaymentReply> PaymentRetry::start_payment(Call call, StartPaymentRequest request) {
  check(request);
  OrderRow order;
  auto answered = co_await env_.database.transact(call, request.order_id.text(), [&](Tx& tx) {
    return claim_payment(tx, call, request, order);
  });
  if (answered) co_return *answered;
  payments::StartRequest start;
  start.order_id = order.order_id;
  start.user_id = order.user_id;
  start.amount = order.total;
  start.method = request.payment_method;
  start.return_url = request.return_url + "?order_id=" + order.order_id.text();
  start.session_expires_at = payable_until(order, env_.settings.session_margin);
  auto another =
      co_await env_.peers.payments.start_another(call, {std::move(start), request.idempotency_key});
  StartPaymentReply reply{outcome_of(another.outcome), std::move(another.payment)};
  auto first = co_await env_.database.transact(call, request.order_id.text(), [&](Tx& tx) {
    return keep_answer(tx, call, request, reply, order.version);
  });
  co_return first ? replay_of(*first) : std::move(reply);
}

// Returns the answer that another request with the same key gave first.
std::optional<std::string> PaymentRetry::keep_answer(Tx& tx, const Call& call,
                                                     const StartPaymentRequest& request,
                                                     const StartPaymentReply& reply,
                                                     std::int64_t seen_version) {
  const auto& key = request.idempotency_key;
  if (reply.outcome == Outcome::unknown) {
    auto first = answers_.find(tx, call.caller.id, pay_route, key);
    if (first && first->reply) return first->reply;
    // Nothing was started, and the bank may know more in a moment: the same key may be tried again.
    answers_.drop_key(tx, call.caller.id, pay_route, key);
    return std::nullopt;
  }
  auto first = answers_.keep_first(tx, call.caller.id, pay_route, key, reply.encode());
  // If the order has been closed meanwhile, the job ends the new payment.
  auto now = store_.find(tx, request.order_id);
  if (now && now->version != seen_version) tx.schedule(AdvanceOrder{request.order_id}, tx.now());
  return first;
}

Task<OrderView> PaymentRetry::ask_bank(Call call, GetRequest request) {
  auto view = co_await views_.get(call, request);
  if (view.status != OrderStatus::pending_payment) co_return view;
  co_await saga_.ask_bank_and_advance(call, request.order_id);
  co_return co_await views_.get(call, std::move(request));
}

}  // namespace bramble::orders
