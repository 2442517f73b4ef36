// JSON for generated code: a writer, a small document, and readers that check every field against its rule and collect
// what is wrong under the field's path ("items[2].quantity").
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/codec.h"
#include "base/error.h"
#include "base/ids.h"
#include "base/money.h"
#include "base/time.h"

namespace bramble {

// Appends JSON text; commas and colons come by themselves. Invalid UTF-8 is written as U+FFFD.
class JsonWriter {
 public:
  void begin_object() { open('{'); }
  void end_object() { out_.push_back('}'); }
  void begin_array() { open('['); }
  void end_array() { out_.push_back(']'); }
  void key(std::string_view name) {
    comma();
    quoted(name);
    out_.push_back(':');
  }
  void string(std::string_view text) {
    comma();
    quoted(text);
  }
  void integer(std::int64_t value);
  void real(double value);
  void boolean(bool value) {
    comma();
    out_.append(value ? "true" : "false");
  }
  void null() {
    comma();
    out_.append("null");
  }
  std::string take() { return std::move(out_); }

 private:
  void open(char bracket) {
    comma();
    out_.push_back(bracket);
  }
  void comma() {
    if (out_.empty()) return;
    char last = out_.back();
    if (last != '{' && last != '[' && last != ':') out_.push_back(',');
  }
  void quoted(std::string_view text);

  std::string out_;
};

class JsonValue;
using JsonArray = std::vector<JsonValue>;
using JsonObject = std::vector<std::pair<std::string, JsonValue>>;

// A parsed value. Whole numbers within 64 bits are integers, all others reals.
class JsonValue {
 public:
  using Content = std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, JsonArray, JsonObject>;

  JsonValue() = default;
  explicit JsonValue(Content content) : content(std::move(content)) {}

  // Throws Error invalid "malformed_json" for what is not one JSON value: also for depth over 32, bad UTF-8 and a key
  // given twice.
  static JsonValue parse(std::string_view text);

  // The member of an object, or null.
  const JsonValue* find(std::string_view name) const;
  // Sets a member; a value that is not an object becomes one.
  void set(std::string name, JsonValue value);

  Content content = nullptr;
};

// What a contract says of a field beyond its type.
struct FieldRule {
  bool required = false;
  std::int64_t min = INT64_MIN;
  std::int64_t max = INT64_MAX;
  std::uint32_t max_length = 255;
  std::uint32_t max_items = 100;
  std::string_view pattern;  // "phone", "code", "word", "email", "currency", "idempotency"; empty: any text
};

// The wrong fields of one input. `lenient`: the values come from a URL, where everything is text.
class JsonErrors {
 public:
  explicit JsonErrors(bool lenient = false) : lenient(lenient) {}
  void add(std::string field, std::string code, std::string detail);
  // Throws Error invalid "invalid_input" if there are any.
  void check() const;

  const bool lenient;

 private:
  std::vector<FieldError> errors_;
};

void read_value(const JsonValue& value, const FieldRule& rule, const std::string& path, JsonErrors& errors, std::string& out);
void read_value(const JsonValue& value, const FieldRule& rule, const std::string& path, JsonErrors& errors, std::int64_t& out);
void read_value(const JsonValue& value, const FieldRule& rule, const std::string& path, JsonErrors& errors, double& out);
void read_value(const JsonValue& value, const FieldRule& rule, const std::string& path, JsonErrors& errors, bool& out);
void read_value(const JsonValue& value, const FieldRule& rule, const std::string& path, JsonErrors& errors, Time& out);
void read_value(const JsonValue& value, const FieldRule& rule, const std::string& path, JsonErrors& errors, Money& out);
bool read_id_text(const JsonValue& value, std::string_view prefix, const std::string& path, JsonErrors& errors, std::string& out);
const JsonObject* expect_object(const JsonValue& value, const std::string& path, JsonErrors& errors);
// The elements of an array of an allowed length; a single value of a URL counts as an array of one.
const JsonArray* expect_array(const JsonValue& value, const FieldRule& rule, const std::string& path, JsonErrors& errors,
                              JsonArray& single);

template <Prefix P>
void read_value(const JsonValue& value, const FieldRule&, const std::string& path, JsonErrors& errors, Id<P>& out) {
  std::string text;
  if (read_id_text(value, P.view(), path, errors, text)) out = Id<P>(std::move(text));
}

template <class T>
  requires std::is_enum_v<T>
void read_value(const JsonValue& value, const FieldRule&, const std::string& path, JsonErrors& errors, T& out) {
  auto* text = std::get_if<std::string>(&value.content);
  if (text && parse(*text, out)) return;
  errors.add(path, text ? "not_allowed" : "wrong_type", std::string("one of ") + std::string(allowed_words(T{})));
}

// Generated messages: read_json is found beside the message.
template <class T>
  requires requires(T& t) { t.encode(); }
void read_value(const JsonValue& value, const FieldRule&, const std::string& path, JsonErrors& errors, T& out) {
  read_json(value, path, errors, out);
}

template <class T>
void read_value(const JsonValue& value, const FieldRule& rule, const std::string& path, JsonErrors& errors,
                std::vector<T>& out) {
  JsonArray single;
  auto* array = expect_array(value, rule, path, errors, single);
  if (!array) return;
  out.clear();
  out.reserve(array->size());
  for (std::size_t i = 0; i < array->size(); ++i) {
    T element{};
    read_value((*array)[i], rule, path + "[" + std::to_string(i) + "]", errors, element);
    out.push_back(std::move(element));
  }
}

template <class T>
void read_value(const JsonValue& value, const FieldRule& rule, const std::string& path, JsonErrors& errors,
                std::map<std::string, T>& out) {
  auto* object = expect_object(value, path, errors);
  if (!object) return;
  if (object->size() > rule.max_items) {
    errors.add(path, "too_many", "at most " + std::to_string(rule.max_items));
    return;
  }
  for (const auto& [name, member] : *object) read_value(member, rule, path + "." + name, errors, out[name]);
}

bool is_blank(const JsonValue& value);

// One field of an object: absent, null and, if required, empty are told apart here; the rest is read_value's.
template <class T>
void read_field(const JsonValue& object, std::string_view name, const FieldRule& rule, const std::string& path,
                JsonErrors& errors, T& out) {
  auto* value = object.find(name);
  bool absent = !value || std::holds_alternative<std::nullptr_t>(value->content);
  auto here = [&] { return path.empty() ? std::string(name) : path + "." + std::string(name); };
  if (absent || (rule.required && is_blank(*value))) {
    if (rule.required) errors.add(here(), "required", "is required");
    return;
  }
  if constexpr (requires { out.has_value(); }) {
    typename T::value_type inner{};
    read_value(*value, rule, here(), errors, inner);
    out = std::move(inner);
  } else {
    read_value(*value, rule, here(), errors, out);
  }
}

void write_value(JsonWriter& writer, const Money& money);
inline void write_value(JsonWriter& writer, const std::string& text) { writer.string(text); }
inline void write_value(JsonWriter& writer, std::int64_t value) { writer.integer(value); }
inline void write_value(JsonWriter& writer, double value) { writer.real(value); }
inline void write_value(JsonWriter& writer, bool value) { writer.boolean(value); }
inline void write_value(JsonWriter& writer, Time value) { writer.string(to_rfc3339(value)); }
template <Prefix P>
void write_value(JsonWriter& writer, const Id<P>& id) {
  writer.string(id.text());
}
template <class T>
  requires std::is_enum_v<T>
void write_value(JsonWriter& writer, T value) {
  writer.string(to_string(value));
}
template <class T>
  requires requires(const T& t) { t.encode(); }
void write_value(JsonWriter& writer, const T& message) {
  write_json(writer, message);
}
inline void write_json(JsonWriter& writer, const Empty&) {
  writer.begin_object();
  writer.end_object();
}
template <class T>
void write_value(JsonWriter& writer, const std::vector<T>& list) {
  writer.begin_array();
  for (const auto& element : list) write_value(writer, element);
  writer.end_array();
}
template <class T>
void write_value(JsonWriter& writer, const std::map<std::string, T>& map) {
  writer.begin_object();
  for (const auto& [name, value] : map) {
    writer.key(name);
    write_value(writer, value);
  }
  writer.end_object();
}

// A whole message as text.
template <class T>
std::string to_json(const T& message) {
  JsonWriter writer;
  write_value(writer, message);
  return writer.take();
}

// A whole message from a document; throws Error invalid with every wrong field.
template <class T>
T from_json(const JsonValue& document, bool lenient = false) {
  JsonErrors errors(lenient);
  T message{};
  read_json(document, "", errors, message);
  errors.check();
  return message;
}

}  // namespace bramble
