#include "services/auth/password_policy.h"

#include <cstddef>

#include <crack.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "base/ascii.h"
#include "base/error.h"
#include "base/text.h"

namespace bramble::auth {
namespace {

constexpr std::size_t fewest_different = 5;
constexpr std::size_t longest_unit = 8;  // of what is only repeated

// "passwordpassword", "123412341234".
bool is_repetition(const std::string& text) {
  for (std::size_t unit = 1; unit <= longest_unit && unit * 2 <= text.size(); ++unit) {
    bool same = true;
    for (std::size_t i = unit; i < text.size() && same; ++i) same = text[i] == text[i - unit];
    if (same) return true;
  }
  return false;
}

// "123456789012", "abcdefghijkl", and backwards.
bool is_sequence(const std::string& text) {
  std::size_t up = 0, down = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    auto step = text[i] - text[i - 1];
    bool wraps = (text[i - 1] == '9' && text[i] == '0') || (text[i - 1] == 'z' && text[i] == 'a');
    up += step == 1 || wraps ? 1 : 0;
    down += step == -1 ? 1 : 0;
  }
  return std::max(up, down) + 2 >= text.size();
}

// Rows of a keyboard, in the order of their keys.
bool is_keyboard_row(const std::string& text) {
  constexpr std::array<std::string_view, 3> walks{"qwertyuiopasdfghjklzxcvbnm",
                                                  "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p"};
  return std::any_of(walks.begin(), walks.end(),
                     [&](std::string_view walk) { return walk.find(text) != std::string_view::npos; });
}

// What is left without the words that everybody here would try.
bool rests_on(const std::string& text, const std::string& word) {
  auto at = word.empty() ? std::string::npos : text.find(word);
  return at != std::string::npos && text.size() - word.size() < shortest_password / 2;
}

// cracklib ends the process if it cannot open its dictionary, so it is looked for first. Where it is not
// installed, our own rules are what there is.
bool is_in_dictionary(const std::string& password, const std::string& login) {
  static const std::string dictionary = GetDefaultCracklibDict();
  static const bool installed = std::filesystem::exists(dictionary + ".pwd") &&
                                std::filesystem::exists(dictionary + ".pwi") &&
                                std::filesystem::exists(dictionary + ".hwm");
  return installed &&
         FascistCheckUser(password.c_str(), dictionary.c_str(), login.c_str(), nullptr) != nullptr;
}

}  // namespace

void check_new_password(const std::string& password, const std::string& login, const std::string& field) {
  if (!is_utf8(password)) throw_invalid(field, "malformed", "UTF-8 text");
  if (utf8_length(password) < shortest_password) throw_invalid(field, "too_short", "at least 12 characters");
  if (password.size() > longest_password) throw_invalid(field, "too_long", "at most 256 bytes");
  auto text = ascii_lower(password);
  bool plain = std::set<char>(text.begin(), text.end()).size() < fewest_different || is_repetition(text) ||
               is_sequence(text) || is_keyboard_row(text);
  if (plain || rests_on(text, ascii_lower(login)) || rests_on(text, "bramble") ||
      rests_on(text, "password") || is_in_dictionary(password, login)) {
    throw_invalid(field, "too_common", "a password that others would not guess");
  }
}

}  // namespace bramble::auth
