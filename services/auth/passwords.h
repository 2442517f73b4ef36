// Passwords of staff: Argon2id through libsodium. Slow on purpose: call it where a thread may be busy for 0.1
// s.
#pragma once

#include <string>

namespace bramble::auth {

// `cheap` for tests only: the weakest settings that libsodium allows.
std::string hash_password(const std::string& password, bool cheap = false);
bool is_password(const std::string& hash, const std::string& password);

}  // namespace bramble::auth
