#include "gateways/media/media_address.h"

#include <charconv>

#include "base/text.h"

namespace bramble::media {
namespace {

constexpr std::string_view svg = ".svg";
constexpr std::string_view own_colour = "own";
constexpr std::string_view no_brand = "-";
constexpr std::size_t longest_brand = 60;

std::string below(std::string_view folder) {
  return "/media/" + std::to_string(art_version) + "/" + std::string(folder) + "/";
}

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number number = 0;
  auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool is_brand(std::string_view text) {
  return text.size() <= longest_brand && is_utf8(text) &&
         std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

}  // namespace

std::string goods_address(const GoodsPicture& picture) {
  // A brand too long for its mark is shown without.
  bool has_brand = !picture.brand.empty() && picture.brand.size() <= longest_brand;
  return below("goods") + picture.art + "/" +
         (picture.colour.empty() ? std::string(own_colour) : picture.colour) + "/" +
         (has_brand ? percent_encode(picture.brand) : std::string(no_brand)) + "/" +
         std::to_string(picture.seed) + "-" + std::to_string(static_cast<int>(picture.view)) +
         std::string(svg);
}

std::optional<GoodsPicture> read_goods(std::string_view art, std::string_view colour, std::string_view brand,
                                       std::string_view file) {
  auto name = name_of_svg(file);
  if (!name || !is_brand(brand)) return std::nullopt;
  auto divider = name->find('-');
  if (divider == std::string_view::npos) return std::nullopt;
  auto seed = number_of<std::uint32_t>(name->substr(0, divider));
  auto view = number_of<int>(name->substr(divider + 1));
  if (!seed || !view || *view < 1 || *view > views) return std::nullopt;
  return GoodsPicture{std::string(art), colour == own_colour ? std::string() : std::string(colour),
                      brand == no_brand ? std::string() : std::string(brand), *seed,
                      static_cast<View>(*view)};
}

std::string category_address(std::string_view art) { return below("category") + std::string(art) + ".svg"; }

std::string missing_address(std::string_view art) { return below("missing") + std::string(art) + ".svg"; }

std::optional<std::string_view> name_of_svg(std::string_view file) {
  if (!file.ends_with(svg)) return std::nullopt;
  return file.substr(0, file.size() - svg.size());
}

}  // namespace bramble::media
