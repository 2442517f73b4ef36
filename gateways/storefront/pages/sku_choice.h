// Which SKU of a product is looked at, and the ways from it to the others by their options: colour, size.
#pragma once

#include <string_view>
#include <vector>

#include "gateways/pages/view.h"
#include "gateways/storefront/storefront.api.h"

namespace bramble::storefront {

// The one asked for; else the first that can be bought; else the first. `skus` is not empty.
const ProductSku& chosen_sku(const std::vector<ProductSku>& skus, std::string_view asked);

// OPTION with its values, each a link: to the SKU that differs from the chosen one in that value alone, or
// else to the first that has it.
void show_options(pages::View view, const ProductPage& product, const ProductSku& chosen);

}  // namespace bramble::storefront
