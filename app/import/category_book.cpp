#include "app/import/category_book.h"

#include <unicode/unistr.h>

#include "app/import/clean_text.h"
#include "app/import/digest.h"

namespace bramble::importing {
namespace {

constexpr std::size_t longest_title = 200;
constexpr std::size_t id_digits = 20;

// Equal for texts that differ only in capital letters.
std::string folded(const std::string& text) {
  std::string made;
  icu::UnicodeString::fromUTF8(text).foldCase().toUTF8String(made);
  return made;
}

catalog::Category uncategorised() {
  return {CategoryId("cat_uncategorised"), "Другие товары", std::nullopt, {{"en", "Other goods"}}};
}

}  // namespace

CategoryBook::Place CategoryBook::place(const std::vector<std::string>& path) {
  std::optional<CategoryId> parent;
  Place place;
  std::string way;
  for (std::size_t level = 0; level < std::min(path.size(), most_levels); ++level) {
    auto title = path[level];
    cut(title, longest_title);
    way += folded(title) + "\n";
    CategoryId id("cat_" + digest_of(way, id_digits));
    place.is_full = !add({id, title, parent, {}});
    if (place.is_full) break;
    if (const auto& known = titles_[id.text()]; known != title) {
      respelled_.insert(id.text());
      if (spellings_.insert(id.text() + title).second)
        place.other_spellings.emplace_back(std::move(title), known);
    }
    parent = std::move(id);
  }
  if (!parent) add(uncategorised());
  place.category = parent ? std::move(*parent) : uncategorised().category_id;
  return place;
}

// There is always room for the one of cards that have none.
bool CategoryBook::add(catalog::Category category) {
  const auto& id = category.category_id;
  if (titles_.contains(id.text())) return true;
  if (titles_.size() >= most_categories && id != uncategorised().category_id) return false;
  titles_.emplace(id.text(), category.title);
  new_.push_back(std::move(category));
  return true;
}

}  // namespace bramble::importing
