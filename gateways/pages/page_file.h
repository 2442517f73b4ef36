// A template or a messages file, embedded in the binary by bramble_pages() of cmake/pages.cmake.
#pragma once

#include <string_view>

namespace bramble::pages {

struct PageFile {
  std::string_view name;  // "product.html", "catalogue.ru.txt"
  std::string_view text;
};

}  // namespace bramble::pages
