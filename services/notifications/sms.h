// An SMS provider as notifications needs it. Adapters in outside/sms implement it; each speaks the language
// of one provider.
#pragma once

#include <string>

#include "base/task.h"

namespace bramble::notifications {

struct Sms {
  std::string idempotency_key;  // the provider sends a text once for each key
  std::string phone;            // "+79001234567"
  std::string text;             // may hold a sign-in code: it is neither stored nor logged
};

class SmsProvider {
 public:
  virtual ~SmsProvider() = default;

  // Returns once the provider has accepted the message. Throws Error unavailable or timeout; the same message
  // may then be sent again.
  virtual Task<void> send(Sms message) = 0;
};

}  // namespace bramble::notifications
