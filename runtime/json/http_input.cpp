#include "runtime/json/http_input.h"

#include <charconv>
#include <cmath>
#include <utility>

#include "base/ascii.h"
#include "base/text.h"

namespace bramble {
namespace {

using Parameter = std::pair<std::string, std::string>;

void add_integer(JsonDocument& input, std::string_view name, std::string_view text, JsonErrors& errors) {
  std::int64_t value = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size() || failure == std::errc::invalid_argument) {
    errors.add("wrong_type", "must be a whole number");
  } else if (failure == std::errc::result_out_of_range) {
    errors.add(text.starts_with('-') ? "too_small" : "too_large", "must be a number of 64 bits");
  } else {
    input.add_integer(name, value);
  }
}

void add_real(JsonDocument& input, std::string_view name, std::string_view text, JsonErrors& errors) {
  double value = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size() || failure != std::errc() || !std::isfinite(value)) {
    errors.add("wrong_type", "must be a number");
  } else {
    input.add_real(name, value);
  }
}

void add_value(JsonDocument& input, const InputField& field, const std::string& text, JsonErrors& errors) {
  JsonErrors::Inside inside(errors, field.name);
  switch (field.kind) {
    case InputKind::text:
      if (!is_utf8(text)) return errors.add("malformed", "must be UTF-8");
      return input.add_text(field.name, text);
    case InputKind::integer: return add_integer(input, field.name, text, errors);
    case InputKind::real: return add_real(input, field.name, text, errors);
    case InputKind::boolean:
      if (text == "true" || text == "1") return input.add_boolean(field.name, true);
      if (text == "false" || text == "0") return input.add_boolean(field.name, false);
      return errors.add("wrong_type", "must be true or false");
  }
}

std::vector<Parameter> read_query(std::string_view query) {
  std::vector<Parameter> parameters;
  while (!query.empty()) {
    auto end = query.find('&');
    auto part = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
    auto equals = part.find('=');
    auto name = percent_decode(part.substr(0, equals), true);
    auto value = percent_decode(equals == std::string_view::npos ? "" : part.substr(equals + 1), true);
    if (!name || !value) throw_invalid("query", "malformed", "holds a malformed percent escape");
    if (!value->empty()) parameters.emplace_back(std::move(*name), std::move(*value));
  }
  return parameters;
}

void add_parameters(JsonDocument& input, const InputField& field, const std::vector<Parameter>& parameters,
                    JsonErrors& errors) {
  std::size_t count = 0;
  for (const auto& [name, value] : parameters) {
    if (name != field.name) continue;
    if (++count == 1 && field.repeated) input.begin_array(field.name);
    if (count > 1 && !field.repeated) {
      JsonErrors::Inside inside(errors, field.name);
      errors.add("too_many", "must be given once");
      break;
    }
    add_value(input, field, value, errors);
  }
  if (count > 0 && field.repeated) input.end_array();
}

}  // namespace

bool has_json_body(const HttpRequest& request) {
  auto type = request.headers.get("Content-Type");
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  return !request.body.empty() && is_same_ascii(type, "application/json");
}

JsonDocument read_http_input(const HttpRequest& request, const PathValues& path,
                             std::span<const InputField> fields, bool has_body, JsonErrors& errors) {
  bool given = has_body && !request.body.empty();
  if (given && !has_json_body(request))
    throw Error(ErrorCode::invalid, "unsupported_media_type", "the body must be application/json");
  auto input = given ? JsonDocument::parse(request.body) : JsonDocument::empty_object();
  if (!is_object(input.root(), errors)) errors.throw_if_any();
  std::vector<Parameter> parameters;
  if (!has_body) parameters = read_query(request.query);
  for (const auto& field : fields) {
    if (!field.in_path) {
      add_parameters(input, field, parameters, errors);
    } else if (auto value = path.find(field.name); value != path.end()) {
      add_value(input, field, value->second, errors);
    }
  }
  return input;
}

HttpResponse json_response(int status, HttpHeaders headers, std::string body) {
  HttpResponse response;
  response.status = status;
  response.headers = std::move(headers);
  response.headers.add("Content-Type", "application/json");
  response.body = std::move(body);
  return response;
}

}  // namespace bramble
