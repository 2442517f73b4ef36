#include "gateways/media/ground.h"

#include <fmt/format.h>

#include <array>
#include <span>

namespace bramble::media {
namespace {

constexpr std::array<Ground, 9> grounds = {{{"#f7f5f2", "#e8e3dc", "#dcd4c9"},
                                            {"#f4f6f8", "#e2e8ee", "#d3dce5"},
                                            {"#f3f4f7", "#e4e6ec", "#d6dae3"},
                                            {"#fbf2e8", "#f4e0ca", "#edcfae"},
                                            {"#ebf4fb", "#d3e6f5", "#bad8ef"},
                                            {"#eef6ee", "#d9ebda", "#c1dfc4"},
                                            {"#f9eef3", "#f1dbe6", "#e7c6d7"},
                                            {"#f2effa", "#e1dbf3", "#cec5ea"},
                                            {"#fdf6e0", "#f7eabb", "#f0dc94"}}};
constexpr std::size_t pale = 3;  // the first of them, on which white goods would be lost

std::string ground_of(const Ground& ground) {
  return fmt::format(
      R"svg(<defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="{}"/>)svg"
      R"svg(<stop offset="1" stop-color="{}"/></linearGradient>)svg"
      R"svg(<radialGradient id="s"><stop stop-color="#1d2433" stop-opacity=".34"/>)svg"
      R"svg(<stop offset=".55" stop-color="#1d2433" stop-opacity=".14"/>)svg"
      R"svg(<stop offset="1" stop-color="#1d2433" stop-opacity="0"/></radialGradient></defs>)svg"
      R"svg(<path fill="url(#g)" d="M0 0h600v600H0z"/>)svg",
      ground.light, ground.dark);
}

}  // namespace

const Ground& ground_for(std::uint32_t seed, std::string_view colour) {
  bool is_light = colour == "white" || colour == "beige" || colour == "grey";
  auto fitting = std::span(grounds).subspan(is_light ? pale : 0);
  return fitting[seed / 7 % fitting.size()];
}

std::string plain_backdrop(const Ground& ground) { return ground_of(ground); }

std::string backdrop(const Ground& ground, std::uint32_t seed) {
  auto scene = ground_of(ground);
  switch (seed % 5) {
    case 0:  // a table
      scene += fmt::format(R"svg(<path fill="{}" fill-opacity=".5" d="M0 418q300-34 600 0v182H0z"/>)svg",
                           ground.accent);
      break;
    case 1:  // a disc behind
      scene += fmt::format(R"svg(<circle cx="300" cy="292" r="214" fill="{}" fill-opacity=".6"/>)svg",
                           ground.accent);
      break;
    case 2:  // an arch behind
      scene += fmt::format(
          R"svg(<path fill="{}" fill-opacity=".55" d="M112 600V300a188 188 0 0 1 376 0v300z"/>)svg",
          ground.accent);
      break;
    case 3:  // a podium
      scene += fmt::format(R"svg(<path fill="{0}" d="M70 470a230 44 0 0 1 460 0v130H70z"/>)svg"
                           R"svg(<ellipse cx="300" cy="470" rx="230" ry="44" fill="{1}"/>)svg",
                           ground.accent, ground.light);
      break;
    default: break;  // light alone
  }
  return scene;
}

}  // namespace bramble::media
