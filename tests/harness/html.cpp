#include "tests/harness/html.h"

#include <algorithm>
#include <cctype>

namespace bramble::harness {
namespace {

std::string with_entities_read(std::string_view text) {
  static const std::pair<std::string_view, std::string_view> entities[] = {
      {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", "\u00A0"}};
  std::string read;
  while (!text.empty()) {
    auto known = std::find_if(std::begin(entities), std::end(entities),
                              [&](const auto& entity) { return text.starts_with(entity.first); });
    if (known == std::end(entities)) {
      read += text.front();
      text.remove_prefix(1);
    } else {
      read += known->second;
      text.remove_prefix(known->first.size());
    }
  }
  return read;
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// From behind the name to the '>'.
void read_attributes(std::string_view html, std::size_t& at, Tag& tag) {
  while (at < html.size() && html[at] != '>') {
    if (is_space(html[at]) || html[at] == '/') {
      ++at;
      continue;
    }
    auto begin = at;
    while (at < html.size() && !is_space(html[at]) && html[at] != '=' && html[at] != '>') ++at;
    std::string name(html.substr(begin, at - begin));
    std::string value;
    if (at + 1 < html.size() && html[at] == '=' && html[at + 1] == '"') {
      auto close = html.find('"', at + 2);
      if (close == std::string_view::npos) return;
      value = with_entities_read(html.substr(at + 2, close - at - 2));
      at = close + 1;
    }
    tag.attributes.emplace(std::move(name), std::move(value));
  }
}

void read_field(const Tag& tag, HtmlForm& form) {
  auto name = tag.get("name");
  auto type = tag.get("type");
  if (tag.name == "button") {
    if (type != "button" && !tag.has("disabled")) form.buttons.push_back({name, tag.get("value")});
    return;
  }
  if (name.empty() || tag.has("disabled")) return;
  bool is_choice = type == "radio" || type == "checkbox";
  if (is_choice) form.choices.emplace(name, tag.get("value"));
  if (!is_choice || tag.has("checked")) form.fields.emplace_back(name, tag.get("value"));
}

}  // namespace

std::string Tag::get(const std::string& attribute) const {
  auto found = attributes.find(attribute);
  return found == attributes.end() ? "" : found->second;
}

bool HtmlForm::has(std::string_view field) const {
  return std::any_of(fields.begin(), fields.end(), [&](const auto& known) { return known.first == field; });
}

std::string HtmlForm::value(std::string_view field) const {
  auto found =
      std::find_if(fields.begin(), fields.end(), [&](const auto& known) { return known.first == field; });
  return found == fields.end() ? "" : found->second;
}

std::vector<Tag> tags_of(std::string_view html) {
  std::vector<Tag> tags;
  for (auto at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
    ++at;
    Tag tag;
    while (at < html.size() && !is_space(html[at]) && html[at] != '>') {
      tag.name += static_cast<char>(std::tolower(static_cast<unsigned char>(html[at++])));
    }
    read_attributes(html, at, tag);
    tag.end = std::min(at + 1, html.size());
    tags.push_back(std::move(tag));
  }
  return tags;
}

std::vector<HtmlForm> forms_of(std::string_view html) {
  auto tags = tags_of(html);
  std::vector<HtmlForm> forms;
  for (const auto& tag : tags) {
    if (tag.name == "form")
      forms.push_back({tag.get("action"), tag.get("method"), tag.get("id"), {}, {}, {}});
  }
  HtmlForm* around = nullptr;
  std::size_t next = 0;
  for (const auto& tag : tags) {
    if (tag.name == "form") around = &forms[next++];
    if (tag.name == "/form") around = nullptr;
    if (tag.name != "input" && tag.name != "button") continue;
    auto* owner = around;
    if (tag.has("form")) {
      auto named = std::find_if(forms.begin(), forms.end(),
                                [&](const HtmlForm& form) { return form.id == tag.get("form"); });
      owner = named == forms.end() ? nullptr : &*named;
    }
    if (owner != nullptr) read_field(tag, *owner);
  }
  return forms;
}

std::vector<std::string> links_of(std::string_view html) {
  std::vector<std::string> links;
  for (const auto& tag : tags_of(html)) {
    if (tag.name == "a") links.push_back(tag.get("href"));
  }
  return links;
}

std::string text_of(std::string_view html) {
  std::string text;
  bool inside = false;
  for (char c : html) {
    if (c == '<') inside = true;
    if (!inside) text += is_space(c) ? ' ' : c;
    if (c == '>') {
      inside = false;
      text += ' ';
    }
  }
  text.erase(std::unique(text.begin(), text.end(),
                         [](char left, char right) { return left == ' ' && right == ' '; }),
             text.end());
  return with_entities_read(text);
}

}  // namespace bramble::harness
