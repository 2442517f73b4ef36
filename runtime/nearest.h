// Finds the word that was probably meant by a mistyped one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bramble {

// The candidate with the fewest edits; empty if there is none within half of the word's length.
std::string nearest_word(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace bramble
