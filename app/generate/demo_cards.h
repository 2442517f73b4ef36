// The demo's cards and how many units of their SKUs lie where, each made from its number alone.
#pragma once

#include <vector>

#include "services/catalog/catalog.api.h"

namespace bramble {

// Cards count from 1.
catalog::Card demo_card(std::int64_t number);

struct DemoStock {
  SkuId sku_id;
  std::size_t site = 0;  // of demo_sites()
  std::int64_t quantity = 0;
  std::string bin;
};

// One to three sites for each SKU of the card, some hundred units in each.
std::vector<DemoStock> demo_stock(std::int64_t number, const catalog::Card& card, std::size_t sites);

// EAN-13: twelve digits and their check digit. `number` is below 10^10; the code begins with 20, which is for
// use within a company.
std::string demo_barcode(std::int64_t number);

}  // namespace bramble
