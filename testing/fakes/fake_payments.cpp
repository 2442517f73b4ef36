#include "testing/fakes/fake_payments.h"

namespace bramble {

Task<payments::Payment> FakePayments::prepare_attempt(Call, payments::StartRequest request) {
  auto guard = trouble.meet("prepare_attempt");
  auto& account = account_of(request);
  guard.after();
  co_return account.payment;
}

Task<Empty> FakePayments::drop_attempt(Call, payments::OrderPaymentRequest request) {
  auto guard = trouble.meet("drop_attempt");
  if (!was_started(request.order_id)) accounts.erase(request.order_id);
  guard.after();
  co_return Empty{};
}

Task<payments::Payment> FakePayments::create_at_bank(Call, payments::StartRequest request) {
  auto guard = trouble.meet("create_at_bank");
  auto& account = account_of(request);
  if (!was_started(request.order_id)) account.payment.status = next_status;
  started.push_back(request);
  guard.after();
  co_return account.payment;
}

Task<payments::Payment> FakePayments::record_answer(Call, payments::OrderPaymentRequest request) {
  auto guard = trouble.meet("record_answer");
  auto payment = known(request.order_id).payment;
  guard.after();
  co_return payment;
}

Task<payments::AnotherReply> FakePayments::start_another(Call, payments::AnotherRequest request) {
  auto guard = trouble.meet("start_another");
  auto& account = known(request.start.order_id);
  using Outcome = payments::AnotherOutcome;
  auto& payment = account.payment;
  auto outcome = Outcome::started;
  if (account.attempt_keys.contains(request.key)) {
    guard.after();
    co_return payments::AnotherReply{outcome, payment};
  }
  if (payment.status == Status::requires_action && !bank_is_down) payment.status = Status::cancelled;
  if (account.end_wished) {
    outcome = Outcome::ended;
  } else if (payment.status == Status::processing || payment.status == Status::requires_action) {
    outcome = Outcome::unknown;
  } else if (payment.status != Status::declined && payment.status != Status::cancelled) {
    outcome = Outcome::paid;
  } else if (payment.attempts_left == 0) {
    outcome = Outcome::too_many;
  } else {
    account.attempt_keys.insert(request.key);
    started.push_back(request.start);
    payment.payment_id = PaymentId(payment.payment_id.text() + "+");
    payment.status = next_status;
    ++payment.attempt;
    --payment.attempts_left;
  }
  guard.after();
  co_return payments::AnotherReply{outcome, payment};
}

Task<payments::Payment> FakePayments::ask(Call, payments::OrderPaymentRequest request) {
  auto guard = trouble.meet("ask");
  auto& account = known(request.order_id);
  if (account.confirmed && !bank_is_down) account.payment.status = Status::authorised;
  guard.after();
  co_return account.payment;
}

Task<payments::Payment> FakePayments::settle(Call, payments::OrderPaymentRequest request) {
  auto guard = trouble.meet("settle");
  auto& account = known(request.order_id);
  auto& status = account.payment.status;
  if (status == Status::processing || status == Status::requires_action) {
    status = bank_is_down ? Status::processing : account.confirmed ? Status::authorised : Status::cancelled;
  }
  guard.after();
  co_return account.payment;
}

Task<payments::Payment> FakePayments::capture(Call, payments::CaptureRequest request) {
  auto guard = trouble.meet("capture");
  auto& account = known(request.order_id);
  if (account.payment.status == Status::authorised) {
    account.payment.status = Status::captured;
    ++account.captures;
  }
  guard.after();
  co_return account.payment;
}

Task<payments::Payment> FakePayments::cancel(Call, payments::CancelRequest request) {
  auto guard = trouble.meet("cancel");
  if (!accounts.contains(request.order_id)) co_return payments::Payment{};
  auto& account = known(request.order_id);
  if (request.closed_unpaid && account.accepted_late) co_return account.payment;
  account.end_wished = true;
  auto& status = account.payment.status;
  if (status == Status::processing || status == Status::requires_action || status == Status::authorised) {
    status = Status::cancelled;
  }
  guard.after();
  co_return account.payment;
}

Task<payments::Payment> FakePayments::refund(Call, payments::RefundRequest request) {
  auto guard = trouble.meet("refund");
  auto& account = known(request.order_id);
  if (!account.end_wished) account.refunds.emplace(request.key, request.amount.amount_minor);
  guard.after();
  co_return account.payment;
}

Task<payments::Payment> FakePayments::accept_late(Call, payments::OrderPaymentRequest request) {
  auto guard = trouble.meet("accept_late");
  auto& account = known(request.order_id);
  if (account.end_wished || account.payment.status != Status::captured) {
    throw Error(ErrorCode::conflict, "refund_decided", "the late money is on its way back");
  }
  if (account.late) account.accepted_late = true;
  account.late = false;
  guard.after();
  co_return account.payment;
}

Task<payments::Payment> FakePayments::get(Call, payments::OrderPaymentRequest request) {
  auto guard = trouble.meet("get");
  auto payment = known(request.order_id).payment;
  guard.after();
  co_return payment;
}

Task<payments::OrderPayments> FakePayments::get_order_payments(Call, payments::OrderPaymentRequest) {
  auto guard = trouble.meet("get_order_payments");
  guard.after();
  co_return order_payments;
}

Task<payments::ListAttemptsReply> FakePayments::list_attempts(Call, payments::ListAttemptsRequest) {
  not_faked();
}

Task<payments::ListWebhooksReply> FakePayments::list_webhooks(Call, payments::ListWebhooksRequest) {
  not_faked();
}

void FakePayments::money_comes(const OrderId& order) {
  auto& account = known(order);
  account.late = account.payment.status == Status::cancelled || account.payment.status == Status::declined;
  if (account.late) account.end_wished = false;
  account.payment.status = Status::captured;
  ++account.captures;
}

bool FakePayments::give_back(const OrderId& order) {
  auto& account = known(order);
  if (account.payment.status != Status::captured || !account.end_wished) return false;
  account.payment.status = Status::refunded;
  return true;
}

FakePayments::Account& FakePayments::account_of(const payments::StartRequest& request) {
  auto& account = accounts[request.order_id];
  if (account.payment.payment_id.empty()) {
    account.payment = {PaymentId("pay_" + request.order_id.text()), Status::processing, std::nullopt,
                       std::nullopt, request.amount};
    account.payment.attempt = 1;
    account.payment.attempts_left = 4;
  }
  return account;
}

bool FakePayments::was_started(const OrderId& order) const {
  return std::any_of(started.begin(), started.end(),
                     [&](const auto& request) { return request.order_id == order; });
}

FakePayments::Account& FakePayments::known(const OrderId& order) {
  auto found = accounts.find(order);
  if (found == accounts.end()) {
    throw Error(ErrorCode::not_found, "payment_not_found", "the order has no payment");
  }
  return found->second;
}

}  // namespace bramble
