// An address as words that can be compared however they were typed: lower case, without punctuation, Russian
// letters written in Latin ones ("г. Москва, ул. Ленина" and "moskva lenina" meet).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bramble::pickup {

// " g moskva ul lenina": each word with a space before it.
std::string address_words(std::string_view text);

// Whether each word of `wanted` begins a word of `known`; both are of address_words.
bool has_words(std::string_view known, std::string_view wanted);

}  // namespace bramble::pickup
