#include "tests/input/wrong_values.h"

#include <fmt/format.h>

namespace bramble::input {
namespace {

using Wrong = std::vector<WrongValue>;

std::string long_text(std::int64_t length) { return std::string(static_cast<std::size_t>(length), 'a'); }

void add_texts(Wrong& wrong, const Schema& schema) {
  wrong.push_back({"a number", "17"});
  wrong.push_back({"a truth", "true"});
  wrong.push_back({"an object", "{}"});
  wrong.push_back({"a list", "[]"});
  wrong.push_back({"invalid UTF-8", "\"\xFF\xFE\"", true});
  wrong.push_back({"overlong UTF-8", "\"\xC0\xAF\"", true});
  wrong.push_back({"half a surrogate pair", "\"\\ud800\"", true});
  wrong.push_back({"a raw line break", "\"a\nb\"", true});
  wrong.push_back({"no closing quote", "\"abc", true});
  if (schema.max_length >= 0) wrong.push_back({"too long", "\"" + long_text(schema.max_length + 1) + "\""});
  wrong.push_back({"100 KB", "\"" + long_text(100'000) + "\""});
  if (schema.is_word) wrong.push_back({"no such word", "\"no_such_word\""});
  if (schema.is_word) wrong.push_back({"no word", "\"\""});
  if (schema.min_length > 0) wrong.push_back({"empty", "\"\""});
  if (!schema.pattern.empty() || schema.format == "date-time") {
    wrong.push_back({"another pattern", "\" §'; DROP TABLE orders; --\""});
    wrong.push_back({"right to left", "\"\\u202e\\u05d0\""});
  }
  if (schema.format == "date-time") wrong.push_back({"no such day", "\"2026-13-45T25:61:00Z\""});
  if (schema.format == "date-time") wrong.push_back({"a year beyond all", "\"99999-01-01T00:00:00Z\""});
  wrong.push_back({"a NUL", "\"a\\u0000b\""});
}

void add_numbers(Wrong& wrong, const Schema& schema) {
  bool whole = schema.type == "integer";
  wrong.push_back({"text", "\"1\""});
  wrong.push_back({"a truth", "true"});
  wrong.push_back({"an object", "{}"});
  wrong.push_back({"a list", "[1]"});
  wrong.push_back({"no number", "NaN", true});
  wrong.push_back({"a leading zero", "007", true});
  wrong.push_back({"a plus", "+1", true});
  wrong.push_back({"beyond a double", "1e400", true});
  if (whole) {
    wrong.push_back({"a fraction", "1.5"});
    wrong.push_back({"over 2^63", "9223372036854775808"});
    wrong.push_back({"over 2^64", "99999999999999999999999"});
    wrong.push_back({"under -2^63", "-9223372036854775809"});
  }
  if (schema.has_min) wrong.push_back({"too small", fmt::format("{:.0f}", schema.min - 1)});
  if (schema.has_min) wrong.push_back({"very negative", "-9223372036854775808"});
  if (schema.has_max) wrong.push_back({"too large", fmt::format("{:.0f}", schema.max + 1)});
  if (schema.has_max) wrong.push_back({"very large", "9223372036854775807"});
}

void add_lists(Wrong& wrong, const Schema& schema) {
  wrong.push_back({"an object", "{}"});
  wrong.push_back({"text", "\"x\""});
  wrong.push_back({"a number", "1"});
  if (schema.max_items < 0) return;
  std::string many = "[null";
  for (std::int64_t i = 0; i < schema.max_items; ++i) many += ",null";
  wrong.push_back({"too many", many + "]"});
}

}  // namespace

std::vector<WrongValue> wrong_in_body(const Schema& schema) {
  Wrong wrong;
  if (schema.type == "string") add_texts(wrong, schema);
  if (schema.type == "integer" || schema.type == "number") add_numbers(wrong, schema);
  if (schema.type == "array") add_lists(wrong, schema);
  if (schema.type == "boolean") wrong = {{"text", "\"true\""}, {"a number", "1"}, {"a list", "[]"}};
  if (schema.type == "object")
    wrong = {{"a list", "[]"}, {"text", "\"x\""}, {"a number", "1"}, {"a truth", "true"}};
  if (schema.required) wrong.push_back({"null", "null"});
  return wrong;
}

std::vector<WrongValue> wrong_in_address(const Schema& schema, Place place) {
  const auto& rules = schema.type == "array" ? schema.item.front() : schema;
  Wrong wrong;
  wrong.push_back({"invalid UTF-8", "%FF%FE", place == Place::path});
  wrong.push_back({"a broken escape", "%zz", true});
  if (rules.type == "string") {
    if (rules.max_length >= 0) wrong.push_back({"too long", long_text(rules.max_length + 1)});
    if (rules.is_word) wrong.push_back({"no such word", "no_such_word"});
    if (!rules.pattern.empty()) {
      wrong.push_back({"another pattern", "x%27%3B%20DROP"});
      wrong.push_back({"a way out", "..%2F..%2Fetc%2Fpasswd"});
      wrong.push_back({"a NUL", "a%00b", place == Place::path});
      wrong.push_back({"7 KB", long_text(7'000)});
    }
  } else if (rules.type == "boolean") {
    wrong.push_back({"neither", "maybe"});
    wrong.push_back({"a number", "2"});
  } else {
    wrong.push_back({"text", "abc"});
    wrong.push_back({"beyond a double", "1e400"});
    wrong.push_back({"no number", "nan"});
    wrong.push_back({"a NUL", "1%00"});
    wrong.push_back({"two", "1,2"});
  }
  if (rules.type == "integer") {
    wrong.push_back({"a fraction", "1.5"});
    wrong.push_back({"over 2^63", "9223372036854775808"});
    wrong.push_back({"over 2^64", "99999999999999999999999"});
  }
  if (rules.has_min) wrong.push_back({"too small", fmt::format("{:.0f}", rules.min - 1)});
  if (rules.has_max) wrong.push_back({"too large", fmt::format("{:.0f}", rules.max + 1)});
  return wrong;
}

}  // namespace bramble::input
