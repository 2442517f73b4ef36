// Composes pictures: a drawing on a coloured ground with its shadow, the brand's mark and measures. One
// address always gives the same bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateways/media/media_address.h"

namespace bramble::media {

// SVG documents; nothing for an unknown drawing or colour.
std::optional<std::string> goods_svg(const GoodsPicture& picture);
std::optional<std::string> category_svg(std::string_view art);
std::optional<std::string> missing_svg(std::string_view art);

}  // namespace bramble::media
