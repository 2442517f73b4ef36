#include "services/catalog/packed_text.h"

namespace bramble::catalog {
namespace {

constexpr char divider = '\x1f';
constexpr char list_divider = '\x1e';

void add(std::string& text, const std::string& part) {
  text += part;
  text += divider;
}

std::vector<std::string> unpack(const std::string& text, char between) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < text.size();) {
    auto end = text.find(between, at);
    if (end == std::string::npos) end = text.size();
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

}  // namespace

bool is_packable(const std::string& part) {
  return std::none_of(part.begin(), part.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

bool is_packable_text(const std::string& text) {
  return std::none_of(text.begin(), text.end(), [](unsigned char c) {
    return (c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f;
  });
}

std::string pack(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) add(text, part);
  return text;
}

std::string pack(const std::vector<Attribute>& attributes) {
  std::string text;
  for (const auto& attribute : attributes) {
    add(text, attribute.name);
    add(text, attribute.value);
  }
  return text;
}

std::string pack(const std::map<std::string, std::string>& options) {
  std::string text;
  for (const auto& [name, value] : options) {
    add(text, name);
    add(text, value);
  }
  return text;
}

std::string pack(const std::vector<CardText>& texts) {
  std::string packed;
  for (const auto& text : texts) {
    add(packed, text.language);
    add(packed, text.title);
    add(packed, text.description);
    packed += pack(text.words);
    packed += list_divider;
  }
  return packed;
}

std::vector<std::string> unpack(const std::string& text) { return unpack(text, divider); }

std::vector<Attribute> unpack_attributes(const std::string& text) {
  auto parts = unpack(text);
  std::vector<Attribute> attributes;
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
    attributes.push_back({std::move(parts[i]), std::move(parts[i + 1])});
  }
  return attributes;
}

std::map<std::string, std::string> unpack_options(const std::string& text) {
  auto parts = unpack(text);
  std::map<std::string, std::string> options;
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2)
    options.emplace(std::move(parts[i]), std::move(parts[i + 1]));
  return options;
}

std::vector<CardText> unpack_texts(const std::string& text) {
  std::vector<CardText> texts;
  for (const auto& packed : unpack(text, list_divider)) {
    auto parts = unpack(packed, divider);
    if (parts.size() < 3) continue;
    CardText each{std::move(parts[0]), std::move(parts[1]), std::move(parts[2]), {}};
    for (std::size_t i = 3; i + 1 < parts.size(); i += 2)
      each.words.emplace_hint(each.words.end(), std::move(parts[i]), std::move(parts[i + 1]));
    texts.push_back(std::move(each));
  }
  return texts;
}

}  // namespace bramble::catalog
