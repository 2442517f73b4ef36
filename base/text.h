// Text operations that several layers need: encodings, UTF-8, comparison in constant time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bramble {

bool is_utf8(std::string_view text);

// The length of the well-formed UTF-8 sequence at `at`, which is inside the text; 0 if there is none.
std::size_t utf8_sequence_length(std::string_view text, std::size_t at);

// The number of code points of valid UTF-8.
std::size_t utf8_length(std::string_view text);

std::string to_hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view text);

// RFC 4648 § 5, without padding.
std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);

// RFC 4648 § 4, with padding.
std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

// Compares in constant time for texts of equal length.
bool equal_constant_time(std::string_view left, std::string_view right);

// "%2B79" → "+79"; nullopt if an escape is incomplete or not hexadecimal. Set `plus_is_space` for forms and
// queries.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);
std::string percent_encode(std::string_view text);

}  // namespace bramble
