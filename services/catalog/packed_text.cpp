#include "services/catalog/packed_text.h"

namespace bramble::catalog {
namespace {

constexpr char divider = '\x1f';

void add(std::string& text, const std::string& part) {
  text += part;
  text += divider;
}

}  // namespace

bool is_packable(const std::string& part) {
  return std::none_of(part.begin(), part.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
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

std::vector<std::string> unpack(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < text.size();) {
    auto end = text.find(divider, at);
    if (end == std::string::npos) end = text.size();
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

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

}  // namespace bramble::catalog
