// Writes documents into one Xapian database. A put whose version is not higher than the stored one changes
// nothing. Belongs to the writer thread. Throws Xapian's errors.
#pragma once

#include <xapian.h>

#include <string>
#include <unordered_map>

#include "engines/xapian/index_terms.h"
#include "engines/xapian/search_words.h"
#include "ports/search.h"

namespace bramble::xapian {

class IndexWriter {
 public:
  // Opens the database in the folder, or begins an empty one there.
  explicit IndexWriter(const std::string& folder);

  void put(const SearchDocument& document);
  void commit();

 private:
  void fill(Xapian::Document& entry, const SearchDocument& document, bool is_new);
  void add_text(Xapian::Document& entry, const SearchText& text, bool is_new);

  Xapian::WritableDatabase database_;
  Slots slots_;
  bool slots_changed_ = false;
  Stems stems_;
  // Words of new documents since the last commit; told to the spelling dictionary all at once.
  std::unordered_map<std::string, Xapian::termcount> new_words_;
};

}  // namespace bramble::xapian
