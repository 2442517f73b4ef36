// Cards for this folder's tests: the same number gives the same card, of two SKUs.
#pragma once

#include <string>

#include "services/catalog/catalog.api.h"

namespace bramble::catalog {

inline Card test_card(int number) {
  auto text = std::to_string(number);
  Card card;
  card.product_id = ProductId("prd_" + text);
  card.seller_id = SellerId("sel_1");
  card.vendor_code = "V-" + text;
  card.title = "Кроссовки мужские беговые " + text;
  card.brand = "Nordvik";
  card.category_id = CategoryId("cat_run");
  card.description = "Лёгкая подошва";
  card.attributes = {{"Цвет", "чёрный"}};
  card.rating = 4.5;
  card.rating_count = 10;
  card.created_at = Time{1'700'000'000'000'000 + number};
  for (const char* size : {"41", "42"}) {
    Sku sku;
    sku.sku_id = SkuId("sku_" + text + "_" + size);
    sku.options = {{"размер", size}};
    sku.price = rub(500'000 + number);
    sku.barcode = "46000" + text + size;
    card.skus.push_back(sku);
  }
  return card;
}

// The same in Russian and English.
inline Card bilingual_card(int number) {
  auto card = test_card(number);
  card.language = "ru";
  card.texts = {{"en",
                 "Men's running shoes " + std::to_string(number),
                 "A light sole",
                 {{"Цвет", "Colour"}, {"размер", "size"}, {"чёрный", "black"}}}};
  return card;
}

}  // namespace bramble::catalog
