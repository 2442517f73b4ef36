// A brand's mark: a shape with its initials, and its name beside it. The same name has the same mark
// everywhere.
#pragma once

#include <string>
#include <string_view>

namespace bramble::media {

// SVG elements whose upper left corner is at (28, 28). The name may be any UTF-8 without control characters.
std::string brand_mark(std::string_view brand);

// "<" → "&lt;" and so on, for text and for attributes.
std::string xml_escaped(std::string_view text);

}  // namespace bramble::media
