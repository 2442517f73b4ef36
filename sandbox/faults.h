// The faults that the sandbox plays: drawn by chance for each request and each webhook, with the rates of PUT
// /faults.
#pragma once

#include "base/ids.h"
#include "sandbox/sandbox.api.h"

namespace bramble::sandbox {

enum class FaultKind {
  none,
  error_before,    // a 500, and the bank did nothing
  error_after,     // a 500, but the bank acted
  silence_before,  // no answer, and the bank did nothing
  silence_after,   // no answer, but the bank acted
};

// The fault of one request to the bank.
FaultKind draw_fault(const ApiFaults& faults, Entropy chance);

struct WebhookFate {
  bool dropped = false;
  bool doubled = false;
  Duration delay;
};

// The fault of one webhook. Reordering delays a random half of them by up to half a second.
WebhookFate draw_fault(const WebhookFaults& faults, Entropy chance);

}  // namespace bramble::sandbox
