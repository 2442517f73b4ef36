// Hashes by which secrets are kept and found: of what is random by SHA-256, of what could be guessed by HMAC.
#pragma once

#include <string>
#include <string_view>

namespace bramble::auth {

std::string sha256(std::string_view text);
std::string sha256_hex(std::string_view text);
std::string hmac_sha256(std::string_view key, std::string_view text);
std::string hmac_sha256_hex(std::string_view key, std::string_view text);

}  // namespace bramble::auth
