#include "gateways/media/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gateways/media/brand_mark.h"
#include "gateways/media/ground.h"
#include "gateways/media/tint.h"

namespace bramble::media {
namespace {

constexpr double middle = picture_size / 2.0;

const Art* find_art(std::string_view name) {
  auto art = all_art();
  auto found = std::lower_bound(art.begin(), art.end(), name,
                                [](const Art& one, std::string_view wanted) { return one.name < wanted; });
  return found != art.end() && found->name == name ? &*found : nullptr;
}

std::uint32_t mixed(std::uint32_t seed, int view) {
  auto hash = (seed + 1) * 2654435761U + static_cast<std::uint32_t>(view) * 40503U;
  return hash ^ hash >> 15;
}

double width_of(const Art& art) { return art.right - art.left; }
double height_of(const Art& art) { return art.bottom - art.top; }
double scale_to(const Art& art, double longest) { return longest / std::max(width_of(art), height_of(art)); }

std::string document(std::string_view content) {
  return fmt::format(
      R"svg(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}" viewBox="0 0 {0} {0}">)svg"
      "{1}</svg>",
      picture_size, content);
}

struct Pose {
  double x = middle;  // of the drawing's middle
  double y = 312;
  double longest = 370;  // of its longer side
  double degrees = 0;
  bool mirrored = false;
};

// The drawing in its place. fill="none" is the emoji's own default, on which its strokes and masks rely.
std::string placed(const Art& art, std::string_view body, const Pose& pose) {
  auto scale = scale_to(art, pose.longest);
  return fmt::format(
      R"svg(<g transform="translate({:.1f} {:.1f})rotate({:.1f})scale({:.2f} {:.2f})translate({:.2f} {:.2f})">)svg"
      "{}</g>",
      pose.x, pose.y, pose.degrees, pose.mirrored ? -scale : scale, scale, -(art.left + art.right) / 2,
      -(art.top + art.bottom) / 2, body);
}

std::string shadow_below(const Art& art, const Pose& pose) {
  auto scale = scale_to(art, pose.longest);
  auto below = pose.y + height_of(art) * scale / 2;
  return fmt::format(R"svg(<ellipse cx="{:.0f}" cy="{:.0f}" rx="{:.0f}" ry="{:.0f}" fill="url(#s)"/>)svg",
                     pose.x, below - 2, width_of(art) * scale * 0.56, 14 + pose.longest * 0.04);
}

std::string front(const Art& art, std::string_view body, const GoodsPicture& picture) {
  auto seed = mixed(picture.seed, 1);
  // Pictures of similar goods must not look identical.
  Pose pose{.longest = 350.0 + seed / 16 % 5 * 10, .mirrored = seed / 8 % 2 == 1};
  // Flat things lie low, so that they stand on the ground of the picture.
  pose.y = 322 + (1 - height_of(art) / std::max(width_of(art), height_of(art))) * 60;
  return backdrop(ground_for(seed, picture.colour), seed) + shadow_below(art, pose) +
         placed(art, body, pose) + brand_mark(picture.brand);
}

std::string turned(const Art& art, std::string_view body, const GoodsPicture& picture) {
  auto seed = mixed(picture.seed, 2);
  Pose pose{
      .y = 318, .longest = 350, .degrees = 8.0 + seed % 7, .mirrored = mixed(picture.seed, 1) / 8 % 2 == 0};
  return backdrop(ground_for(seed, picture.colour), seed / 3) + shadow_below(art, pose) +
         placed(art, body, pose) + brand_mark(picture.brand);
}

std::string close(const Art& art, std::string_view body, const GoodsPicture& picture) {
  auto seed = mixed(picture.seed, 3);
  auto side = seed % 2 ? 1 : -1;
  Pose pose{.x = middle + side * 110, .y = middle + 70, .longest = 820, .degrees = side * -6.0};
  return plain_backdrop(ground_for(seed, picture.colour)) + placed(art, body, pose);
}

// With measures, which differ a little between sellers.
std::string measured(const Art& art, std::string_view body, const GoodsPicture& picture) {
  Pose pose{.x = 282, .y = 292, .longest = 330};
  auto scale = scale_to(art, pose.longest);
  auto half_width = width_of(art) * scale / 2;
  auto half_height = height_of(art) * scale / 2;
  auto centimetres = art.length_cm * (0.94 + mixed(picture.seed, 4) % 13 / 100.0) / 330;
  auto bottom = pose.y + half_height + 44;
  auto right = pose.x + half_width + 44;
  auto line = [](double x1, double y1, double x2, double y2) {
    return fmt::format("M{:.0f} {:.0f}L{:.0f} {:.0f}", x1, y1, x2, y2);
  };
  auto ticks = line(pose.x - half_width, bottom, pose.x + half_width, bottom) +
               line(pose.x - half_width, bottom - 9, pose.x - half_width, bottom + 9) +
               line(pose.x + half_width, bottom - 9, pose.x + half_width, bottom + 9) +
               line(right, pose.y - half_height, right, pose.y + half_height) +
               line(right - 9, pose.y - half_height, right + 9, pose.y - half_height) +
               line(right - 9, pose.y + half_height, right + 9, pose.y + half_height);
  auto text = fmt::format(
      R"svg(<g font-family="Onest,Inter,Roboto,sans-serif" font-size="27" font-weight="600" fill="#3b4453">)svg"
      R"svg(<text x="{:.0f}" y="{:.0f}" text-anchor="middle">{:.0f}</text><text x="{:.0f}" y="{:.0f}">{:.0f}</text></g>)svg",
      pose.x, bottom + 38, std::max(2 * half_width * centimetres, 1.0), right + 16, pose.y + 9,
      std::max(2 * half_height * centimetres, 1.0));
  std::string swatch;
  if (!picture.colour.empty() && art.tint != ArtTint::none)
    swatch =
        fmt::format(R"svg(<circle cx="66" cy="534" r="26" fill="{}" stroke="#ffffff" stroke-width="5"/>)svg",
                    swatch_of(picture.colour));
  constexpr Ground paper{"#fbfbfc", "#eff1f4", "#e3e6eb"};
  return plain_backdrop(paper) + shadow_below(art, pose) + placed(art, body, pose) +
         fmt::format(R"svg(<path d="{}" fill="none" stroke="#8a93a3" stroke-width="3"/>)svg", ticks) + text +
         swatch + brand_mark(picture.brand);
}

std::string several(const Art& art, std::string_view body, const GoodsPicture& picture) {
  auto seed = mixed(picture.seed, 5);
  Pose behind{.x = 205, .y = 262, .longest = 250, .degrees = -9};
  Pose before{.x = 352, .y = 352, .longest = 320, .degrees = 4};
  auto scale = scale_to(art, behind.longest);
  // Drawn once and used twice, so that the ids of its gradients stay unique.
  auto again = fmt::format(
      R"svg(<use href="#b" transform="translate({} {})rotate({})scale({:.2f})translate({:.2f} {:.2f})"/>)svg",
      behind.x, behind.y, behind.degrees, scale, -(art.left + art.right) / 2, -(art.top + art.bottom) / 2);
  return backdrop(ground_for(seed, picture.colour), seed) + shadow_below(art, behind) +
         fmt::format(R"svg(<defs><g id="b">{}</g></defs>)svg", body) + again + shadow_below(art, before) +
         placed(art, R"svg(<use href="#b"/>)svg", before);
}

}  // namespace

std::optional<std::string> goods_svg(const GoodsPicture& picture) {
  const auto* art = find_art(picture.art);
  if (!art || !(picture.colour.empty() || is_colour(picture.colour))) return std::nullopt;
  auto body = tinted(*art, picture.colour);
  switch (picture.view) {
    case View::front: return document(front(*art, body, picture));
    case View::turned: return document(turned(*art, body, picture));
    case View::close: return document(close(*art, body, picture));
    case View::measured: return document(measured(*art, body, picture));
    case View::several: return document(several(*art, body, picture));
  }
  return std::nullopt;
}

std::optional<std::string> category_svg(std::string_view name) {
  const auto* art = find_art(name);
  if (!art) return std::nullopt;
  std::uint32_t seed = 0;
  for (unsigned char c : name) seed = seed * 31 + c;
  Pose pose{.y = 306, .longest = 400};
  return document(backdrop(ground_for(seed, "white"), 1) + shadow_below(*art, pose) +
                  placed(*art, art->body, pose));
}

// A grey outline shows the subject of the missing picture.
std::optional<std::string> missing_svg(std::string_view name) {
  const auto* art = find_art(name);
  if (!art) return std::nullopt;
  constexpr Ground quiet{"#f4f5f7", "#e9ebef", "#dfe2e8"};
  constexpr std::string_view grey =
      R"svg(<filter id="f" color-interpolation-filters="sRGB"><feColorMatrix type="saturate" values="0"/></filter>)svg";
  Pose pose{.y = 300, .longest = 260};
  return document(plain_backdrop(quiet) + fmt::format("<defs>{}</defs>", grey) +
                  R"svg(<g filter="url(#f)" opacity=".42">)svg" + placed(*art, art->body, pose) + "</g>");
}

}  // namespace bramble::media
