#include "services/payments/payment_rules.h"

#include <algorithm>
#include <array>

namespace bramble::payments {
namespace {

constexpr Duration shortly_before = minutes(1);
constexpr Duration most_silence = minutes(1);

Duration usual_pause(const Watch& watch) {
  // While nobody knows whether the bank has the payment at all, the buyer is waiting for a page.
  constexpr std::array<Duration, 3> anxious = {seconds(1), seconds(3), seconds(10)};
  auto looks = watch.looks;
  if (watch.status == PaymentStatus::processing) {
    if (looks < std::ssize(anxious)) return std::min(watch.first, anxious[static_cast<std::size_t>(looks)]);
    looks -= std::ssize(anxious);
  }
  std::array<Duration, 4> calm = {watch.first, minutes(5), hours(1), days(1)};
  return calm[static_cast<std::size_t>(std::clamp<std::int64_t>(looks, 0, 3))];
}

void learn_captured(Consequence& result, const BankPayment& news) {
  auto& state = result.state;
  if (state.captured_minor == 0 && news.captured_minor > 0) {
    // Ended by us before the money came: nobody may count on it until the order has decided anew. An order
    // whose payment was declined may still be waiting for one.
    state.late = is_ended(state.status) && state.wish == Wish::end;
    if (state.late) state.wish = Wish::none;
    state.status = PaymentStatus::captured;
    state.captured_minor = result.captured_minor = news.captured_minor;
  }
  if (news.refunded_minor > state.refunded_minor) {
    result.refunded_minor = news.refunded_minor - state.refunded_minor;
    state.refunded_minor = news.refunded_minor;
    if (state.refunded_minor == state.captured_minor) state.status = PaymentStatus::refunded;
  }
}

}  // namespace

Consequence learn(const PaymentState& known, const BankPayment& news) {
  Consequence result;
  result.state = known;
  auto& state = result.state;
  switch (news.status) {
    case BankStatus::requires_action:
      if (state.status == PaymentStatus::processing && state.wish != Wish::settle)
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
    case BankStatus::captured: learn_captured(result, news); break;
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
  if (state.wish == Wish::settle && !is_waiting(state.status)) state.wish = Wish::none;
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
  // As long again as the bank has been silent, within bounds.
  if (watch.unanswered_since)
    at = std::min(at, now + std::clamp(now - *watch.unanswered_since, seconds(5), most_silence));
  if (!is_waiting(watch.status)) return at;
  if (now < watch.session_end - shortly_before) return std::min(at, watch.session_end - shortly_before);
  if (now < watch.session_end) return std::min(at, watch.session_end + seconds(1));
  return std::min(at, now + std::clamp(now - watch.session_end, seconds(2), most_silence));
}

}  // namespace bramble::payments
