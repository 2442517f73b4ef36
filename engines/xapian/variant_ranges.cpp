#include "engines/xapian/variant_ranges.h"

#include <limits>
#include <string_view>

namespace bramble::xapian {
namespace {

constexpr char without_number = '\xFF';
constexpr char id_end = '\x1F';  // in no id

// The numbers of a packed value, one after the other.
class Numbers {
 public:
  explicit Numbers(std::string_view packed) : rest_(packed) {}

  bool at_end() const { return rest_.empty(); }
  // Nothing if the variant has no such number.
  std::optional<std::string_view> next() {
    if (rest_.empty()) return std::nullopt;
    bool is_there = rest_.front() != without_number;
    auto length = is_there ? static_cast<unsigned char>(rest_.front()) : 0U;
    auto number = rest_.substr(1, length);
    rest_.remove_prefix(1 + number.size());
    if (!is_there) return std::nullopt;
    return number;
  }

 private:
  std::string_view rest_;
};

}  // namespace

std::string packed_variants(const std::vector<SearchVariant>& variants, const std::string& number) {
  std::string packed;
  for (const auto& variant : variants) {
    auto found = variant.numbers.find(number);
    if (found == variant.numbers.end()) {
      packed += without_number;
      continue;
    }
    auto text = Xapian::sortable_serialise(found->second);
    packed += static_cast<char>(text.size());
    packed += text;
  }
  return packed;
}

std::string packed_ids(const SearchDocument& document) {
  auto packed = document.id;
  for (const auto& variant : document.variants) {
    packed += id_end;
    packed += variant.id;
  }
  return packed;
}

DocumentIds unpacked_ids(const std::string& data) {
  auto end = std::min(data.find(id_end), data.size());
  DocumentIds ids{data.substr(0, end), {}};
  while (end < data.size()) {
    auto begin = end + 1;
    end = std::min(data.find(id_end, begin), data.size());
    ids.variants.push_back(data.substr(begin, end - begin));
  }
  return ids;
}

VariantRanges::VariantRanges(const SearchQuery& query, const Slots& slots) {
  for (const auto& [name, range] : query.variant_numbers) {
    if (!range.min && !range.max) continue;
    auto slot = slots.find(variant_slot(name));
    is_possible_ = is_possible_ && slot;
    slots_.push_back(slot.value_or(0));
    auto& made = ranges_.emplace_back();
    made.min = Xapian::sortable_serialise(range.min.value_or(std::numeric_limits<double>::lowest()));
    if (range.max) made.max = Xapian::sortable_serialise(*range.max);
  }
}

std::optional<std::size_t> VariantRanges::first(const std::vector<std::string>& values) const {
  if (ranges_.empty()) return 0;
  std::vector<Numbers> numbers(values.begin(), values.end());
  for (std::size_t at = 0; !numbers.front().at_end(); ++at) {
    bool fits = true;
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
      auto number = numbers[i].next();
      fits = fits && number && *number >= ranges_[i].min && (!ranges_[i].max || *number <= *ranges_[i].max);
    }
    if (fits) return at;
  }
  return std::nullopt;
}

std::optional<std::size_t> VariantRanges::first(const Xapian::Document& document) const {
  std::vector<std::string> values;
  values.reserve(slots_.size());
  for (auto slot : slots_) values.push_back(document.get_value(slot));
  return first(values);
}

std::string VariantRanges::number_of_first(const Xapian::Document& document, Xapian::valueno slot) const {
  auto at = first(document);
  if (!at) return {};
  auto packed = document.get_value(slot);
  Numbers numbers(packed);
  for (std::size_t i = 0; i < *at; ++i) numbers.next();
  return std::string(numbers.next().value_or(std::string_view()));
}

void DocumentsInRanges::init(const Xapian::Database& database) {
  database_ = database;
  most_ = database.get_value_freq(ranges_.slots().front());
  begun_ = false;
  values_.clear();
  current_.assign(ranges_.slots().size(), {});
}

bool DocumentsInRanges::begin() {
  if (begun_) return false;
  begun_ = true;
  for (auto slot : ranges_.slots()) values_.push_back(database_.valuestream_begin(slot));
  end_ = database_.valuestream_end(ranges_.slots().front());
  return true;
}

void DocumentsInRanges::next(double) {
  if (!begin()) ++values_.front();
  settle();
}

void DocumentsInRanges::skip_to(Xapian::docid least, double) {
  begin();
  if (values_.front() != end_) values_.front().skip_to(least);
  settle();
}

void DocumentsInRanges::settle() {
  while (values_.front() != end_ && !fits()) ++values_.front();
}

bool DocumentsInRanges::fits() {
  auto document = values_.front().get_docid();
  current_.front() = *values_.front();
  for (std::size_t i = 1; i < values_.size(); ++i) {
    auto end = database_.valuestream_end(ranges_.slots()[i]);
    if (values_[i] != end) values_[i].skip_to(document);
    bool is_there = values_[i] != end && values_[i].get_docid() == document;
    current_[i] = is_there ? *values_[i] : std::string();
  }
  return ranges_.first(current_).has_value();
}

}  // namespace bramble::xapian
