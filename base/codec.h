// The wire form of messages: protobuf's, written and read by generated code without protobuf.
// A reader trusts nothing: bytes that are no message end in Error invalid "malformed_message".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bramble {

// The answer of a method that has nothing to say.
struct Empty {
  std::string encode() const { return {}; }
  static Empty decode(std::string_view) { return {}; }
  bool operator==(const Empty&) const = default;
};

class WireWriter {
 public:
  void integer(std::uint32_t field, std::int64_t value) {
    varint(std::uint64_t(field) << 3);
    varint(static_cast<std::uint64_t>(value));
  }
  void real(std::uint32_t field, double value);
  void text(std::uint32_t field, std::string_view bytes) {
    varint(std::uint64_t(field) << 3 | 2);
    varint(bytes.size());
    out_.append(bytes);
  }
  void varint(std::uint64_t value) {
    while (value >= 0x80) {
      out_.push_back(static_cast<char>(value | 0x80));
      value >>= 7;
    }
    out_.push_back(static_cast<char>(value));
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : rest_(bytes) {}

  // Moves to the next field; false at the end. Each field is then read or skipped, once.
  bool next();
  std::uint32_t field() const { return field_; }
  // A list of numbers may come packed into one field.
  bool is_packed() const { return type_ == 2; }

  std::int64_t integer();
  double real();
  std::string_view text();
  void skip();

  bool at_end() const { return rest_.empty(); }
  std::uint64_t varint();

 private:
  void expect(std::uint32_t type) const;
  std::string_view take(std::uint64_t count);

  std::string_view rest_;
  std::uint32_t field_ = 0;
  std::uint32_t type_ = 0;
};

}  // namespace bramble
