// The life of a payment at the bank, as pure rules. Money only moves along REQUIRES_ACTION → AUTHORISED →
// CAPTURED, so nothing is captured twice, and refunded ≤ captured ≤ authorised ≤ amount holds after every
// rule.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "sandbox/sandbox.api.h"

namespace bramble::sandbox {

struct BankPayment {
  std::string bank_payment_id;
  std::string payment_id;
  std::string order_id;
  BankMethod method = BankMethod::card;
  BankStatus status = BankStatus::requires_action;
  std::int64_t amount_minor = 0;
  std::int64_t authorised_minor = 0;
  std::int64_t captured_minor = 0;
  std::int64_t refunded_minor = 0;
  std::string currency;
  std::string decline_reason;
  std::int64_t wrong_codes = 0;
  std::string return_url;
  std::string webhook_url;
  Time session_expires_at;

  bool operator==(const BankPayment&) const = default;
};

// The result of a rule. With a refusal nothing is changed; the refusal is a stable word ("already_captured").
struct Decision {
  bool changed = false;
  std::string_view event = {};  // "payment.captured"; empty: no webhook
  std::string_view refusal = {};

  bool operator==(const Decision&) const = default;
};

constexpr std::string_view right_code = "1234";
constexpr std::int64_t allowed_wrong_codes = 3;  // the third declines

// Starts a payment by its method and token. Amount, currency and ids are set already.
Decision begin(BankPayment& payment, std::string_view token);

// The payer enters a code. A payment by SBP needs none.
Decision confirm(BankPayment& payment, std::string_view code, Time now);
Decision cancel_by_payer(BankPayment& payment, Time now);

// Declines a payment whose session ended before the payer confirmed; otherwise changes nothing.
Decision expire(BankPayment& payment, Time now);

Decision capture(BankPayment& payment, std::int64_t amount_minor);
// Ends a payment that was not captured. Changes nothing if no money is held.
Decision void_payment(BankPayment& payment);
// The same, but refuses if the payer has confirmed: the merchant may then capture.
Decision end_unconfirmed(BankPayment& payment, Time now);
Decision refund(BankPayment& payment, std::int64_t amount_minor);

}  // namespace bramble::sandbox
