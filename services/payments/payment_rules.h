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
  BankStatus status = BankStatus::requires_action;
  std::int64_t amount_minor = 0;
  std::int64_t captured_minor = 0;
  std::int64_t refunded_minor = 0;
  std::string currency;
  std::optional<std::string> decline_reason;
  std::optional<std::string> redirect_url;
};

enum class Wish { none, end };

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

// How long after the n-th look (from 0) to look again: soon at first, then 1 min, 5 min, 1 h, daily.
Duration next_look(std::int64_t looks, bool answer_unknown, Duration first);

}  // namespace bramble::payments
