#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "runtime/json/json.h"

namespace bramble {
namespace {

// Bytes that stand in a JSON string as they are.
constexpr std::array<bool, 256> plain_bytes = [] {
  std::array<bool, 256> plain{};
  for (int i = 0x20; i < 0x7F; ++i) plain[static_cast<std::size_t>(i)] = i != '"' && i != '\\';
  return plain;
}();

void escape(std::string& out, unsigned char byte) {
  switch (byte) {
    case '"': out.append("\\\""); return;
    case '\\': out.append("\\\\"); return;
    case '\n': out.append("\\n"); return;
    case '\r': out.append("\\r"); return;
    case '\t': out.append("\\t"); return;
    default: break;
  }
  constexpr std::string_view digits = "0123456789abcdef";
  out.append("\\u00");
  out.push_back(digits[byte >> 4]);
  out.push_back(digits[byte & 15]);
}

}  // namespace

void JsonWriter::quote(std::string_view value) {
  out_.push_back('"');
  std::size_t at = 0;
  while (at < value.size()) {
    auto from = at;
    while (at < value.size() && plain_bytes[static_cast<unsigned char>(value[at])]) ++at;
    out_.append(value.substr(from, at - from));
    if (at == value.size()) break;
    auto byte = static_cast<unsigned char>(value[at]);
    if (byte < 0x80) {
      escape(out_, byte);
      ++at;
    } else if (auto length = utf8_sequence_length(value, at)) {
      out_.append(value.substr(at, length));
      at += length;
    } else {
      out_.append("\xEF\xBF\xBD");
      ++at;
    }
  }
  out_.push_back('"');
}

void JsonWriter::name(std::string_view name) {
  separate();
  quote(name);
  out_.push_back(':');
  comma_ = false;
}

void JsonWriter::text(std::string_view value) {
  separate();
  quote(value);
  comma_ = true;
}

void JsonWriter::integer(std::int64_t value) {
  std::array<char, 24> digits{};
  auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  plain({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void JsonWriter::number(double value) {
  if (!std::isfinite(value)) return null();
  std::array<char, 32> digits{};
  auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  plain({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

}  // namespace bramble
