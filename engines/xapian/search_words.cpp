#include "engines/xapian/search_words.h"

#include <unordered_set>

namespace bramble::xapian {
namespace {

constexpr std::size_t longest_word = 60;
constexpr std::size_t longest_letter = 4;
constexpr std::size_t most_known = 100'000;
constexpr unsigned cyrillic_yo = 0x451;
constexpr unsigned cyrillic_ye = 0x435;
constexpr unsigned typographic_apostrophe = 0x2019;

bool is_apostrophe(unsigned letter) { return letter == '\'' || letter == typographic_apostrophe; }

bool is_cyrillic(const std::string& word) {
  auto lead = static_cast<unsigned char>(word.front());
  return lead == 0xD0 || lead == 0xD1;
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  Xapian::Utf8Iterator end;
  for (Xapian::Utf8Iterator at(text.data(), text.size()); at != end; ++at) {
    if (is_apostrophe(*at) && !word.empty() && word.size() <= longest_word - longest_letter) {
      // Inside a word it belongs to it: "women's".
      auto next = at;
      if (++next != end && Xapian::Unicode::is_wordchar(*next)) {
        word += '\'';
        continue;
      }
    }
    if (!Xapian::Unicode::is_wordchar(*at)) {
      if (!word.empty()) words.push_back(std::move(word));
      word.clear();
      continue;
    }
    auto letter = Xapian::Unicode::tolower(*at);
    if (letter == cyrillic_yo) letter = cyrillic_ye;
    if (word.size() <= longest_word - longest_letter) Xapian::Unicode::append_utf8(word, letter);
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

bool is_stop_word(const std::string& word) {
  static const std::unordered_set<std::string> stop_words = {
      "и",  "в",  "во",  "на",  "с",  "со", "для", "из",  "к",    "ко", "по", "от",  "до",
      "за", "о",  "об",  "не",  "а",  "но", "или", "под", "при",  "у",  "же", "the", "a",
      "an", "of", "for", "and", "or", "in", "on",  "to",  "with", "by", "at"};
  return stop_words.contains(word);
}

const std::string& Stems::of(const std::string& word) {
  auto found = known_.find(word);
  if (found != known_.end()) return found->second;
  if (known_.size() >= most_known) known_.clear();
  return known_.emplace(word, is_cyrillic(word) ? russian_(word) : english_(word)).first->second;
}

}  // namespace bramble::xapian
