// Whether a webhook is the bank's: HMAC-SHA256 over "<timestamp>.<body>", compared in constant time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace bramble::outside {

// A secret by its id; during a rotation the old and the new one are both known.
struct WebhookKey {
  std::string key_id;
  std::string secret;
};

// True only if the timestamp (seconds) is within `tolerance` of now and the signature "v1=<hex>" fits the
// key.
bool is_authentic(const std::vector<WebhookKey>& keys, std::string_view key_id, std::string_view timestamp,
                  std::string_view body, std::string_view signature, Time now, Duration tolerance);

}  // namespace bramble::outside
