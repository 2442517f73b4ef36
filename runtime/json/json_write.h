// Converts values into JSON: one function per type, found by argument-dependent lookup. Generated *.json.h
// files add their messages.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/codec.h"
#include "base/ids.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "runtime/json/json.h"

namespace bramble {

void write_json(JsonWriter& out, const Money& money);
inline void write_json(JsonWriter& out, const Empty&) {
  out.begin_object();
  out.end_object();
}

template <class T>
void write_value(JsonWriter& out, const T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    out.text(value);
  } else if constexpr (std::is_same_v<T, bool>) {
    out.boolean(value);
  } else if constexpr (std::is_same_v<T, double>) {
    out.number(value);
  } else if constexpr (std::is_integral_v<T>) {
    out.integer(static_cast<std::int64_t>(value));
  } else if constexpr (std::is_same_v<T, Time>) {
    out.text(to_rfc3339(value));
  } else if constexpr (std::is_enum_v<T>) {
    out.text(to_string(value));
  } else if constexpr (wire::is_id<T>) {
    out.text(value.text());
  } else if constexpr (wire::is_vector<T>) {
    out.begin_array();
    for (const auto& item : value) write_value<typename T::value_type>(out, item);
    out.end_array();
  } else if constexpr (wire::is_map<T>) {
    out.begin_object();
    for (const auto& [name, entry] : value) {
      out.name(name);
      write_value(out, entry);
    }
    out.end_object();
  } else {
    write_json(out, value);
  }
}

// Writes a member. `name` is as in JSON ("\"order_id\":"). An absent optional is left out.
template <class T>
void write_field(JsonWriter& out, std::string_view raw_name, const T& value) {
  if constexpr (wire::is_optional<T>) {
    if (value) write_field(out, raw_name, *value);
  } else {
    out.raw_name(raw_name);
    write_value(out, value);
  }
}

// The same, but writes null for an absent or empty value.
template <class T>
void write_nullable(JsonWriter& out, std::string_view raw_name, const T& value) {
  bool absent = false;
  if constexpr (wire::is_optional<T>) {
    absent = !value;
  } else if constexpr (!wire::is_message<T>) {
    absent = value == T{};
  }
  if (!absent) return write_field(out, raw_name, value);
  out.raw_name(raw_name);
  out.null();
}

template <class T>
void write_bytes(JsonWriter& out, std::string_view raw_name, const T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    write_field(out, raw_name, to_base64(value));
  } else if constexpr (wire::is_optional<T>) {
    if (value) write_bytes(out, raw_name, *value);
  } else {
    T texts = value;
    for (auto& text : texts) text = to_base64(text);
    write_field(out, raw_name, texts);
  }
}

template <class T>
std::string json_of(const T& value) {
  JsonWriter out;
  write_value(out, value);
  return out.take();
}

}  // namespace bramble
