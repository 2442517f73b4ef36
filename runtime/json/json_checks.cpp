#include "runtime/json/json_checks.h"

#include <set>

#include "base/text.h"

namespace bramble {
namespace {

void check_text(JsonValue in, std::size_t least, JsonErrors& errors) {
  if (in.kind() == JsonKind::text && utf8_length(in.text()) < least)
    errors.add("too_short", "must be at least " + std::to_string(least) + " characters");
}

}  // namespace

void check_either(JsonValue object, std::string_view one, std::string_view other, JsonErrors& errors) {
  auto given = [&](std::string_view name) {
    auto in = object[name];
    bool empty = in.is_missing() || in.is_null() || (in.kind() == JsonKind::text && in.text().empty());
    return !empty;
  };
  if (given(one) || given(other)) return;
  JsonErrors::Inside inside(errors, one);
  errors.add("required", "must be given, or " + std::string(other));
}

void check_min_length(JsonValue object, std::string_view name, std::size_t least, JsonErrors& errors) {
  auto in = object[name];
  JsonErrors::Inside inside(errors, name);
  if (in.is_missing()) return;
  if (in.kind() != JsonKind::array) return check_text(in, least, errors);
  std::size_t index = 0;
  for (JsonValue item : in) {
    JsonErrors::Inside at(errors, index++);
    check_text(item, least, errors);
  }
}

void check_unique(JsonValue object, std::string_view name, JsonErrors& errors) {
  auto in = object[name];
  if (in.is_missing() || in.kind() != JsonKind::array) return;
  JsonErrors::Inside inside(errors, name);
  std::set<std::string_view> seen;
  for (JsonValue item : in) {
    if (item.kind() == JsonKind::text && !seen.insert(item.text()).second)
      return errors.add("not_allowed", "must hold each value once");
  }
}

}  // namespace bramble
