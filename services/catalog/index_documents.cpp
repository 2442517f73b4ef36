#include "services/catalog/index_documents.h"

#include "services/catalog/search_mapping.h"

namespace bramble::catalog {

std::vector<SearchDocument> IndexDocuments::of(Tx& tx, const std::vector<ProductVersion>& products) const {
  std::vector<SearchDocument> documents;
  if (products.empty()) return documents;
  auto tree = categories_.tree(tx);
  documents.reserve(products.size());
  for (const auto& product : products) {
    auto card = cards_.find(tx, product.product_id);
    if (!card) continue;
    auto in_stock = cards_.in_stock(tx, product.product_id);
    documents.push_back(document_of(*card, tree, in_stock, product.version));
  }
  return documents;
}

}  // namespace bramble::catalog
