#include "sandbox/faults.h"

namespace bramble::sandbox {
namespace {

constexpr std::int64_t longest_detour_us = 500'000;

// A number of [0, 1) from 53 random bits.
double fraction(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1p-53; }

}  // namespace

FaultKind draw_fault(const ApiFaults& faults, Entropy chance) {
  bool acted = (chance.low & 1) != 0;
  if (fraction(chance.high) < faults.error_rate)
    return acted ? FaultKind::error_after : FaultKind::error_before;
  if (fraction(chance.low) < faults.timeout_rate) {
    // The fraction does not use the lowest bits of `low`.
    return acted ? FaultKind::silence_after : FaultKind::silence_before;
  }
  return FaultKind::none;
}

WebhookFate draw_fault(const WebhookFaults& faults, Entropy chance) {
  WebhookFate fate{.dropped = fraction(chance.high) < faults.drop_rate,
                   .doubled = faults.duplicate,
                   .delay = milliseconds(faults.delay_ms)};
  if (faults.reorder && (chance.low & 1) != 0) {
    fate.delay.us += static_cast<std::int64_t>(fraction(chance.low) * longest_detour_us);
  }
  return fate;
}

}  // namespace bramble::sandbox
