// How the sandbox misbehaves: what befalls one request or one webhook, drawn by chance from what PUT /faults
// asked for.
#pragma once

#include "base/ids.h"
#include "sandbox/sandbox.api.h"

namespace bramble::sandbox {

enum class Misfortune {
  none,
  error_before,    // a 500, and the bank did nothing
  error_after,     // a 500, but the bank acted
  silence_before,  // no answer, and the bank did nothing
  silence_after,   // no answer, but the bank acted
};

// What befalls one request to the bank.
Misfortune befall(const ApiFaults& faults, Entropy chance);

struct WebhookFate {
  bool dropped = false;
  bool doubled = false;
  Duration delay;
};

// What befalls one webhook. Reordering holds a random half of them back, by up to half a second.
WebhookFate befall(const WebhookFaults& faults, Entropy chance);

}  // namespace bramble::sandbox
