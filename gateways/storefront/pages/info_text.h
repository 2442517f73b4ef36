// The texts of pages about the shop: written by its owner, or else ours. A small part of Markdown: a line
// that begins with "# " is the page's title, "## " a heading, "- " an item of a list; other lines are
// paragraphs, ended by an empty line. {phone} and the like stand for what is configured; what names something
// that is not configured is left out, and so is a heading with nothing below it.
// {unset} and {practice} stand for no text: what has them is there only while nothing is configured, or while
// nothing is real.
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

// By the name in braces; an empty value is one that is not configured.
using InfoFacts = std::map<std::string, std::string, std::less<>>;

InfoText info_text_of(std::string_view text, const InfoFacts& facts);

}  // namespace bramble::storefront
