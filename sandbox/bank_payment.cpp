#include "sandbox/bank_payment.h"

namespace bramble::sandbox {
namespace {

Decision happened(std::string_view event) { return {.changed = true, .event = event}; }
Decision refused(std::string_view word) { return {.refusal = word}; }

Decision authorise(BankPayment& payment) {
  payment.authorised_minor = payment.amount_minor;
  if (payment.method == BankMethod::card) {
    payment.status = BankStatus::authorised;
    return happened("payment.authorised");
  }
  payment.status = BankStatus::captured;
  payment.captured_minor = payment.amount_minor;
  return happened("payment.captured");
}

Decision decline(BankPayment& payment, std::string_view reason) {
  payment.status = BankStatus::declined;
  payment.decline_reason = reason;
  return happened("payment.declined");
}

// Why money cannot be taken or let go in this state.
std::string_view not_authorised(BankStatus status) {
  switch (status) {
    case BankStatus::captured: return "already_captured";
    case BankStatus::voided: return "payment_voided";
    case BankStatus::declined: return "payment_declined";
    case BankStatus::requires_action:
    case BankStatus::authorised: break;
  }
  return "not_authorised";
}

}  // namespace

Decision begin(BankPayment& payment, std::string_view token) {
  // "bank_page": the payer gives a card on the bank's own page. Here that is the card of tok_3ds.
  bool asks = payment.method == BankMethod::sbp || token == "tok_3ds" || token == "bank_page";
  if (asks) return {.changed = true};
  if (token == "tok_ok" || token == "tok_timeout") return authorise(payment);
  if (token == "tok_declined") return decline(payment, "declined");
  if (token == "tok_insufficient_funds") return decline(payment, "insufficient_funds");
  return decline(payment, "invalid_card");
}

Decision confirm(BankPayment& payment, std::string_view code, Time now) {
  if (payment.status != BankStatus::requires_action) return {};
  if (auto ended = expire(payment, now); ended.changed) return ended;
  bool button = payment.method == BankMethod::sbp && code.empty();
  if (button || code == right_code) return authorise(payment);
  if (++payment.wrong_codes >= allowed_wrong_codes) return decline(payment, "3ds_failed");
  return {.changed = true};
}

Decision cancel_by_payer(BankPayment& payment, Time now) {
  if (payment.status != BankStatus::requires_action) return {};
  if (auto ended = expire(payment, now); ended.changed) return ended;
  return decline(payment, "cancelled_by_payer");
}

Decision expire(BankPayment& payment, Time now) {
  if (payment.status != BankStatus::requires_action || now < payment.session_expires_at) return {};
  return decline(payment, "session_expired");
}

Decision capture(BankPayment& payment, std::int64_t amount_minor) {
  if (payment.status != BankStatus::authorised) return refused(not_authorised(payment.status));
  if (amount_minor < 1 || amount_minor > payment.authorised_minor) return refused("amount_too_large");
  payment.status = BankStatus::captured;
  payment.captured_minor = amount_minor;
  return happened("payment.captured");
}

Decision void_payment(BankPayment& payment) {
  switch (payment.status) {
    case BankStatus::captured: return refused("already_captured");
    case BankStatus::voided:
    case BankStatus::declined: return {};
    case BankStatus::requires_action:
    case BankStatus::authorised: break;
  }
  payment.status = BankStatus::voided;
  return happened("payment.voided");
}

Decision end_unconfirmed(BankPayment& payment, Time now) {
  if (auto ended = expire(payment, now); ended.changed) return ended;
  if (payment.status == BankStatus::authorised) return refused("payment_confirmed");
  return void_payment(payment);
}

Decision refund(BankPayment& payment, std::int64_t amount_minor) {
  if (payment.status != BankStatus::captured) return refused("not_captured");
  if (amount_minor < 1 || amount_minor > payment.captured_minor - payment.refunded_minor) {
    return refused("amount_too_large");
  }
  payment.refunded_minor += amount_minor;
  return happened("payment.refunded");
}

}  // namespace bramble::sandbox
