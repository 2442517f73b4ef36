// Answers queries from one Xapian database, as it was at the last refresh. Belongs to one thread. Throws
// Xapian's errors.
#pragma once

#include <xapian.h>

#include <optional>
#include <string>
#include <vector>

#include "engines/xapian/index_terms.h"
#include "engines/xapian/search_words.h"
#include "engines/xapian/variant_ranges.h"
#include "ports/search.h"

namespace bramble::xapian {

class IndexReader {
 public:
  explicit IndexReader(const std::string& folder);

  void refresh();
  SearchResult search(const SearchQuery& query);
  // Those of the language and those of none; of all languages where there are no such.
  std::vector<std::string> suggest(const std::string& prefix, const std::string& language,
                                   std::size_t limit) const;
  std::int64_t size() const;

 private:
  SearchResult run(const SearchQuery& query, const std::vector<std::string>& words);
  Xapian::Query text_query(const std::vector<std::string>& words);
  std::vector<Xapian::Query> filters(const SearchQuery& query, const VariantRanges& ranges) const;
  std::optional<std::vector<std::string>> corrected(const std::vector<std::string>& words);

  Xapian::Database database_;
  Slots slots_;
  Stems stems_;
};

}  // namespace bramble::xapian
