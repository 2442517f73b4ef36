// The story of each request to catalog. Cards are read from memory, and from the tables where memory has them
// not.
#pragma once

#include "ports/clock.h"
#include "ports/database.h"
#include "ports/search.h"
#include "services/catalog/card_cache.h"
#include "services/catalog/card_store.h"
#include "services/catalog/catalog.api.h"
#include "services/catalog/category_store.h"
#include "services/catalog/indexing_store.h"
#include "services/inventory/inventory.api.h"

namespace bramble::catalog {

class CatalogService : public CatalogApi {
 public:
  CatalogService(Database& database, SearchIndex& index, const Clock& clock, std::size_t cached_cards);

  Task<PutCardsReply> put_cards(Call call, PutCardsRequest request) override;
  Task<Empty> put_categories(Call call, PutCategoriesRequest request) override;
  Task<CategoriesReply> categories(Call call, CategoriesRequest request) override;
  Task<Card> get_product(Call call, GetProductRequest request) override;
  Task<GetSkusReply> get_skus(Call call, GetSkusRequest request) override;
  Task<FindByBarcodeReply> find_by_barcode(Call call, FindByBarcodeRequest request) override;
  Task<GetSkusReply> find_by_vendor_code(Call call, FindByVendorCodeRequest request) override;
  Task<SkuInfo> set_price(Call call, SetPriceRequest request) override;
  Task<SearchReply> search(Call call, SearchRequest request) override;
  Task<SuggestReply> suggest(Call call, SuggestRequest request) override;
  Task<CountReply> count(Call call, CountRequest request) override;

  void on_stock_turned(Tx& tx, const inventory::StockTurned& event);

  std::size_t cached_cards() const { return cache_.size(); }

 private:
  using Tree = std::shared_ptr<const CategoryTree>;
  using Numbers = std::unordered_map<std::string, std::int64_t>;  // of cards, by category
  struct Counts {                                                 // of a category and all below it
    Numbers cards;
    Numbers for_sale;
  };

  // The cards of the products, in their order; null for an unknown one.
  Task<std::vector<CardPtr>> cards_of(Call call, std::vector<ProductId> products);
  Task<Tree> tree(Call call);
  Task<SearchResult> find(Call call, SearchQuery query);
  Task<Numbers> numbers(Call call, bool for_sale);
  std::optional<Card> put_card(Tx& tx, const Card& card, const std::string& where);
  void changed(Tx& tx, const ProductId& product);

  Database& database_;
  SearchIndex& index_;
  const Clock& clock_;
  CardStore cards_;
  CategoryStore category_store_;
  IndexingStore indexing_;
  CardCache cache_;
  Tree tree_;
  Time tree_read_at_;
  std::shared_ptr<const Counts> counts_;
  Time counted_at_;
};

}  // namespace bramble::catalog
