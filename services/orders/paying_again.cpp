// Paying in another way for an order that is not paid yet, and asking the bank when its buyer comes back. A
// payment that came to nothing does not end its order: the goods stay held until the order's time is over.
#include "base/error.h"
#include "services/orders/orders_service.h"

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

void check_method(const payments::Method& method) {
  if (method.type != "card" && method.type != "sbp") {
    throw_invalid("payment_method.type", "not_allowed", "one of card, sbp");
  }
  if (method.type == "card" && method.token.empty()) {
    throw_invalid("payment_method.token", "required", "is required for a card");
  }
}

Time OrdersService::payable_until(const Purchase& purchase) const {
  return purchase.expires_at - settings_.session_margin;
}

// Started, as far as the order itself can say.
Outcome OrdersService::may_be_paid(const Purchase& purchase) const {
  if (purchase.status != OrderStatus::pending_payment)
    return is_closed(purchase.status) && !purchase.was_paid ? Outcome::closed : Outcome::paid;
  if (purchase.cancel_requested) return Outcome::closed;
  return clock_.now() < payable_until(purchase) ? Outcome::started : Outcome::too_late;
}

// What its page offers. The order has been read, and its payment is in the view.
void OrdersService::show_ways_to_pay(OrderView& view) const {
  const auto& payment = view.payment;
  auto until = view.expires_at - settings_.session_margin;
  // While nobody knows what the bank has made of the last attempt, no other may begin.
  bool over = payment.status == payments::PaymentStatus::declined ||
              payment.status == payments::PaymentStatus::cancelled ||
              (payment.status == payments::PaymentStatus::requires_action && !payment.bank_unreachable_since);
  view.can_pay = view.status == OrderStatus::pending_payment && !view.cancel_requested && over &&
                 payment.attempts_left > 0 && clock_.now() < until;
  if (view.can_pay) view.can_pay_until = until;
}

// Takes the key, unless there is an answer: the one that it got before, or that the order cannot be paid.
std::optional<StartPaymentReply> OrdersService::claim_payment(Tx& tx, const Call& call,
                                                              const StartPaymentRequest& request,
                                                              Purchase& purchase) {
  auto found = store_.find(tx, request.order_id);
  if (!found || found->status == OrderStatus::new_ || call.caller.id != found->user_id.text()) {
    throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
  }
  purchase = std::move(*found);
  // The first request may still be running, or have died: the attempt is known by the key, so both go on with
  // the same one.
  auto kept =
      store_.take_key(tx, call.caller.id, pay_route, request.idempotency_key, request.idempotency_digest);
  if (kept && kept->digest != request.idempotency_digest) return StartPaymentReply{Outcome::key_reused};
  if (kept && kept->reply) return replay_of(*kept->reply);
  auto outcome = may_be_paid(purchase);
  if (outcome == Outcome::started) return std::nullopt;
  StartPaymentReply refusal{outcome};
  store_.keep_answer(tx, call.caller.id, pay_route, request.idempotency_key, refusal.encode());
  return refusal;
}

Task<StartPaymentReply> OrdersService::start_payment(Call call, StartPaymentRequest request) {
  check(request);
  Purchase purchase;
  auto answered = co_await database_.transact(call, request.order_id.text(), [&](Tx& tx) {
    return claim_payment(tx, call, request, purchase);
  });
  if (answered) co_return *answered;
  payments::StartRequest start;
  start.order_id = purchase.order_id;
  start.user_id = purchase.user_id;
  start.amount = purchase.total;
  start.method = request.payment_method;
  start.return_url = request.return_url + "?order_id=" + purchase.order_id.text();
  start.session_expires_at = payable_until(purchase);
  auto another = co_await peers_.payments.start_another(call, {std::move(start), request.idempotency_key});
  StartPaymentReply reply{outcome_of(another.outcome), std::move(another.payment)};
  auto first = co_await database_.transact(call, request.order_id.text(), [&](Tx& tx) {
    return keep_payment_answer(tx, call, request, reply, purchase.version);
  });
  co_return first ? replay_of(*first) : std::move(reply);
}

// Returns what a request with the same key has answered first.
std::optional<std::string> OrdersService::keep_payment_answer(Tx& tx, const Call& call,
                                                              const StartPaymentRequest& request,
                                                              const StartPaymentReply& reply,
                                                              std::int64_t seen_version) {
  const auto& key = request.idempotency_key;
  if (reply.outcome == Outcome::unknown) {
    auto first = store_.find_key(tx, call.caller.id, pay_route, key);
    if (first && first->reply) return first->reply;
    // Nothing was begun, and the bank may know in a moment: the same key may be tried again.
    store_.drop_key(tx, call.caller.id, pay_route, key);
    return std::nullopt;
  }
  auto first = store_.keep_first_answer(tx, call.caller.id, pay_route, key, reply.encode());
  // Should the order have been closed meanwhile, what was begun for it is ended.
  auto now = store_.find(tx, request.order_id);
  if (now && now->version != seen_version) tx.schedule(AdvanceOrder{request.order_id}, tx.now());
  return first;
}

Task<OrderView> OrdersService::ask_bank(Call call, GetRequest request) {
  // Whoever may see it may ask.
  auto view = co_await get(call, request);
  if (view.status != OrderStatus::pending_payment) co_return view;
  co_await ask_and_advance(call, request.order_id);
  co_return co_await get(call, std::move(request));
}

// Nothing: there is no payment to ask for.
Task<std::optional<payments::Payment>> OrdersService::ask_and_advance(Call call, OrderId order) {
  std::optional<payments::Payment> payment;
  try {
    payment = co_await peers_.payments.ask(call, {order});
  } catch (const Error& error) {
    if (error.code != ErrorCode::not_found) throw;
  }
  bool paid = payment && (payment->status == payments::PaymentStatus::authorised ||
                          payment->status == payments::PaymentStatus::captured);
  if (paid) {
    // The news of it drives the order on anyway; whoever asks shall see it at once.
    try {
      co_await advance(call, AdvanceOrder{order});
    } catch (const Error& error) {
      if (error.code == ErrorCode::internal) throw;
    }
  }
  co_return payment;
}

}  // namespace bramble::orders
