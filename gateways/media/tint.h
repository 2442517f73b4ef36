// Gives a drawing another colour: what has its main hue (or none) takes that of the colour, light and dark
// parts stay lighter and darker than the rest, and everything else stays as it is.
#pragma once

#include <string>
#include <string_view>

#include "web/art/art.h"

namespace bramble::media {

bool is_colour(std::string_view name);

// The drawing's body in the colour; as it is where the drawing takes none.
std::string tinted(const Art& art, std::string_view colour);

// "#rrggbb" of a colour as a swatch shows it; the name is one that is_colour knows.
std::string swatch_of(std::string_view colour);

}  // namespace bramble::media
