#include "services/payments/webhook_signature.h"

#include <openssl/hmac.h>

#include <array>
#include <charconv>

#include "base/text.h"

namespace bramble::payments {

std::string hmac_sha256_hex(std::string_view secret, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &length);
  return to_hex({reinterpret_cast<const char*>(digest.data()), length});
}

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

}  // namespace bramble::payments
