// Reads and writes JSON. Reading is strict: RFC 8259, UTF-8, no duplicate members, bounded depth and size. A
// parsed document is immutable. Written JSON is always valid UTF-8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace bramble {

enum class JsonKind : std::uint8_t { missing, null, boolean, integer, real, text, array, object };

struct JsonLimits {
  std::size_t depth = 32;
  std::size_t values = 200'000;
};

// A value of a document; the document must outlive it. Reading it as a wrong type returns the default: "",
// 0, false, no members.
class JsonValue {
 public:
  JsonValue() = default;

  JsonKind kind() const;
  bool is_missing() const { return kind() == JsonKind::missing; }
  bool is_null() const { return kind() == JsonKind::null; }
  bool boolean() const;
  std::int64_t integer() const;
  double number() const;  // of an integer, too
  std::string_view text() const;

  std::size_t size() const;                           // members or items
  JsonValue operator[](std::string_view name) const;  // a member, or missing
  std::string_view name() const;                      // of a member

  class Iterator;
  Iterator begin() const;  // members or items in their order
  Iterator end() const;

 private:
  friend class JsonDocument;
  JsonValue(const class JsonDocument* document, std::uint32_t at) : document_(document), at_(at) {}

  const class JsonDocument* document_ = nullptr;
  std::uint32_t at_ = 0;
};

class JsonDocument {
 public:
  // Throws Error invalid "malformed_json".
  static JsonDocument parse(std::string_view text, JsonLimits limits = {});
  static JsonDocument empty_object();

  JsonValue root() const { return {this, 0}; }

  // Adds a member to the root, which must be an object. It hides an existing member of that name.
  void add_text(std::string_view name, std::string_view value);
  void add_integer(std::string_view name, std::int64_t value);
  void add_real(std::string_view name, double value);
  void add_boolean(std::string_view name, bool value);
  // Values added until end_array become items of the array; their names are ignored.
  void begin_array(std::string_view name);
  void end_array();

 private:
  friend class JsonValue;
  friend class JsonBuilder;

  struct Node {
    JsonKind kind = JsonKind::null;
    bool hidden = false;
    std::uint32_t name_at = 0;
    std::uint32_t name_size = 0;
    std::uint32_t end = 0;  // the index behind its last descendant
    std::uint32_t count = 0;
    union {
      bool boolean;
      std::int64_t integer = 0;
      double real;
      struct {
        std::uint32_t at;
        std::uint32_t size;
      } text;
    };
  };

  Node& append(JsonKind kind);
  Node& add(JsonKind kind, std::string_view name);
  std::uint32_t keep(std::string_view text);
  std::string_view kept(std::uint32_t at, std::uint32_t size) const { return {texts_.data() + at, size}; }

  std::vector<Node> nodes_;
  std::string texts_;
  std::uint32_t open_array_ = 0;
};

class JsonValue::Iterator {
 public:
  Iterator(const JsonDocument* document, std::uint32_t at) : document_(document), at_(at) {}
  JsonValue operator*() const { return {document_, at_}; }
  Iterator& operator++();
  bool operator!=(const Iterator& other) const { return at_ != other.at_; }

 private:
  const JsonDocument* document_;
  std::uint32_t at_;
};

// Writes one value. The caller is responsible for the order of begin, name, value and end.
class JsonWriter {
 public:
  JsonWriter() { out_.reserve(256); }

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void name(std::string_view name);
  // A name as it is in JSON, with quotes and colon: "\"order_id\":".
  void raw_name(std::string_view quoted_name_and_colon) {
    separate();
    out_.append(quoted_name_and_colon);
    comma_ = false;
  }
  void text(std::string_view value);
  void integer(std::int64_t value);
  void number(double value);  // null if it is not finite
  void boolean(bool value) { plain(value ? "true" : "false"); }
  void null() { plain("null"); }
  // Ready JSON text.
  void raw(std::string_view json) { plain(json); }

  std::string take() { return std::move(out_); }

 private:
  void separate() {
    if (comma_) out_.push_back(',');
  }
  void open(char bracket) {
    separate();
    out_.push_back(bracket);
    comma_ = false;
  }
  void close(char bracket) {
    out_.push_back(bracket);
    comma_ = true;
  }
  void plain(std::string_view token) {
    separate();
    out_.append(token);
    comma_ = true;
  }
  void quote(std::string_view value);

  std::string out_;
  bool comma_ = false;
};

}  // namespace bramble
