#include "base/codec.h"

#include <bit>

#include "base/error.h"

namespace bramble {
namespace {

[[noreturn]] void malformed() {
  throw Error(ErrorCode::invalid, "malformed_message", "the bytes are not a message of the expected type");
}

}  // namespace

void WireWriter::real(std::uint32_t field, double value) {
  varint(std::uint64_t(field) << 3 | 1);
  auto bits = std::bit_cast<std::uint64_t>(value);
  for (int i = 0; i < 8; ++i) out_.push_back(static_cast<char>(bits >> (8 * i)));
}

std::uint64_t WireReader::varint() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (rest_.empty()) malformed();
    auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    value |= std::uint64_t(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
  malformed();
}

bool WireReader::next() {
  if (rest_.empty()) return false;
  auto tag = varint();
  field_ = static_cast<std::uint32_t>(tag >> 3);
  type_ = static_cast<std::uint32_t>(tag & 7);
  if (field_ == 0 || tag >> 32 != 0) malformed();
  return true;
}

void WireReader::expect(std::uint32_t type) const {
  if (type_ != type) malformed();
}

std::string_view WireReader::take(std::uint64_t count) {
  if (count > rest_.size()) malformed();
  auto bytes = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return bytes;
}

std::int64_t WireReader::integer() {
  expect(0);
  return static_cast<std::int64_t>(varint());
}

double WireReader::real() {
  expect(1);
  std::uint64_t bits = 0;
  auto bytes = take(8);
  for (unsigned i = 0; i < 8; ++i) bits |= std::uint64_t(static_cast<unsigned char>(bytes[i])) << (8 * i);
  return std::bit_cast<double>(bits);
}

std::string_view WireReader::text() {
  expect(2);
  return take(varint());
}

void WireReader::skip() {
  switch (type_) {
    case 0: varint(); break;
    case 1: take(8); break;
    case 2: take(varint()); break;
    case 5: take(4); break;
    default: malformed();
  }
}

}  // namespace bramble
