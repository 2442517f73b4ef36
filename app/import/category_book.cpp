#include "app/import/category_book.h"

#include "app/import/clean_text.h"
#include "app/import/digest.h"

namespace bramble::importing {
namespace {

constexpr std::size_t longest_title = 200;
constexpr std::size_t id_digits = 20;

catalog::Category uncategorised() {
  return {CategoryId("cat_uncategorised"), "Другие товары", std::nullopt, {{"en", "Other goods"}}};
}

}  // namespace

CategoryBook::Place CategoryBook::place(const std::vector<std::string>& path) {
  std::optional<CategoryId> parent;
  bool is_full = false;
  std::string way;
  for (std::size_t level = 0; level < std::min(path.size(), most_levels); ++level) {
    auto title = path[level];
    cut(title, longest_title);
    way += title + "\n";
    CategoryId id("cat_" + digest_of(way, id_digits));
    is_full = !add({id, std::move(title), parent, {}});
    if (is_full) break;
    parent = std::move(id);
  }
  if (parent) return {std::move(*parent), is_full};
  add(uncategorised());
  return {uncategorised().category_id, is_full};
}

// There is always room for the one of cards that have none.
bool CategoryBook::add(catalog::Category category) {
  const auto& id = category.category_id;
  if (known_.contains(id.text())) return true;
  if (known_.size() >= most_categories && id != uncategorised().category_id) return false;
  known_.insert(id.text());
  new_.push_back(std::move(category));
  return true;
}

}  // namespace bramble::importing
