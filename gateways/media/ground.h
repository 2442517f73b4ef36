// The ground of a picture, on which the goods stand.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bramble::media {

inline constexpr int picture_size = 600;

struct Ground {
  std::string_view light, dark, accent;  // "#rrggbb"
};

// A ground that contrasts with the colour of the goods.
const Ground& ground_for(std::uint32_t seed, std::string_view colour);

// The ground with its backdrop: SVG elements that cover the whole picture, and the gradients s (a shadow) and
// g.
std::string backdrop(const Ground& ground, std::uint32_t seed);
std::string plain_backdrop(const Ground& ground);

}  // namespace bramble::media
