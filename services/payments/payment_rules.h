// What an update from the bank means for a payment: pure rules. Updates may come twice, late and out of
// order; a payment never moves back, and no money that came is overlooked.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "services/payments/bank.h"

namespace bramble::payments {

// What must happen to a payment. end: void or refund it. settle: the time to pay is over, so end it unless
// the buyer has confirmed it.
enum class PaymentGoal { none, end, settle };

struct PaymentState {
  PaymentStatus status = PaymentStatus::processing;
  PaymentGoal goal = PaymentGoal::none;
  bool late = false;
  std::int64_t amount_minor = 0;
  std::int64_t captured_minor = 0;
  std::int64_t refunded_minor = 0;

  bool operator==(const PaymentState&) const = default;
};

// The new state of a payment and what follows from an update.
struct Transition {
  PaymentState state;
  bool authorised = false;          // an event tells the order
  bool declined = false;            // an event tells the order
  bool ended_by_bank = false;       // an event tells the order that it was declined
  std::int64_t captured_minor = 0;  // by this update
  std::int64_t refunded_minor = 0;  // by this update
  bool end_at_bank = false;         // the bank has money that nobody wants: void or refund it
};

Transition apply_update(const PaymentState& known, const BankPayment& update);

// Whether the bank may still change the payment by itself, so that the reconciler has to ask.
bool is_open(const PaymentState& state);

// Whether the payer has not confirmed yet, or the bank has not answered yet.
bool is_waiting(PaymentStatus status);
// Whether the payment has ended without money. Money can come only if the bank breaks its word.
bool is_ended(PaymentStatus status);

struct Watch {
  PaymentStatus status = PaymentStatus::processing;
  std::int64_t looks = 0;  // so far, in this status
  Duration first;          // how long after its beginning the first look is
  Time session_end;        // the payer can confirm until then
  std::optional<Time> unanswered_since;
};

// When to ask the bank again: soon while it is not known whether the bank has the payment, then after 1 min,
// 5 min, 1 h, daily; always shortly before and after the end of the payer's time, and often while the bank
// does not answer.
Time next_look(const Watch& watch, Time now);

}  // namespace bramble::payments
