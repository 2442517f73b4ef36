// What a test needs to see of a page: its forms as a browser would send them, its links, its text. Reads the
// HTML that we write, not any HTML.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bramble::harness {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Tag {
  std::string name;  // "input"; "/form" for an end
  std::map<std::string, std::string> attributes;
  std::size_t end = 0;  // behind it

  bool has(const std::string& attribute) const { return attributes.contains(attribute); }
  std::string get(const std::string& attribute) const;
};

struct Button {
  std::string name;
  std::string value;
};

struct HtmlForm {
  std::string action;
  std::string method;  // "get" or "post"
  std::string id;
  Fields fields;  // as they are when nobody has touched them
  std::vector<Button> buttons;

  bool has(std::string_view field) const;
  std::string value(std::string_view field) const;
  // Every value that the field may take: of radio buttons.
  std::multimap<std::string, std::string> choices;
};

std::vector<Tag> tags_of(std::string_view html);
std::vector<HtmlForm> forms_of(std::string_view html);
std::vector<std::string> links_of(std::string_view html);
// Without tags, entities read, white space as one space.
std::string text_of(std::string_view html);

}  // namespace bramble::harness
