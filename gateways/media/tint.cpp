#include "gateways/media/tint.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "base/error.h"

namespace bramble::media {
namespace {

// OKLCH of CSS Color 4: perceptual colours.
struct Colour {
  double lightness;
  double chroma;
  double hue;  // degrees
};

struct Named {
  std::string_view name;
  Colour colour;
  double contrast;  // how much light and dark parts of a drawing differ
};

constexpr Named colours[] = {{"black", {0.33, 0.012, 275}, 0.75},  {"white", {0.93, 0.006, 270}, 0.55},
                             {"grey", {0.68, 0.010, 265}, 0.85},   {"beige", {0.84, 0.050, 80}, 0.75},
                             {"brown", {0.48, 0.075, 52}, 0.85},   {"red", {0.60, 0.205, 25}, 0.95},
                             {"burgundy", {0.41, 0.125, 18}, 0.8}, {"pink", {0.78, 0.125, 355}, 0.9},
                             {"orange", {0.73, 0.165, 55}, 0.95},  {"yellow", {0.87, 0.160, 95}, 0.8},
                             {"green", {0.62, 0.150, 148}, 0.95},  {"mint", {0.86, 0.085, 170}, 0.75},
                             {"sky", {0.77, 0.105, 235}, 0.9},     {"blue", {0.56, 0.185, 260}, 0.95},
                             {"navy", {0.37, 0.105, 265}, 0.8},    {"purple", {0.54, 0.185, 300}, 0.95}};

constexpr double degrees = 180 / 3.14159265358979323846;
// As web/scripts/art.mjs measured them.
constexpr double hue_reach = 48;
constexpr double least_chroma = 0.025;
constexpr double most_grey = 0.05;
// A grey part that is so much darker than the rest is a thing of its own: a lens, a screen.
constexpr double apart = 0.28;

const Named* find(std::string_view name) {
  auto found = std::find_if(std::begin(colours), std::end(colours),
                            [&](const Named& named) { return named.name == name; });
  return found == std::end(colours) ? nullptr : found;
}

double linear(int byte) {
  double share = byte / 255.0;
  return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
}

int byte_of(double light) {
  double share = light <= 0.0031308 ? light * 12.92 : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
  return static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * 255));
}

Colour oklch(std::string_view hex) {
  std::array<double, 3> rgb{};
  for (std::size_t i = 0; i < 3; ++i) {
    rgb[i] = linear(std::stoi(std::string(hex.substr(2 * i, 2)), nullptr, 16));
  }
  double l = std::cbrt(0.4122214708 * rgb[0] + 0.5363325363 * rgb[1] + 0.0514459929 * rgb[2]);
  double m = std::cbrt(0.2119034982 * rgb[0] + 0.6806995451 * rgb[1] + 0.1073969566 * rgb[2]);
  double s = std::cbrt(0.0883024619 * rgb[0] + 0.2817188376 * rgb[1] + 0.6299787005 * rgb[2]);
  double a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  double b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, std::hypot(a, b),
          std::fmod(std::atan2(b, a) * degrees + 360, 360)};
}

std::string hex_of(const Colour& colour) {
  double a = colour.chroma * std::cos(colour.hue / degrees);
  double b = colour.chroma * std::sin(colour.hue / degrees);
  double l = std::pow(colour.lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
  double m = std::pow(colour.lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
  double s = std::pow(colour.lightness - 0.0894841775 * a - 1.291485548 * b, 3);
  char text[8];
  std::snprintf(text, sizeof text, "#%02x%02x%02x",
                byte_of(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                byte_of(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                byte_of(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s));
  return text;
}

double from_hue(double hue, double main) { return std::fmod(hue - main + 540, 360) - 180; }

bool is_tinted(const Art& art, const Colour& colour) {
  if (art.tint == ArtTint::hue)
    return colour.chroma >= least_chroma && std::abs(from_hue(colour.hue, art.hue)) <= hue_reach;
  return colour.chroma < most_grey && colour.lightness > art.lightness - apart;
}

std::string retouched(const Art& art, std::string_view hex, const Named& to) {
  auto colour = oklch(hex);
  if (!is_tinted(art, colour)) return "#" + std::string(hex);
  Colour given = to.colour;
  given.lightness =
      std::clamp(given.lightness + (colour.lightness - art.lightness) * to.contrast, 0.06, 0.985);
  if (art.tint == ArtTint::hue) {
    given.chroma *= std::clamp(colour.chroma / art.chroma, 0.35, 1.25);
    given.hue += from_hue(colour.hue, art.hue) * 0.35;
  }
  return hex_of(given);
}

}  // namespace

bool is_colour(std::string_view name) { return find(name) != nullptr; }

std::string tinted(const Art& art, std::string_view colour) {
  const auto* to = find(colour);
  if (art.tint == ArtTint::none || !to) return std::string(art.body);
  std::string body;
  body.reserve(art.body.size());
  std::size_t done = 0;
  constexpr std::size_t hex_length = 6;
  // The script writes every colour as "#rrggbb", and nothing else so.
  for (auto at = art.body.find("\"#"); at != std::string_view::npos; at = art.body.find("\"#", at + 1)) {
    auto hex = art.body.substr(at + 2, hex_length);
    bool is_hex = at + 2 + hex_length < art.body.size() && art.body[at + 2 + hex_length] == '"' &&
                  hex.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    if (!is_hex) continue;
    body += art.body.substr(done, at + 1 - done);
    body += retouched(art, hex, *to);
    done = at + 2 + hex_length;
  }
  body += art.body.substr(done);
  return body;
}

std::string swatch_of(std::string_view colour) {
  const auto* named = find(colour);
  if (!named) throw Error(ErrorCode::internal, "unknown_colour", "no such colour: " + std::string(colour));
  return hex_of(named->colour);
}

}  // namespace bramble::media
