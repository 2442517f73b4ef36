// What news from the bank means for a payment: pure rules. News may come twice, late and out of order; a
// payment never moves back, and money that came is never overlooked.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "services/payments/payments.api.h"

namespace bramble::payments {

enum class BankStatus { requires_action, authorised, captured, voided, declined };

// A payment as the bank tells it.
struct BankPayment {
  std::string bank_payment_id;
  std::string payment_id;
  std::string order_id;
  BankStatus status = BankStatus::requires_action;
  std::int64_t amount_minor = 0;
  std::int64_t captured_minor = 0;
  std::int64_t refunded_minor = 0;
  std::string currency;
  std::optional<std::string> decline_reason;
  std::optional<std::string> redirect_url;
};

// end: void or refund it, whatever it takes. settle: its time is over, so end it unless the buyer has
// confirmed it.
enum class Wish { none, end, settle };

// What we know of it.
struct PaymentState {
  PaymentStatus status = PaymentStatus::processing;
  Wish wish = Wish::none;
  bool late = false;
  std::int64_t amount_minor = 0;
  std::int64_t captured_minor = 0;
  std::int64_t refunded_minor = 0;

  bool operator==(const PaymentState&) const = default;
};

struct Consequence {
  PaymentState state;
  bool authorised = false;          // tell the order
  bool declined = false;            // tell the order
  bool ended_by_bank = false;       // tell the order: as a decline
  std::int64_t captured_minor = 0;  // came in just now
  std::int64_t refunded_minor = 0;  // went back just now
  bool end_at_bank = false;         // the bank holds or has money that nobody wants: void or refund it
};

Consequence learn(const PaymentState& known, const BankPayment& news);

// Whether the bank may still change it by itself, so that the reconciler has to look.
bool is_open(const PaymentState& state);

// Whether the payer's or the bank's first word is still to come.
bool is_waiting(PaymentStatus status);
// It came to nothing: no money can come of it any more, unless the bank breaks its word.
bool is_ended(PaymentStatus status);

struct Watch {
  PaymentStatus status = PaymentStatus::processing;
  std::int64_t looks = 0;  // so far, in this status
  Duration first;          // how long after its beginning the first look is
  Time session_end;        // the payer can confirm until then
  std::optional<Time> unanswered_since;
};

// When to ask the bank again: soon while nobody knows whether it has the payment, then after 1 min, 5 min,
// 1 h, daily; but always shortly before and after the payer's time is over, and often as long as the bank
// does not answer.
Time next_look(const Watch& watch, Time now);

}  // namespace bramble::payments
