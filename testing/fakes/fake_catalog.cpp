#include "testing/fakes/fake_catalog.h"

namespace bramble {

void FakeCatalog::put(const std::string& sku, std::int64_t price_minor, const std::string& barcode) {
  catalog::SkuInfo info;
  info.sku_id = SkuId(sku);
  info.product_id = ProductId("prd_" + sku);
  info.seller_id = SellerId("sel_1");
  info.title = "Title of " + sku;
  info.options = {{"size", "42"}};
  info.price = Money{price_minor, "RUB"};
  info.price_version = 1;
  info.barcode = barcode;
  skus[info.sku_id] = info;
}

Task<catalog::GetSkusReply> FakeCatalog::get_skus(Call, catalog::GetSkusRequest request) {
  auto guard = trouble.meet("get_skus");
  catalog::GetSkusReply reply;
  for (const auto& sku : request.sku_ids) {
    if (skus.contains(sku)) reply.items.push_back(skus[sku]);
  }
  guard.after();
  co_return reply;
}

Task<catalog::FindByBarcodeReply> FakeCatalog::find_by_barcode(Call, catalog::FindByBarcodeRequest request) {
  for (const auto& [id, info] : skus) {
    if (info.barcode == request.barcode) co_return catalog::FindByBarcodeReply{info};
  }
  co_return catalog::FindByBarcodeReply{};
}

Task<catalog::GetSkusReply> FakeCatalog::find_by_vendor_code(Call, catalog::FindByVendorCodeRequest request) {
  catalog::GetSkusReply reply;
  for (const auto& sku : articles[request.vendor_code]) {
    if (std::ssize(reply.items) < request.limit) reply.items.push_back(skus.at(sku));
  }
  co_return reply;
}

}  // namespace bramble
