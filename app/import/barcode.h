// Barcodes of goods: GTIN-8, -12, -13 and -14, which end in a check digit.
#pragma once

#include <string>
#include <string_view>

#include "services/catalog/catalog.api.h"

namespace bramble::importing {

// Digits of one of the four lengths with the right last one.
bool is_gtin(std::string_view text);

// The first attribute that is named as barcodes are (ean, isbn13, …) and is one; empty if none is.
std::string barcode_among(const std::vector<catalog::Attribute>& attributes);

}  // namespace bramble::importing
