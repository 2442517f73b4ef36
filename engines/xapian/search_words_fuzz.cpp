// What people type into the search box, as any bytes: words of bounded length, and stems of them.
#include "engines/xapian/search_words.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bramble::xapian;
  Stems stems;
  for (const auto& word : words_of({reinterpret_cast<const char*>(data), size})) {
    if (word.empty() || word.size() > 60) __builtin_trap();
    is_stop_word(word);
    stems.of(word);
  }
  return 0;
}
