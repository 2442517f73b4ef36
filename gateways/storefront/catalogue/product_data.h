// A product as structured data for search engines: schema.org's Product as JSON-LD.
#pragma once

#include <string>

#include "gateways/storefront/storefront.api.h"

namespace bramble::storefront {

std::string product_data(const ProductPage& product, const std::string& public_url);

}  // namespace bramble::storefront
