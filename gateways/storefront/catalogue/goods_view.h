// Fills a view with goods, prices and places, the same on every page.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "gateways/pages/site.h"

namespace bramble::storefront {

// "Размер: 42, Цвет: красный"
std::string options_text(const std::map<std::string, std::string>& options);

std::string product_path(const ProductId& product);
std::string order_path(const OrderId& order);

// GOODS_IMAGE: the picture, or a drawing chosen by the title.
void set_picture(pages::View& view, std::string_view title, std::string_view image);

// GOODS_TITLE, GOODS_URL (leads to this variant), GOODS_OPTIONS with HAS_OPTIONS, and the picture.
void set_goods(pages::View& view, const ProductId& product, const SkuId& sku, std::string_view title,
               std::string_view image, const std::map<std::string, std::string>& options);

}  // namespace bramble::storefront
