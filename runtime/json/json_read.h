// Converts JSON input into values. It checks every rule of a contract, collects every wrong field with its
// path, and throws them together as one Error invalid "invalid_input". Generated *.json.cpp files use it.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/codec.h"
#include "base/error.h"
#include "base/ids.h"
#include "base/money.h"
#include "base/time.h"
#include "runtime/json/json.h"

namespace bramble {

// Collects the wrong fields of one input. The path is the position of the reader.
class JsonErrors {
 public:
  // Codes: wrong_type required too_long too_small too_large too_many not_allowed malformed.
  // A field is wrong once; fields beyond the first 50 are not listed.
  void add(std::string_view code, std::string detail);
  bool empty() const { return errors_.empty(); }
  void throw_if_any();

  // While it lives, the reader is inside a member or an item.
  class Inside {
   public:
    Inside(JsonErrors& errors, std::string_view name) : Inside(errors, name, -1) {}
    Inside(JsonErrors& errors, std::size_t index) : Inside(errors, {}, static_cast<std::ptrdiff_t>(index)) {}
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;
    ~Inside() { errors_.innermost_ = outer_; }

   private:
    friend class JsonErrors;
    Inside(JsonErrors& errors, std::string_view name, std::ptrdiff_t index)
        : errors_(errors), outer_(errors.innermost_), name_(name), index_(index) {
      errors.innermost_ = this;
    }
    JsonErrors& errors_;
    const Inside* outer_;
    std::string_view name_;
    std::ptrdiff_t index_;
  };

 private:
  std::string path() const;

  const Inside* innermost_ = nullptr;
  std::vector<FieldError> errors_;
};

enum class TextPattern : std::uint8_t { none, phone, code, word, email, currency, idempotency, barcode };

// What a contract says about one field.
struct FieldRule {
  std::string_view name;
  bool required = false;
  bool may_be_empty = false;  // a required list that is given may have no items
  bool bytes = false;         // base 64
  TextPattern pattern = TextPattern::none;
  std::string_view words = {};  // the words a text may be: "card, sbp"; empty: any
  std::int64_t min = INT64_MIN;
  std::int64_t max = INT64_MAX;
  std::uint32_t max_length = 255;
  std::uint32_t max_items = 100;
};

// Whether the text matches; patterns are in docs/guides/contracts.md.
bool matches(TextPattern pattern, std::string_view text);

bool read_text(JsonValue in, const FieldRule& rule, std::string& value, JsonErrors& errors);
bool read_integer(JsonValue in, std::int64_t min, std::int64_t max, std::int64_t& value, JsonErrors& errors);
bool read_number(JsonValue in, const FieldRule& rule, double& value, JsonErrors& errors);
bool read_boolean(JsonValue in, bool& value, JsonErrors& errors);
bool read_time(JsonValue in, Time& value, JsonErrors& errors);
bool read_money(JsonValue in, const FieldRule& rule, Money& value, JsonErrors& errors);
// Adds an error if the value is not an object.
bool is_object(JsonValue in, JsonErrors& errors);
bool is_list(JsonValue in, JsonKind kind, const FieldRule& rule, JsonErrors& errors);
// If the object has only one of the two members, adds an error for the missing one.
void check_together(JsonValue object, std::string_view one, std::string_view other, JsonErrors& errors);
void add_not_allowed(JsonErrors& errors, std::string_view words);
void add_malformed_id(JsonErrors& errors, std::string_view prefix);

inline void read_json(JsonValue in, Money& money, JsonErrors& errors) { read_money(in, {}, money, errors); }
inline void read_json(JsonValue in, Empty&, JsonErrors& errors) { is_object(in, errors); }

// Reads a value that exists, by the rule of its field.
template <class T>
void read_value(JsonValue in, const FieldRule& rule, T& value, JsonErrors& errors) {
  if constexpr (std::is_same_v<T, std::string>) {
    read_text(in, rule, value, errors);
  } else if constexpr (std::is_same_v<T, bool>) {
    read_boolean(in, value, errors);
  } else if constexpr (std::is_same_v<T, double>) {
    read_number(in, rule, value, errors);
  } else if constexpr (std::is_integral_v<T>) {
    std::int64_t number = 0;
    auto min = std::max<std::int64_t>(rule.min, std::numeric_limits<T>::min());
    auto max = std::min<std::int64_t>(rule.max, std::numeric_limits<T>::max());
    if (read_integer(in, min, max, number, errors)) value = static_cast<T>(number);
  } else if constexpr (std::is_same_v<T, Time>) {
    read_time(in, value, errors);
  } else if constexpr (std::is_same_v<T, Money>) {
    read_money(in, rule, value, errors);
  } else if constexpr (std::is_enum_v<T>) {
    std::string word;
    if (read_text(in, {}, word, errors) && !parse(word, value)) add_not_allowed(errors, words_of(value));
  } else if constexpr (wire::is_id<T>) {
    std::string text;
    if (!read_text(in, {}, text, errors)) return;
    auto id = T::parse(text);
    if (!id) return add_malformed_id(errors, T::prefix);
    value = std::move(*id);
  } else {
    read_json(in, value, errors);
  }
}

template <class T>
void read_items(JsonValue in, const FieldRule& rule, std::vector<T>& items, JsonErrors& errors) {
  if (!is_list(in, JsonKind::array, rule, errors)) return;
  items.clear();
  items.reserve(in.size());
  for (JsonValue item : in) {
    JsonErrors::Inside inside(errors, items.size());
    T value{};
    read_value(item, rule, value, errors);
    items.push_back(std::move(value));
  }
}

template <class T>
void read_entries(JsonValue in, const FieldRule& rule, std::map<std::string, T>& entries,
                  JsonErrors& errors) {
  if (!is_list(in, JsonKind::object, rule, errors)) return;
  entries.clear();
  for (JsonValue entry : in) {
    JsonErrors::Inside inside(errors, entry.name());
    T value{};
    read_value(entry, rule, value, errors);
    entries.insert_or_assign(std::string(entry.name()), std::move(value));
  }
}

// Reads a member of an object, which may be missing.
template <class T>
void read_field(JsonValue object, const FieldRule& rule, T& value, JsonErrors& errors) {
  JsonErrors::Inside inside(errors, rule.name);
  JsonValue in = object[rule.name];
  if (in.is_missing() || in.is_null()) {
    if (rule.required) errors.add("required", "must be given");
    return;
  }
  if constexpr (wire::is_optional<T>) {
    read_value(in, rule, value.emplace(), errors);
  } else if constexpr (wire::is_vector<T>) {
    read_items(in, rule, value, errors);
  } else if constexpr (wire::is_map<T>) {
    read_entries(in, rule, value, errors);
  } else {
    read_value(in, rule, value, errors);
  }
}

// Reads a whole input. Throws Error invalid.
template <class Message>
Message from_json(std::string_view text) {
  auto document = JsonDocument::parse(text);
  Message message;
  JsonErrors errors;
  read_json(document.root(), message, errors);
  errors.throw_if_any();
  return message;
}

}  // namespace bramble
