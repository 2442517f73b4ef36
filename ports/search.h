// The search index port.
// Promise: eventual. What was put is found after the next refresh (at most 2 s later); a put with a version
// not higher than the stored one changes nothing; the index can be rebuilt beside the live one and swapped in
// whole.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/call.h"
#include "base/task.h"

namespace bramble {

struct SearchText {
  std::string text;
  int weight = 1;        // title 10, brand 6, description 1; those above 1 are suggested
  std::string language;  // "ru", "en"; empty: of any reader
  bool operator==(const SearchText&) const = default;
};

// One of the ways in which a document is to be had, such as a size of a shoe, with numbers of its own.
struct SearchVariant {
  std::string id;  // without control characters
  std::map<std::string, double> numbers;
};

struct SearchDocument {
  std::string id;
  std::int64_t version = 0;
  std::vector<SearchText> texts;
  std::map<std::string, std::string> terms;  // exact values to filter and count by: category, brand
  std::map<std::string, double> numbers;     // to filter by range and sort by: price, rating, created
  std::vector<SearchVariant> variants;       // the best first
  bool deleted = false;
};

struct SearchRange {
  std::optional<double> min;
  std::optional<double> max;
};

struct SearchQuery {
  std::string text;                                       // empty: everything
  std::map<std::string, std::vector<std::string>> terms;  // any of the values, all of the keys
  std::map<std::string, SearchRange> numbers;
  // One and the same variant is in all of these. Then `sort_by` and `span_numbers` mean the number of the
  // first such variant, where variants have a number of that name.
  std::map<std::string, SearchRange> variant_numbers;
  std::string sort_by;  // a number's name; empty: relevance
  bool descending = false;
  std::size_t offset = 0;
  std::size_t limit = 25;
  std::vector<std::string> count_terms;   // facets wanted: values with counts, largest first
  std::size_t most_counts = 50;           // of each facet
  std::vector<std::string> span_numbers;  // smallest and largest value wanted
};

struct FacetCount {
  std::string value;
  std::int64_t count = 0;
};

struct SearchResult {
  std::vector<std::string> ids;
  std::vector<std::string> variants;  // of each id the first in the query's ranges for variants; empty: none
  std::int64_t total = 0;
  std::map<std::string, std::vector<FacetCount>> counts;
  std::map<std::string, SearchRange> spans;
  std::string corrected;  // what it searched for instead, if the text found nothing as written; else empty
};

// The numbers of one index, for metrics. From any thread.
struct SearchStats {
  std::uint64_t queries_waiting = 0;
  std::uint64_t writes_waiting = 0;
  std::uint64_t commits = 0;
};

class SearchIndex {
 public:
  virtual ~SearchIndex() = default;
  virtual SearchStats stats() const { return {}; }
  virtual Task<void> put(const Call& call, std::vector<SearchDocument> documents) = 0;
  virtual Task<SearchResult> search(const Call& call, SearchQuery query) = 0;
  // Words and phrases that begin so, the commonest first: those of the call's language; of all languages
  // where it has none or the call none.
  virtual Task<std::vector<std::string>> suggest(const Call& call, std::string prefix, std::size_t limit) = 0;
  virtual Task<std::int64_t> size(const Call& call) = 0;
  // Fills an empty index beside this one by calling `fill` with it, then puts it in this one's place.
  virtual Task<void> rebuild(const Call& call, std::function<Task<void>(SearchIndex&)> fill) = 0;
};

}  // namespace bramble
