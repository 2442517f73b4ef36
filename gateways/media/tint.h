// Gives a drawing another colour: parts of its main hue, or without a hue, take the hue of the colour. Light
// and dark parts stay lighter and darker than the rest, and other hues stay as they are.
#pragma once

#include <string>
#include <string_view>

#include "web/art/art.h"

namespace bramble::media {

bool is_colour(std::string_view name);

// The drawing's body in the colour; unchanged if the drawing has a fixed colour.
std::string tinted(const Art& art, std::string_view colour);

// "#rrggbb" of a colour's swatch. The name must be one that is_colour knows.
std::string swatch_of(std::string_view colour);

}  // namespace bramble::media
