#include "bench/load/json_scan.h"

#include <charconv>

namespace bramble::load {
namespace {

constexpr auto npos = std::string_view::npos;

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r'))
    ++at;
  return at;
}

// `at` is on the opening quote; returns what follows the closing one.
std::size_t skip_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return npos;
}

// `at` is on the opening brace or bracket; returns what follows its partner.
std::size_t skip_nested(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at < text.size()) {
    switch (text[at]) {
      case '"':
        at = skip_string(text, at);
        if (at == npos) return npos;
        continue;
      case '{':
      case '[': ++depth; break;
      case '}':
      case ']':
        if (--depth == 0) return at + 1;
        break;
      default: break;
    }
    ++at;
  }
  return npos;
}

std::size_t skip_value(std::string_view text, std::size_t at) {
  if (at >= text.size()) return npos;
  if (text[at] == '"') return skip_string(text, at);
  if (text[at] == '{' || text[at] == '[') return skip_nested(text, at);
  auto start = at;
  while (at < text.size() && std::string_view(",]} \n\t\r").find(text[at]) == npos) ++at;
  return at == start ? npos : at;
}

bool same_key(std::string_view quoted, std::string_view key) {
  auto inner = quoted.substr(1, quoted.size() - 2);
  if (inner == key) return true;
  if (inner.find('\\') == npos) return false;
  return json_text(quoted) == key;
}

void append_utf8(std::string& out, std::uint32_t point) {
  if (point < 0x80) {
    out.push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (point >> 6)));
    out.push_back(static_cast<char>(0x80 | (point & 0x3F)));
  } else if (point < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | (point >> 12)));
    out.push_back(static_cast<char>(0x80 | ((point >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (point & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | (point >> 18)));
    out.push_back(static_cast<char>(0x80 | ((point >> 12) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | ((point >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (point & 0x3F)));
  }
}

// Four hexadecimal digits from `at`.
std::optional<std::uint32_t> hex4(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return std::nullopt;
  std::uint32_t value = 0;
  auto [end, error] = std::from_chars(text.data() + at, text.data() + at + 4, value, 16);
  if (error != std::errc() || end != text.data() + at + 4) return std::nullopt;
  return value;
}

// `at` is on the first digit of \uXXXX and is left behind it, and behind the second half of a pair.
bool append_escaped_point(std::string& out, std::string_view text, std::size_t& at) {
  auto point = hex4(text, at);
  if (!point) return false;
  at += 4;
  if (*point >= 0xD800 && *point < 0xDC00) {
    if (text.substr(at, 2) != "\\u") return false;
    auto low = hex4(text, at + 2);
    if (!low || *low < 0xDC00 || *low > 0xDFFF) return false;
    at += 6;
    point = 0x10000 + ((*point - 0xD800) << 10) + (*low - 0xDC00);
  }
  append_utf8(out, *point);
  return true;
}

}  // namespace

std::string_view json_member(std::string_view text, std::string_view key) {
  auto at = skip_space(text, 0);
  if (at >= text.size() || text[at] != '{') return {};
  at = skip_space(text, at + 1);
  while (at < text.size() && text[at] == '"') {
    auto name_end = skip_string(text, at);
    if (name_end == npos) return {};
    auto name = text.substr(at, name_end - at);
    at = skip_space(text, name_end);
    if (at >= text.size() || text[at] != ':') return {};
    at = skip_space(text, at + 1);
    auto end = skip_value(text, at);
    if (end == npos) return {};
    if (same_key(name, key)) return text.substr(at, end - at);
    at = skip_space(text, end);
    if (at >= text.size() || text[at] != ',') return {};
    at = skip_space(text, at + 1);
  }
  return {};
}

std::string_view json_at(std::string_view object, std::initializer_list<std::string_view> path) {
  for (auto key : path) object = json_member(object, key);
  return object;
}

std::vector<std::string_view> json_items(std::string_view text) {
  std::vector<std::string_view> items;
  auto at = skip_space(text, 0);
  if (at >= text.size() || text[at] != '[') return items;
  at = skip_space(text, at + 1);
  while (at < text.size() && text[at] != ']') {
    auto end = skip_value(text, at);
    if (end == npos) return {};
    items.push_back(text.substr(at, end - at));
    at = skip_space(text, end);
    if (at < text.size() && text[at] == ',') at = skip_space(text, at + 1);
  }
  return items;
}

std::optional<std::string> json_text(std::string_view value) {
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return std::nullopt;
  auto inner = value.substr(1, value.size() - 2);
  if (inner.find('\\') == npos) return std::string(inner);
  std::string out;
  for (std::size_t at = 0; at < inner.size();) {
    if (inner[at] != '\\') {
      out.push_back(inner[at++]);
      continue;
    }
    if (at + 1 >= inner.size()) return std::nullopt;
    auto escaped = inner[at + 1];
    at += 2;
    constexpr std::string_view from = "\"\\/bfnrt";
    constexpr std::string_view to = "\"\\/\b\f\n\r\t";
    if (escaped == 'u') {
      if (!append_escaped_point(out, inner, at)) return std::nullopt;
    } else if (auto index = from.find(escaped); index != npos) {
      out.push_back(to[index]);
    } else {
      return std::nullopt;
    }
  }
  return out;
}

std::optional<std::int64_t> json_integer(std::string_view value) {
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (value.empty() || error != std::errc() || end != value.data() + value.size()) return std::nullopt;
  return number;
}

}  // namespace bramble::load
