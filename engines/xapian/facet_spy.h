// Looks at every match of a query and adds up what the query wants counted.
#pragma once

#include <xapian.h>

#include <string>
#include <unordered_map>
#include <vector>

#include "engines/xapian/index_terms.h"
#include "engines/xapian/variant_ranges.h"
#include "ports/search.h"

namespace bramble::xapian {

class FacetSpy : public Xapian::MatchSpy {
 public:
  // The ranges outlive it.
  FacetSpy(const SearchQuery& query, const Slots& slots, const VariantRanges& ranges);

  bool is_wanted() const { return !counts_.empty() || !spans_.empty(); }
  void operator()(const Xapian::Document& document, double weight) override;
  void report(SearchResult& result) const;

 private:
  struct Counted {
    std::string name;
    Xapian::valueno slot;
    std::unordered_map<std::string, std::int64_t> values;
  };
  struct Span {
    std::string name;
    Xapian::valueno slot;
    bool is_of_variants;
    std::string min;
    std::string max;
  };

  const VariantRanges& ranges_;
  std::size_t most_counts_;
  std::vector<Counted> counts_;
  std::vector<Span> spans_;
};

}  // namespace bramble::xapian
