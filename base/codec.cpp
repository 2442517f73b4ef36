#include "base/codec.h"

#include <array>

#include "base/error.h"

namespace bramble {
namespace wire {
namespace {

constexpr int deepest = 64;

}  // namespace

void malformed() { throw Error(ErrorCode::invalid, "malformed_message", "a message's bytes are malformed"); }

void Writer::fixed64(std::uint64_t bits) {
  for (int shift = 0; shift < 64; shift += 8) out_.push_back(static_cast<char>(bits >> shift & 0xFF));
}

void Writer::close(std::size_t start) {
  std::uint64_t length = out_.size() - start;
  if (length < 0x80) {
    out_[start - 1] = static_cast<char>(length);
    return;
  }
  std::array<char, 10> bytes{};
  std::size_t count = 0;
  for (; length >= 0x80; length >>= 7) bytes[count++] = static_cast<char>(length | 0x80);
  bytes[count++] = static_cast<char>(length);
  out_[start - 1] = bytes[0];
  out_.insert(start, bytes.data() + 1, count - 1);
}

bool Reader::next() {
  if (at_ == end_) return false;
  auto tag = varint();
  auto type = tag & 7;
  number_ = static_cast<std::uint32_t>(tag >> 3);
  // Types 3 and 4 are the groups of protobuf 1, which nothing of ours has ever written.
  if (number_ == 0 || tag >> 32 != 0 || type == 3 || type == 4 || type > 5) malformed();
  type_ = static_cast<Type>(type);
  return true;
}

void Reader::skip() {
  auto pass = [this](std::ptrdiff_t count) {
    if (end_ - at_ < count) malformed();
    at_ += count;
  };
  switch (type_) {
    case Type::varint: varint(); return;
    case Type::fixed64: return pass(8);
    case Type::fixed32: return pass(4);
    case Type::bytes: bytes(); return;
  }
}

std::uint64_t Reader::long_varint() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 70; shift += 7) {
    if (at_ == end_) malformed();
    auto byte = static_cast<unsigned char>(*at_++);
    value |= std::uint64_t(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
  malformed();
}

std::uint64_t Reader::fixed64() {
  if (end_ - at_ < 8) malformed();
  std::uint64_t bits = 0;
  for (int i = 7; i >= 0; --i) bits = bits << 8 | static_cast<unsigned char>(at_[i]);
  at_ += 8;
  return bits;
}

std::string_view Reader::bytes() {
  auto length = varint();
  if (length > static_cast<std::uint64_t>(end_ - at_)) malformed();
  std::string_view found(at_, length);
  at_ += length;
  return found;
}

Reader Reader::nested() {
  if (depth_ == deepest) malformed();
  return Reader(bytes(), depth_ + 1);
}

}  // namespace wire

void encode_fields(wire::Writer& out, const Money& money) {
  out.write(1, money.amount_minor);
  out.write(2, money.currency);
}

void decode_fields(wire::Reader& in, Money& money) {
  // What protobuf leaves out is empty, not our default.
  money = Money{0, ""};
  while (in.next()) {
    switch (in.number()) {
      case 1: in.read(money.amount_minor); break;
      case 2: in.read(money.currency); break;
      default: in.skip();
    }
  }
}

void decode_fields(wire::Reader& in, Empty&) {
  while (in.next()) in.skip();
}

}  // namespace bramble
