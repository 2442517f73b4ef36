// The fields of a form or a query, as text: decoded, bounded, valid UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ports/http.h"

namespace bramble::pages {

class Form {
 public:
  Form() = default;
  // Parses application/x-www-form-urlencoded. Ignores invalid fields and fields beyond the 200th.
  explicit Form(std::string_view encoded);

  // The first field of this name, trimmed; empty if there is none.
  std::string_view get(std::string_view name) const;
  // All fields of this name that are not empty.
  std::vector<std::string> all(std::string_view name) const;
  std::optional<std::int64_t> integer(std::string_view name) const;
  bool has(std::string_view name) const;

  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// The body of a POST. Throws Error invalid "unsupported_media_type" if it is no form.
Form form_of(const HttpRequest& request);

// Writes a query: "q=tea&page=2".
class QueryText {
 public:
  QueryText& add(std::string_view name, std::string_view value);
  QueryText& add(std::string_view name, std::int64_t value);
  const std::string& text() const { return text_; }
  // The path, followed by '?' and the query if it is not empty.
  std::string after(std::string_view path) const;

 private:
  std::string text_;
};

// The path if it surely leads to this site; otherwise "/". Prevents redirects to other sites.
std::string safe_back(std::string_view path);

}  // namespace bramble::pages
