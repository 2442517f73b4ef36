#include "base/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <memory>

#include "base/error.h"
#include "base/text.h"

namespace bramble {
namespace {

using Digest = std::array<unsigned char, EVP_MAX_MD_SIZE>;

// OpenSSL 3 looks an algorithm up by name at each use of EVP_sha256(), which costs more than a short text's
// digest.
const EVP_MD* algorithm() {
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return fetched;
}

std::string bytes_of(const Digest& digest, unsigned length) {
  return {reinterpret_cast<const char*>(digest.data()), length};
}

}  // namespace

std::string sha256(std::string_view text) { return sha256({text}); }

std::string sha256(std::initializer_list<std::string_view> parts) {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  Digest digest;
  unsigned length = 0;
  bool ok = EVP_DigestInit_ex2(context.get(), algorithm(), nullptr) == 1;
  for (auto part : parts) ok = ok && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
  ok = ok && EVP_DigestFinal_ex(context.get(), digest.data(), &length) == 1;
  if (!ok) throw Error(ErrorCode::internal, "no_sha256", "SHA-256 failed");
  return bytes_of(digest, length);
}

std::string sha256_hex(std::string_view text) { return to_hex(sha256({text})); }
std::string sha256_hex(std::initializer_list<std::string_view> parts) { return to_hex(sha256(parts)); }

std::string hmac_sha256(std::string_view key, std::string_view text) {
  Digest digest;
  unsigned length = 0;
  auto* done = HMAC(algorithm(), key.data(), static_cast<int>(key.size()),
                    reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &length);
  if (done == nullptr) throw Error(ErrorCode::internal, "no_hmac", "HMAC-SHA-256 failed");
  return bytes_of(digest, length);
}

std::string hmac_sha256_hex(std::string_view key, std::string_view text) {
  return to_hex(hmac_sha256(key, text));
}

}  // namespace bramble
