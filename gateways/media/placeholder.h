// Goods that came without a picture are shown a grey drawing of what their title says they are.
#pragma once

#include <string>
#include <string_view>

namespace bramble::media {

// The drawing whose word stands first in the title, Russian or English; a parcel where none does.
std::string_view art_for(std::string_view title);

// missing_address of that drawing.
std::string placeholder_address(std::string_view title);

}  // namespace bramble::media
