// SHA-256 and HMAC-SHA-256, as raw bytes and in hexadecimal.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace bramble {

std::string sha256(std::string_view text);
// The digest of the concatenated parts, without concatenating them.
std::string sha256(std::initializer_list<std::string_view> parts);
std::string sha256_hex(std::string_view text);
std::string sha256_hex(std::initializer_list<std::string_view> parts);

std::string hmac_sha256(std::string_view key, std::string_view text);
std::string hmac_sha256_hex(std::string_view key, std::string_view text);

}  // namespace bramble
