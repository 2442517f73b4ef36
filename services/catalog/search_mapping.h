// What the index is told of a card, asked for a search, and what its answer means. Pure rules.
#pragma once

#include <vector>

#include "ports/search.h"
#include "services/catalog/card_cache.h"
#include "services/catalog/category_tree.h"

namespace bramble::catalog {

SearchDocument document_of(const Card& card, const CategoryTree& tree, bool in_stock, std::int64_t version);

// Throws Error invalid naming the field.
SearchQuery query_of(const SearchRequest& request, const CategoryTree& tree);

// `cards` are those of the result's ids that there are, in that order; titles are in the language.
SearchReply reply_of(const SearchResult& result, const std::vector<CardPtr>& cards, const CategoryTree& tree,
                     const std::string& language);

}  // namespace bramble::catalog
