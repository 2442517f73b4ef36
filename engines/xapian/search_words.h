// How text becomes words, and words become stems: the same for documents and for queries.
#pragma once

#include <xapian.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bramble::xapian {

// Runs of letters and digits (and apostrophes between them), lower case, "ё" written as "е", cut at 60 bytes.
// Takes any bytes.
std::vector<std::string> words_of(std::string_view text);

// Words too common to tell anything: prepositions and the like, Russian and English.
bool is_stop_word(const std::string& word);

// Russian for Cyrillic words, English for others; remembers what it has stemmed. Not for several threads at
// once.
class Stems {
 public:
  const std::string& of(const std::string& word);

 private:
  Xapian::Stem russian_{"russian"};
  Xapian::Stem english_{"english"};
  std::unordered_map<std::string, std::string> known_;
};

}  // namespace bramble::xapian
