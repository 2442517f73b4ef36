#include "services/auth/hashes.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "base/text.h"

namespace bramble::auth {
namespace {

std::string text_of(const std::array<unsigned char, EVP_MAX_MD_SIZE>& digest, unsigned length) {
  return {reinterpret_cast<const char*>(digest.data()), length};
}

}  // namespace

std::string sha256(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr);
  return text_of(digest, length);
}

std::string sha256_hex(std::string_view text) { return to_hex(sha256(text)); }

std::string hmac_sha256(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &length);
  return text_of(digest, length);
}

std::string hmac_sha256_hex(std::string_view key, std::string_view text) {
  return to_hex(hmac_sha256(key, text));
}

}  // namespace bramble::auth
