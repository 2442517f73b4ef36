#include "engines/xapian/facet_spy.h"

#include <algorithm>

namespace bramble::xapian {

FacetSpy::FacetSpy(const SearchQuery& query, const Slots& slots, const VariantRanges& ranges)
    : ranges_(ranges), most_counts_(query.most_counts) {
  for (const auto& name : query.count_terms) {
    if (auto slot = slots.find(value_slot(name))) counts_.push_back({name, *slot, {}});
  }
  for (const auto& name : query.span_numbers) {
    auto of_variants = ranges.is_asked() ? slots.find(variant_slot(name)) : std::nullopt;
    if (auto slot = of_variants ? of_variants : slots.find(number_slot(name)))
      spans_.push_back({name, *slot, of_variants.has_value(), {}, {}});
  }
}

void FacetSpy::operator()(const Xapian::Document& document, double) {
  for (auto& counted : counts_) {
    auto value = document.get_value(counted.slot);
    if (!value.empty()) ++counted.values[std::move(value)];
  }
  // Numbers are stored so that their bytes sort as they do.
  for (auto& span : spans_) {
    auto value =
        span.is_of_variants ? ranges_.number_of_first(document, span.slot) : document.get_value(span.slot);
    if (value.empty()) continue;
    if (span.min.empty() || value < span.min) span.min = value;
    if (span.max < value) span.max = value;
  }
}

void FacetSpy::report(SearchResult& result) const {
  for (const auto& counted : counts_) {
    auto& facet = result.counts[counted.name];
    for (const auto& [value, count] : counted.values) facet.push_back({value, count});
    std::sort(facet.begin(), facet.end(), [](const FacetCount& left, const FacetCount& right) {
      return left.count != right.count ? left.count > right.count : left.value < right.value;
    });
    if (facet.size() > most_counts_) facet.resize(most_counts_);
  }
  for (const auto& span : spans_) {
    if (span.min.empty()) continue;
    result.spans[span.name] = {Xapian::sortable_unserialise(span.min),
                               Xapian::sortable_unserialise(span.max)};
  }
}

}  // namespace bramble::xapian
