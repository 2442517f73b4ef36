// A brand's mark: a shape with its initials, and its name beside it. One name always has the same mark.
#pragma once

#include <string>
#include <string_view>

namespace bramble::media {

// SVG elements with the upper left corner at (28, 28). The name is any UTF-8 without control characters.
std::string brand_mark(std::string_view brand);

// "<" → "&lt;" and so on, for text and for attributes.
std::string xml_escaped(std::string_view text);

}  // namespace bramble::media
