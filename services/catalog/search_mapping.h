// What the index is told of a card, asked for a search, and what its answer means. Pure rules.
#pragma once

#include <set>
#include <vector>

#include "ports/search.h"
#include "services/catalog/card_cache.h"
#include "services/catalog/category_tree.h"

namespace bramble::catalog {

// The version of what `document_of` tells the index. Raise it with each change of `document_of` that cards
// already indexed need: the index is then rebuilt beside the live one by itself (index_rebuild.h).
inline constexpr std::int64_t index_format = 1;

SearchDocument document_of(const Card& card, const CategoryTree& tree, const std::set<SkuId>& in_stock,
                           std::int64_t version);

// Throws Error invalid naming the field. A card is in a price range if one of its SKUs is, and among those in
// stock if that one is, too.
SearchQuery query_of(const SearchRequest& request, const CategoryTree& tree);

// What the facet is counted in if something of it is chosen: the same without that choice, since several
// values may be chosen. Nothing if the query's own count will do.
std::optional<SearchQuery> facet_query(const SearchQuery& query, const std::string& facet);
// Puts those counts in the place of the query's own; a chosen value that is not among the largest stays.
void widen_facet(std::vector<FacetCount>& counts, std::vector<FacetCount> wider);

// `cards` are those of the result's ids, in that order, null for one that there is not; titles are in the
// language. A hit shows the SKU that the index found the card by.
SearchReply reply_of(const SearchResult& result, const std::vector<CardPtr>& cards, const CategoryTree& tree,
                     const std::string& language);

}  // namespace bramble::catalog
