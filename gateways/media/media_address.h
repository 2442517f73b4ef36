// The addresses of pictures. An address describes its picture, so pictures need no store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bramble::media {

// Increase it when pictures change, because browsers cache them for ever.
inline constexpr int art_version = 1;

// The side of the goods that a picture shows.
enum class View { front = 1, turned, close, measured, several };
inline constexpr int views = 5;

struct GoodsPicture {
  std::string art;     // web/art/art.txt has the names
  std::string colour;  // tint.h has the names; empty: the drawing's own
  std::string brand;   // shown as a mark; empty: none
  std::uint32_t seed = 0;
  View view = View::front;

  bool operator==(const GoodsPicture&) const = default;
};

// "/media/1/goods/running-shoe/black/Nordvik/17-1.svg"
std::string goods_address(const GoodsPicture& picture);
// Parses the part that goods_address writes after ".../goods/"; nothing if it is malformed.
std::optional<GoodsPicture> read_goods(std::string_view art, std::string_view colour, std::string_view brand,
                                       std::string_view file);

// "/media/1/category/running-shoe.svg": the picture of a category.
std::string category_address(std::string_view art);
// "/media/1/missing/running-shoe.svg": stands for a missing picture.
std::string missing_address(std::string_view art);

// "running-shoe.svg" → "running-shoe"; nothing without the suffix.
std::optional<std::string_view> name_of_svg(std::string_view file);

}  // namespace bramble::media
