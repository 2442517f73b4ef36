#include "outside/bank/webhook_signature.h"

#include <charconv>

#include "base/digest.h"
#include "base/text.h"

namespace bramble::outside {

bool is_authentic(const std::vector<WebhookKey>& keys, std::string_view key_id, std::string_view timestamp,
                  std::string_view body, std::string_view signature, Time now, Duration tolerance) {
  std::int64_t seconds_since_1970 = 0;
  auto [end, failure] =
      std::from_chars(timestamp.data(), timestamp.data() + timestamp.size(), seconds_since_1970);
  if (failure != std::errc() || end != timestamp.data() + timestamp.size() || seconds_since_1970 < 0 ||
      seconds_since_1970 > 100'000'000'000) {
    return false;
  }
  auto age = now - Time{seconds_since_1970 * 1'000'000};
  if (age > tolerance || age < Duration{-tolerance.us} || !signature.starts_with("v1=")) return false;
  std::string signed_text;
  signed_text.reserve(timestamp.size() + 1 + body.size());
  signed_text.append(timestamp).append(".").append(body);
  for (const auto& key : keys) {
    if (key.key_id == key_id)
      return equal_constant_time(hmac_sha256_hex(key.secret, signed_text), signature.substr(3));
  }
  return false;
}

}  // namespace bramble::outside
