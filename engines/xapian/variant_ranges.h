// Which variants of a document are in all the ranges that a query has for variants. A number of all variants
// of a document is one value: for each variant a byte of length and the number, so written that its bytes
// sort as it does.
#pragma once

#include <xapian.h>

#include <optional>
#include <string>
#include <vector>

#include "engines/xapian/index_terms.h"
#include "ports/search.h"

namespace bramble::xapian {

std::string packed_variants(const std::vector<SearchVariant>& variants, const std::string& number);

// The document's data: its id and its variants' ids.
std::string packed_ids(const SearchDocument& document);
struct DocumentIds {
  std::string id;
  std::vector<std::string> variants;
};
DocumentIds unpacked_ids(const std::string& data);

class VariantRanges {
 public:
  VariantRanges(const SearchQuery& query, const Slots& slots);

  bool is_asked() const { return !ranges_.empty(); }
  // Whether any document of the index can have such a variant.
  bool is_possible() const { return is_possible_; }
  // The slots of the values that `first` wants.
  const std::vector<Xapian::valueno>& slots() const { return slots_; }

  // The position of the first variant in all of the ranges, by the values in the order of the slots. Of a
  // query without such ranges: the first, if there is one.
  std::optional<std::size_t> first(const std::vector<std::string>& values) const;
  std::optional<std::size_t> first(const Xapian::Document& document) const;
  // The number in that slot of the first one; empty if there is none.
  std::string number_of_first(const Xapian::Document& document, Xapian::valueno slot) const;

 private:
  struct Range {
    std::string min;
    std::optional<std::string> max;
  };

  std::vector<Range> ranges_;
  std::vector<Xapian::valueno> slots_;
  bool is_possible_ = true;
};

// The documents that have such a variant, for a query.
class DocumentsInRanges final : public Xapian::PostingSource {
 public:
  explicit DocumentsInRanges(VariantRanges ranges) : ranges_(std::move(ranges)) {}

  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return most_ / 2; }
  Xapian::doccount get_termfreq_max() const override { return most_; }
  void next(double min_weight) override;
  void skip_to(Xapian::docid least, double min_weight) override;
  bool at_end() const override { return begun_ && values_.front() == end_; }
  Xapian::docid get_docid() const override { return values_.front().get_docid(); }
  void init(const Xapian::Database& database) override;
  Xapian::PostingSource* clone() const override { return new DocumentsInRanges(ranges_); }

 private:
  bool begin();
  void settle();
  bool fits();

  VariantRanges ranges_;
  Xapian::Database database_;
  Xapian::doccount most_ = 0;
  bool begun_ = false;
  std::vector<Xapian::ValueIterator> values_;
  Xapian::ValueIterator end_;
  std::vector<std::string> current_;
};

// Sorts by a number of the first variant in the ranges.
class VariantKey final : public Xapian::KeyMaker {
 public:
  VariantKey(const VariantRanges& ranges, Xapian::valueno slot) : ranges_(ranges), slot_(slot) {}
  std::string operator()(const Xapian::Document& document) const override {
    return ranges_.number_of_first(document, slot_);
  }

 private:
  const VariantRanges& ranges_;
  Xapian::valueno slot_;
};

}  // namespace bramble::xapian
