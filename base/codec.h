// The protobuf wire format of the structs that rpcgen makes. Any protobuf with the same .proto can read
// these bytes, and its bytes can be read here. Malformed bytes throw Error invalid "malformed_message".
#pragma once

#include <bit>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "base/money.h"
#include "base/time.h"

namespace bramble {

// The reply of a method that returns nothing.
struct Empty {
  std::string encode() const { return {}; }
  static Empty decode(std::string_view) { return {}; }
  bool operator==(const Empty&) const = default;
};

namespace wire {

[[noreturn]] void malformed();

enum class Type : std::uint32_t { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

template <class T>
constexpr bool is_optional = false;
template <class T>
constexpr bool is_optional<std::optional<T>> = true;
template <class T>
constexpr bool is_vector = false;
template <class T>
constexpr bool is_vector<std::vector<T>> = true;
template <class T>
constexpr bool is_map = false;
template <class T>
constexpr bool is_map<std::map<std::string, T>> = true;
template <class T>
constexpr bool is_id = false;
template <Prefix P>
constexpr bool is_id<Id<P>> = true;
template <class T>
constexpr bool is_varint = std::is_integral_v<T> || std::is_enum_v<T> || std::is_same_v<T, Time>;
template <class T>
constexpr bool is_packable = is_varint<T> || std::is_same_v<T, double>;
template <class T>
constexpr bool is_text = std::is_same_v<T, std::string> || is_id<T>;
template <class T>
constexpr bool is_message = !is_packable<T> && !is_text<T>;

template <class T>
constexpr Type type_of = is_varint<T>     ? Type::varint
                         : is_packable<T> ? Type::fixed64
                                          : Type::bytes;

// Appends fields to a string. Fields with their default value are left out.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  template <class T>
  void write(std::uint32_t number, const T& value) {
    if constexpr (is_optional<T>) {
      if (value) put(number, *value);
    } else if constexpr (is_vector<T>) {
      write_list(number, value);
    } else if constexpr (is_map<T>) {
      for (const auto& [key, entry] : value) {
        tag(number, Type::bytes);
        auto start = open();
        put(1, key);
        put(2, entry);
        close(start);
      }
    } else if constexpr (std::is_same_v<T, Money>) {
      put(number, value);
    } else if constexpr (is_message<T>) {
      auto before = out_.size();
      tag(number, Type::bytes);
      auto start = open();
      encode_fields(*this, value);
      if (out_.size() == start) {
        out_.resize(before);
      } else {
        close(start);
      }
    } else {
      if (!(value == T{})) put(number, value);
    }
  }

 private:
  template <class T>
  void write_list(std::uint32_t number, const std::vector<T>& items) {
    if (items.empty()) return;
    if constexpr (is_packable<T>) {
      tag(number, Type::bytes);
      auto start = open();
      for (T item : items) raw(item);
      close(start);
    } else {
      for (const auto& item : items) put(number, item);
    }
  }

  // Writes a field with its tag, also if it has its default value.
  template <class T>
  void put(std::uint32_t number, const T& value) {
    tag(number, type_of<T>);
    if constexpr (is_message<T>) {
      auto start = open();
      encode_fields(*this, value);
      close(start);
    } else {
      raw(value);
    }
  }

  template <class T>
  void raw(const T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
      varint(value.size());
      out_.append(value);
    } else if constexpr (is_id<T>) {
      raw(value.text());
    } else if constexpr (std::is_same_v<T, Time>) {
      varint(static_cast<std::uint64_t>(value.us));
    } else if constexpr (std::is_same_v<T, double>) {
      fixed64(std::bit_cast<std::uint64_t>(value));
    } else if constexpr (std::is_unsigned_v<T>) {
      varint(value);
    } else {
      varint(static_cast<std::uint64_t>(static_cast<std::int64_t>(value)));
    }
  }

  void tag(std::uint32_t number, Type type) {
    varint(std::uint64_t(number) << 3 | static_cast<std::uint32_t>(type));
  }
  void varint(std::uint64_t value) {
    while (value >= 0x80) {
      out_.push_back(static_cast<char>(value | 0x80));
      value >>= 7;
    }
    out_.push_back(static_cast<char>(value));
  }
  void fixed64(std::uint64_t bits);
  // The length is known only after the bytes are written. One byte is reserved for it; more are inserted if
  // needed.
  std::size_t open() {
    out_.push_back('\0');
    return out_.size();
  }
  void close(std::size_t start);

  std::string& out_;
};

// Reads one field after the other. The bytes outlive the reader.
class Reader {
 public:
  explicit Reader(std::string_view bytes, int depth = 0)
      : at_(bytes.data()), end_(at_ + bytes.size()), depth_(depth) {}

  // Moves to the next field. Returns false at the end.
  bool next();
  std::uint32_t number() const { return number_; }
  void skip();

  // Reads the value of the field. A field of another wire type is skipped as unknown.
  template <class T>
  void read(T& value) {
    if constexpr (is_optional<T>) {
      using Value = typename T::value_type;
      if (type_ != type_of<Value>) return skip();
      if (!value) value.emplace();
      raw(*value);
    } else if constexpr (is_vector<T>) {
      read_list(value);
    } else if constexpr (is_map<T>) {
      if (type_ != Type::bytes) return skip();
      read_entry(value);
    } else {
      if (type_ != type_of<T>) return skip();
      raw(value);
    }
  }

 private:
  template <class T>
  void read_list(std::vector<T>& items) {
    if (is_packable<T> && type_ == Type::bytes) {
      Reader packed(bytes());
      while (packed.at_ != packed.end_) {
        T item{};
        packed.raw(item);
        items.push_back(std::move(item));
      }
    } else if (type_ == type_of<T>) {
      T item{};
      raw(item);
      items.push_back(std::move(item));
    } else {
      skip();
    }
  }

  template <class T>
  void read_entry(std::map<std::string, T>& entries) {
    std::string key;
    T value{};
    Reader entry = nested();
    while (entry.next()) {
      if (entry.number() == 1) {
        entry.read(key);
      } else if (entry.number() == 2) {
        entry.read(value);
      } else {
        entry.skip();
      }
    }
    entries.insert_or_assign(std::move(key), std::move(value));
  }

  template <class T>
  void raw(T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
      value.assign(bytes());
    } else if constexpr (is_id<T>) {
      value = T(std::string(bytes()));
    } else if constexpr (std::is_same_v<T, Time>) {
      value.us = static_cast<std::int64_t>(varint());
    } else if constexpr (std::is_same_v<T, double>) {
      value = std::bit_cast<double>(fixed64());
    } else if constexpr (std::is_same_v<T, bool>) {
      value = varint() != 0;
    } else if constexpr (std::is_enum_v<T>) {
      value = static_cast<T>(static_cast<std::int32_t>(varint()));
    } else if constexpr (std::is_integral_v<T>) {
      value = static_cast<T>(varint());
    } else {
      Reader fields = nested();
      decode_fields(fields, value);
    }
  }

  // Reads the message in this field. The depth of nested messages is bounded.
  Reader nested();
  std::uint64_t varint() {
    if (at_ != end_ && static_cast<unsigned char>(*at_) < 0x80) return static_cast<unsigned char>(*at_++);
    return long_varint();
  }
  std::uint64_t long_varint();
  std::uint64_t fixed64();
  std::string_view bytes();

  const char* at_;
  const char* end_;
  int depth_;
  std::uint32_t number_ = 0;
  Type type_ = Type::varint;
};

template <class Message>
std::string encode(const Message& message) {
  std::string bytes;
  bytes.reserve(120);
  Writer out(bytes);
  encode_fields(out, message);
  return bytes;
}

template <class Message>
Message decode(std::string_view bytes) {
  Message message;
  Reader in(bytes);
  decode_fields(in, message);
  return message;
}

}  // namespace wire

void encode_fields(wire::Writer& out, const Money& money);
void decode_fields(wire::Reader& in, Money& money);
inline void encode_fields(wire::Writer&, const Empty&) {}
void decode_fields(wire::Reader& in, Empty& empty);

}  // namespace bramble
