// The addresses of pictures: what is in the picture stands in its address, so pictures need no store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bramble::media {

// Grows when pictures look otherwise than before: browsers keep them for ever.
inline constexpr int art_version = 1;

// Which side of the goods a picture shows.
enum class View { front = 1, turned, close, measured, several };
inline constexpr int views = 5;

struct GoodsPicture {
  std::string art;     // web/art/art.txt has the names
  std::string colour;  // tint.h has the names; empty: its own
  std::string brand;   // shown as a mark; empty: none
  std::uint32_t seed = 0;
  View view = View::front;

  bool operator==(const GoodsPicture&) const = default;
};

// "/media/1/goods/running-shoe/black/Nordvik/17-1.svg"
std::string goods_address(const GoodsPicture& picture);
// What goods_address wrote after ".../goods/", decoded and in parts; nothing if it did not.
std::optional<GoodsPicture> read_goods(std::string_view art, std::string_view colour, std::string_view brand,
                                       std::string_view file);

// "/media/1/category/running-shoe.svg": of a category of the shop.
std::string category_address(std::string_view art);
// "/media/1/missing/running-shoe.svg": in the place of a picture that there is none of.
std::string missing_address(std::string_view art);

// "running-shoe.svg" → "running-shoe"; nothing if it does not end so.
std::optional<std::string_view> name_of_svg(std::string_view file);

}  // namespace bramble::media
