#include "gateways/pages/form.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/text.h"

namespace bramble::pages {
namespace {

constexpr std::size_t most_fields = 200;
constexpr std::size_t longest_back = 2'000;

std::string_view trim(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(blank), text.size()));
  return text.substr(0, text.find_last_not_of(blank) + 1);
}

}  // namespace

Form::Form(std::string_view encoded) {
  while (!encoded.empty() && fields_.size() < most_fields) {
    auto end = std::min(encoded.find('&'), encoded.size());
    auto pair = encoded.substr(0, end);
    encoded.remove_prefix(std::min(end + 1, encoded.size()));
    auto equals = std::min(pair.find('='), pair.size());
    auto name = percent_decode(pair.substr(0, equals), true);
    auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())), true);
    bool good = name && value && !name->empty() && is_utf8(*name) && is_utf8(*value) &&
                value->find('\0') == std::string::npos;
    if (good) fields_.emplace_back(std::move(*name), std::move(*value));
  }
}

std::string_view Form::get(std::string_view name) const {
  for (const auto& [field, value] : fields_) {
    if (field == name) return trim(value);
  }
  return {};
}

std::vector<std::string> Form::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [field, value] : fields_) {
    if (field == name && !trim(value).empty()) values.emplace_back(trim(value));
  }
  return values;
}

std::optional<std::int64_t> Form::integer(std::string_view name) const {
  auto text = get(name);
  std::int64_t number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool Form::has(std::string_view name) const {
  return std::any_of(fields_.begin(), fields_.end(), [&](const auto& field) { return field.first == name; });
}

Form form_of(const HttpRequest& request) {
  auto type = request.headers.get("Content-Type");
  if (trim(type.substr(0, type.find(';'))) != "application/x-www-form-urlencoded") {
    throw Error(ErrorCode::invalid, "unsupported_media_type", "A form is expected.");
  }
  return Form(request.body);
}

QueryText& QueryText::add(std::string_view name, std::string_view value) {
  if (!text_.empty()) text_ += '&';
  text_.append(name).append("=").append(percent_encode(value));
  return *this;
}

QueryText& QueryText::add(std::string_view name, std::int64_t value) {
  return add(name, std::to_string(value));
}

std::string QueryText::after(std::string_view path) const {
  return text_.empty() ? std::string(path) : std::string(path) + "?" + text_;
}

std::string safe_back(std::string_view path) {
  bool plain = std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c <= '~' && c != '\\'; });
  bool ours = path.starts_with('/') && !path.starts_with("//") && path.size() <= longest_back && plain;
  return ours ? std::string(path) : "/";
}

}  // namespace bramble::pages
