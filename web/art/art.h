// The emoji that pictures of goods are made of (Fluent Emoji, MIT): bodies of SVG drawings of 32 by 32, which
// web/scripts/art.mjs makes of the npm package for the names of art.txt.
#pragma once

#include <span>
#include <string_view>

namespace bramble {

// What a colour of goods recolours.
enum class ArtTint { none, hue, grey };

struct Art {
  std::string_view name;
  std::string_view body;
  int length_cm;  // of its longer side
  ArtTint tint;
  // Where the drawing has ink.
  float left, top, right, bottom;
  // The usual colour of what is tinted, in OKLCH: lightness 0 to 1, chroma, hue in degrees.
  float lightness, chroma, hue;
};

std::span<const Art> all_art();  // sorted by name

}  // namespace bramble
