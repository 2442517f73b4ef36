// The fields of a form or a query, as text: decoded, bounded, and whatever is not UTF-8 left out.
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
  // Reads application/x-www-form-urlencoded; of more than 200 fields the first.
  explicit Form(std::string_view encoded);

  // The first field of that name, without spaces around it; empty if there is none.
  std::string_view get(std::string_view name) const;
  // All that are not empty.
  std::vector<std::string> all(std::string_view name) const;
  std::optional<std::int64_t> integer(std::string_view name) const;
  bool has(std::string_view name) const;

  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// The body of a POST. Throws Error invalid "unsupported_media_type" for one that is no form.
Form form_of(const HttpRequest& request);

// Writes a query: "q=tea&page=2".
class QueryText {
 public:
  QueryText& add(std::string_view name, std::string_view value);
  QueryText& add(std::string_view name, std::int64_t value);
  const std::string& text() const { return text_; }
  // With the path before it, and without a lonely '?'.
  std::string after(std::string_view path) const;

 private:
  std::string text_;
};

// Where to go back to: the path, if it is one of this site; else "/". Whatever a browser could take for
// another site's address is not.
std::string safe_back(std::string_view path);

}  // namespace bramble::pages
