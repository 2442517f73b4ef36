#include "services/auth/sealed_text.h"

#include <sodium.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"

namespace bramble::auth {
namespace {

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes_of(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Sealer::Sealer(const std::string& key) : key_(sha256("bramble sealed text " + key)) {
  static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == 32);
  if (sodium_init() < 0) throw Error(ErrorCode::internal, "sodium", "libsodium cannot be used");
}

std::string Sealer::seal(Random& random, const std::string& text, const std::string& owner) const {
  auto nonce = random.bytes(nonce_bytes);
  std::string sealed(text.size() + tag_bytes, '\0');
  unsigned long long size = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(sealed.data()), &size,
                                             bytes_of(text), text.size(), bytes_of(owner), owner.size(),
                                             nullptr, bytes_of(nonce), bytes_of(key_));
  return to_base64url(nonce + sealed);
}

std::string Sealer::open(const std::string& sealed, const std::string& owner) const {
  auto raw = from_base64url(sealed);
  if (raw && raw->size() >= nonce_bytes + tag_bytes) {
    auto nonce = raw->substr(0, nonce_bytes);
    auto body = raw->substr(nonce_bytes);
    std::string text(body.size() - tag_bytes, '\0');
    unsigned long long size = 0;
    auto failed =
        crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(text.data()), &size,
                                                   nullptr, bytes_of(body), body.size(), bytes_of(owner),
                                                   owner.size(), bytes_of(nonce), bytes_of(key_));
    if (failed == 0) return text;
  }
  throw Error(ErrorCode::internal, "sealed_text", "a secret at rest was sealed with another key");
}

}  // namespace bramble::auth
