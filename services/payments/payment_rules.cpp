#include "services/payments/payment_rules.h"

#include <algorithm>
#include <array>

namespace bramble::payments {
namespace {

constexpr Duration shortly_before = minutes(1);
constexpr Duration most_silence = minutes(1);

Duration usual_pause(const Watch& watch) {
  // While it is not known whether the bank has the payment, the buyer waits for a page.
  constexpr std::array<Duration, 3> early = {seconds(1), seconds(3), seconds(10)};
  auto looks = watch.looks;
  if (watch.status == PaymentStatus::processing) {
    if (looks < std::ssize(early)) return std::min(watch.first, early[static_cast<std::size_t>(looks)]);
    looks -= std::ssize(early);
  }
  std::array<Duration, 4> later = {watch.first, minutes(5), hours(1), days(1)};
  return later[static_cast<std::size_t>(std::clamp<std::int64_t>(looks, 0, 3))];
}

void apply_capture(Transition& result, const BankPayment& update) {
  auto& state = result.state;
  if (state.captured_minor == 0 && update.captured_minor > 0) {
    // We had ended the payment before the money came: it is nobody's until the order decides again. An order
    // whose payment was declined may still wait for one.
    state.late = is_ended(state.status) && state.goal == PaymentGoal::end;
    if (state.late) state.goal = PaymentGoal::none;
    state.status = PaymentStatus::captured;
    state.captured_minor = result.captured_minor = update.captured_minor;
  }
  if (update.refunded_minor > state.refunded_minor) {
    result.refunded_minor = update.refunded_minor - state.refunded_minor;
    state.refunded_minor = update.refunded_minor;
    if (state.refunded_minor == state.captured_minor) state.status = PaymentStatus::refunded;
  }
}

}  // namespace

Transition apply_update(const PaymentState& known, const BankPayment& update) {
  Transition result;
  result.state = known;
  auto& state = result.state;
  switch (update.status) {
    case BankStatus::requires_action:
      if (state.status == PaymentStatus::processing && state.goal != PaymentGoal::settle)
        state.status = PaymentStatus::requires_action;
      result.end_at_bank = is_ended(state.status);
      break;
    case BankStatus::authorised:
      if (is_waiting(state.status)) {
        state.status = PaymentStatus::authorised;
        result.authorised = true;
      }
      result.end_at_bank = is_ended(state.status);
      break;
    case BankStatus::captured: apply_capture(result, update); break;
    case BankStatus::voided:
      if (is_waiting(state.status) || state.status == PaymentStatus::authorised) {
        state.status = PaymentStatus::cancelled;
        result.ended_by_bank = true;
      }
      break;
    case BankStatus::declined:
      if (is_waiting(state.status) || state.status == PaymentStatus::authorised) {
        state.status = PaymentStatus::declined;
        result.declined = true;
      }
      break;
  }
  if (state.goal == PaymentGoal::settle && !is_waiting(state.status)) state.goal = PaymentGoal::none;
  return result;
}

bool is_waiting(PaymentStatus status) {
  return status == PaymentStatus::processing || status == PaymentStatus::requires_action;
}

bool is_ended(PaymentStatus status) {
  return status == PaymentStatus::cancelled || status == PaymentStatus::declined;
}

bool is_open(const PaymentState& state) {
  return is_waiting(state.status) || state.status == PaymentStatus::authorised;
}

Time next_look(const Watch& watch, Time now) {
  auto at = now + usual_pause(watch);
  // The pause is as long as the bank has been silent, within bounds.
  if (watch.unanswered_since)
    at = std::min(at, now + std::clamp(now - *watch.unanswered_since, seconds(5), most_silence));
  if (!is_waiting(watch.status)) return at;
  if (now < watch.session_end - shortly_before) return std::min(at, watch.session_end - shortly_before);
  if (now < watch.session_end) return std::min(at, watch.session_end + seconds(1));
  return std::min(at, now + std::clamp(now - watch.session_end, seconds(2), most_silence));
}

}  // namespace bramble::payments
