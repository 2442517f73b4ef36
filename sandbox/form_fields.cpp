#include "sandbox/form_fields.h"

#include "base/text.h"
#include "gateways/edge/problem.h"

namespace bramble::sandbox {
namespace {

constexpr std::size_t longest_form = 4096;

std::string_view take_until(std::string_view& rest, char mark) {
  auto end = std::min(rest.find(mark), rest.size());
  auto part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

}  // namespace

std::optional<FormFields> fields_of(std::string_view encoded) {
  FormFields fields;
  while (!encoded.empty()) {
    auto value = take_until(encoded, '&');
    auto name = take_until(value, '=');
    auto plain_name = percent_decode(name, true);
    auto plain_value = percent_decode(value, true);
    if (!plain_name || !plain_value || !fields.emplace(*plain_name, *plain_value).second) return std::nullopt;
  }
  return fields;
}

std::optional<FormFields> form_fields(const HttpRequest& request) {
  auto type = request.headers.get("Content-Type");
  if (!type.empty() && !type.starts_with("application/x-www-form-urlencoded")) {
    throw edge::Problem(415, "unsupported_media_type",
                        "A form is expected: application/x-www-form-urlencoded.");
  }
  if (request.body.size() > longest_form) throw edge::Problem(413, "too_large", "The form is too large.");
  return fields_of(request.body);
}

}  // namespace bramble::sandbox
