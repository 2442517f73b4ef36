#include "services/auth/passwords.h"

#include <sodium.h>

#include <array>

#include "base/error.h"

namespace bramble::auth {
namespace {

void need_sodium() {
  static const int ready = sodium_init();
  if (ready < 0) throw Error(ErrorCode::internal, "sodium", "libsodium cannot be used");
}

}  // namespace

std::string hash_password(const std::string& password, bool cheap) {
  need_sodium();
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  auto failed = crypto_pwhash_str(hash.data(), password.data(), password.size(),
                                  cheap ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                  cheap ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_INTERACTIVE);
  if (failed != 0)
    throw Error(ErrorCode::unavailable, "out_of_memory", "there is no memory to check a password");
  return hash.data();
}

bool is_password(const std::string& hash, const std::string& password) {
  need_sodium();
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace bramble::auth
