// An address as words that can be compared however people type them: lower case, without punctuation, Russian
// letters transliterated into Latin ("moskva lenina" finds "г. Москва, ул. Ленина").
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bramble::pickup {

// " g moskva ul lenina": each word with a space before it.
std::string address_words(std::string_view text);

// Whether each word of `wanted` is the beginning of a word of `known`. Both come from address_words.
bool has_words(std::string_view known, std::string_view wanted);

}  // namespace bramble::pickup
