// How goods, prices and places are put into a view, the same on every page of the buying side.
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

// GOODS_IMAGE: the picture, or a drawing of what the title says.
void set_picture(pages::View& view, std::string_view title, std::string_view image);

// GOODS_TITLE, GOODS_URL (with this variant chosen), GOODS_OPTIONS with HAS_OPTIONS, and the picture.
void set_goods(pages::View& view, const ProductId& product, const SkuId& sku, std::string_view title,
               std::string_view image, const std::map<std::string, std::string>& options);

}  // namespace bramble::storefront
