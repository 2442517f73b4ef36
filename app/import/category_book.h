// The categories that rows name, by their paths: the same path is the same category, whoever sells in it. An
// id is made of the path alone, so every run and every file finds the same ones.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "services/catalog/catalog.api.h"

namespace bramble::importing {

class CategoryBook {
 public:
  static constexpr std::size_t most_levels = 5;
  static constexpr std::size_t most_categories = 9'000;

  struct Place {
    CategoryId category;
    bool is_full = false;  // the book had no room for all of the path, and this is the nearest above
  };

  // Where a card with this path belongs; what lies deeper than `most_levels` belongs to the level above. A
  // card without a path has a category of its own.
  Place place(const std::vector<std::string>& path);

  // Those that were named for the first time since the last call, parents first.
  std::vector<catalog::Category> take_new() { return std::exchange(new_, {}); }
  std::size_t size() const { return known_.size(); }

 private:
  bool add(catalog::Category category);

  std::unordered_set<std::string> known_;
  std::vector<catalog::Category> new_;
};

}  // namespace bramble::importing
