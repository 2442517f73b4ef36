// The barcode of a row's goods: a GTIN (base/goods_code.h), wherever the row has it.
#pragma once

#include <string>
#include <string_view>

#include "services/catalog/catalog.api.h"

namespace bramble::importing {

// As it stands on the goods; of "978-5-699-12014-7" and of what a symbol holds the digits. Empty if it is
// none.
std::string gtin_in(std::string_view text);

// The first attribute that is named as barcodes are (ean, isbn13, …) and is one; empty if none is.
std::string barcode_among(const std::vector<catalog::Attribute>& attributes);

}  // namespace bramble::importing
