// A catalogue that knows the SKUs that a test put in.
#pragma once

#include "services/catalog/catalog.api.h"
#include "testing/fakes/trouble.h"

namespace bramble {

class FakeCatalog final : public catalog::CatalogApi {
 public:
  void put(const std::string& sku, std::int64_t price_minor, const std::string& barcode = "");

  Task<catalog::GetSkusReply> get_skus(Call, catalog::GetSkusRequest request) override;
  Task<catalog::FindByBarcodeReply> find_by_barcode(Call, catalog::FindByBarcodeRequest request) override;
  Task<catalog::GetSkusReply> find_by_vendor_code(Call, catalog::FindByVendorCodeRequest request) override;
  Task<catalog::PutCardsReply> put_cards(Call, catalog::PutCardsRequest) override { not_faked(); }
  Task<Empty> put_categories(Call, catalog::PutCategoriesRequest) override { not_faked(); }
  Task<catalog::CategoriesReply> categories(Call, catalog::CategoriesRequest) override { not_faked(); }
  Task<catalog::Card> get_product(Call, catalog::GetProductRequest) override { not_faked(); }
  Task<catalog::SkuInfo> set_price(Call, catalog::SetPriceRequest) override { not_faked(); }
  Task<catalog::SearchReply> search(Call, catalog::SearchRequest) override { co_return hits; }
  Task<catalog::SuggestReply> suggest(Call, catalog::SuggestRequest) override { not_faked(); }
  Task<catalog::CountReply> count(Call, catalog::CountRequest) override { not_faked(); }

  std::map<SkuId, catalog::SkuInfo> skus;
  std::map<std::string, std::vector<SkuId>> articles;
  catalog::SearchReply hits;  // of every search
  Trouble trouble;
};

}  // namespace bramble
