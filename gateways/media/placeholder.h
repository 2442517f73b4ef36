// Goods without a picture are shown as a grey drawing, chosen by their title.
#pragma once

#include <string>
#include <string_view>

namespace bramble::media {

// The drawing whose Russian or English word comes first in the title; a parcel if there is none.
std::string_view art_for(std::string_view title);

// The missing_address of that drawing.
std::string placeholder_address(std::string_view title);

}  // namespace bramble::media
