// The categories that rows name, by their paths: the same path is the same category, whoever sells in it and
// whether in capital letters or not. An id is made of the path alone, so every run and every file finds the
// same ones; the title is the first that the file has.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
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
    // Titles of the path that are written so for the first time, and those that they are taken for.
    std::vector<std::pair<std::string, std::string>> other_spellings = {};
  };

  // Where a card with this path belongs; what lies deeper than `most_levels` belongs to the level above. A
  // card without a path has a category of its own.
  Place place(const std::vector<std::string>& path);

  // Those that were named for the first time since the last call, parents first.
  std::vector<catalog::Category> take_new() { return std::exchange(new_, {}); }
  std::size_t size() const { return titles_.size(); }
  // Categories that were also written in other capital letters.
  std::size_t other_spellings() const { return respelled_.size(); }

 private:
  bool add(catalog::Category category);

  std::unordered_map<std::string, std::string> titles_;  // by id
  std::unordered_set<std::string> respelled_;            // ids
  std::unordered_set<std::string> spellings_;            // that were told
  std::vector<catalog::Category> new_;
};

}  // namespace bramble::importing
