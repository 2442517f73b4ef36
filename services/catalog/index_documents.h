// Makes the documents of products for the search index, from the tables as they are now.
#pragma once

#include <vector>

#include "ports/database.h"
#include "ports/search.h"
#include "services/catalog/card_store.h"
#include "services/catalog/category_store.h"
#include "services/catalog/indexing_store.h"

namespace bramble::catalog {

class IndexDocuments {
 public:
  // Products without a card are left out.
  std::vector<SearchDocument> of(Tx& tx, const std::vector<ProductVersion>& products) const;

 private:
  CardStore cards_;
  CategoryStore categories_;
};

}  // namespace bramble::catalog
