#include "services/pickup/address_words.h"

#include <array>

#include "base/text.h"

namespace bramble::pickup {
namespace {

// From а (U+0430) to я (U+044F).
constexpr std::array<std::string_view, 32> latin = {"a",  "b",    "v", "g", "d", "e",  "zh", "z",
                                                    "i",  "y",    "k", "l", "m", "n",  "o",  "p",
                                                    "r",  "s",    "t", "u", "f", "kh", "ts", "ch",
                                                    "sh", "shch", "",  "y", "",  "e",  "yu", "ya"};

char32_t code_point(std::string_view sequence) {
  auto byte = [&](std::size_t at) { return static_cast<unsigned char>(sequence[at]); };
  if (sequence.size() == 1) return byte(0);
  if (sequence.size() == 2) return char32_t((byte(0) & 0x1F) << 6 | (byte(1) & 0x3F));
  return 0;
}

// The transliteration of a letter or digit. Nothing for a separator of words.
std::string_view written(char32_t letter, char& buffer) {
  if (letter >= U'A' && letter <= U'Z') letter += U'a' - U'A';
  if ((letter >= U'a' && letter <= U'z') || (letter >= U'0' && letter <= U'9')) {
    buffer = static_cast<char>(letter);
    return {&buffer, 1};
  }
  if (letter == U'Ё' || letter == U'ё') return "e";
  if (letter >= U'А' && letter <= U'Я') letter += U'а' - U'А';
  if (letter >= U'а' && letter <= U'я') return latin[letter - U'а'];
  return {};
}

bool is_sign(char32_t letter) { return letter == U'ь' || letter == U'ъ' || letter == U'Ь' || letter == U'Ъ'; }

}  // namespace

std::string address_words(std::string_view text) {
  std::string words;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    auto length = std::max<std::size_t>(utf8_sequence_length(text, at), 1);
    auto letter = code_point(text.substr(at, length));
    char buffer = 0;
    auto part = written(letter, buffer);
    at += length;
    if (part.empty()) {
      inside = inside && is_sign(letter);
      continue;
    }
    if (!inside) words += ' ';
    inside = true;
    words += part;
  }
  return words;
}

bool has_words(std::string_view known, std::string_view wanted) {
  while (!wanted.empty()) {
    auto end = wanted.find(' ', 1);
    if (known.find(wanted.substr(0, end)) == std::string_view::npos) return false;
    wanted.remove_prefix(std::min(end, wanted.size()));
  }
  return true;
}

}  // namespace bramble::pickup
