#include "services/security/chain.h"

#include <openssl/evp.h>

#include <array>

#include "base/error.h"
#include "base/text.h"

namespace bramble::security {

std::string hash_of(const Entry& entry) {
  std::string text;
  auto add = [&](const std::string& field) {
    text.append(std::to_string(field.size())).append(":").append(field);
  };
  add(entry.prev_hash);
  add(std::to_string(entry.seq));
  add(std::to_string(entry.at.us));
  add(entry.kind);
  add(entry.principal);
  add(entry.address);
  add(entry.subject);
  add(entry.detail);
  add(std::to_string(entry.times));
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1)
    throw Error(ErrorCode::internal, "no_sha256", "SHA-256 failed");
  return to_hex({reinterpret_cast<const char*>(digest.data()), length});
}

}  // namespace bramble::security
