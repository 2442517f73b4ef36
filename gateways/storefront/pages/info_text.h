// The texts of pages about the shop, in a small part of Markdown: a line that begins with "# " is the page's
// title,
// "## " a heading, "- " an item of a list; other lines are paragraphs, separated by empty lines. {phone} and
// other names in braces stand for configured values. A line that names a value which is not configured is
// omitted, and so is a heading without content. {unset} and {practice} stand for empty text: their lines
// appear only while nothing is configured, or only in a practice shop.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bramble::storefront {

struct InfoBlock {
  enum class Kind { heading, paragraph, list };
  Kind kind = Kind::paragraph;
  std::string text;
  std::vector<std::string> items;  // of a list
  bool operator==(const InfoBlock&) const = default;
};

struct InfoText {
  std::string title;
  std::vector<InfoBlock> blocks;
};

// By the name in braces. An empty value counts as not configured.
using InfoFacts = std::map<std::string, std::string, std::less<>>;

InfoText info_text_of(std::string_view text, const InfoFacts& facts);

}  // namespace bramble::storefront
