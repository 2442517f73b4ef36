#include "engines/http/proxy_header.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace bramble::http {
namespace {

using enum ProxyHeaderState;

constexpr std::string_view signature_1 = "PROXY ";
constexpr std::string_view signature_2{"\r\n\r\n\0\r\nQUIT\n", 12};
constexpr std::size_t longest_line = 107;  // of version 1, with its line end
constexpr std::size_t fixed_bytes = 16;    // of version 2
constexpr std::size_t v4_bytes = 12;       // two addresses and two ports
constexpr std::size_t v6_bytes = 36;

constexpr ProxyHeader wrong{malformed};

std::uint8_t byte_at(std::string_view bytes, std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); }

bool is_port(std::string_view text) {
  int port = -1;
  auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
  return failure == std::errc() && stop == text.data() + text.size() && port >= 0 && port <= 65'535;
}

// "PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n" or "PROXY UNKNOWN…\r\n".
ProxyHeader read_line(std::string_view bytes) {
  auto end = bytes.substr(0, longest_line).find("\r\n");
  if (end == std::string_view::npos) return bytes.size() < longest_line ? ProxyHeader{} : wrong;
  ProxyHeader header{complete, end + 2};
  auto line = bytes.substr(signature_1.size(), end - signature_1.size());
  if (line == "UNKNOWN" || line.starts_with("UNKNOWN ")) return header;
  std::array<std::string_view, 5> words;
  for (auto& word : words) {
    auto space = std::min(line.find(' '), line.size());
    word = line.substr(0, space);
    line.remove_prefix(std::min(space + 1, line.size()));
    if (word.empty()) return wrong;
  }
  auto source = IpAddress::parse(words[1]);
  auto target = IpAddress::parse(words[2]);
  bool v4 = words[0] == "TCP4";
  if (!line.empty() || (!v4 && words[0] != "TCP6") || !source || !target) return wrong;
  if (v4 != (words[1].find(':') == std::string_view::npos) || !is_port(words[3]) || !is_port(words[4]))
    return wrong;
  header.client = source;
  return header;
}

ProxyHeader read_binary(std::string_view bytes) {
  if (bytes.size() < fixed_bytes) return {};
  auto version_and_command = byte_at(bytes, 12);
  auto family = byte_at(bytes, 13);
  auto length = static_cast<std::size_t>(byte_at(bytes, 14)) << 8 | byte_at(bytes, 15);
  bool local = (version_and_command & 0x0FU) == 0;
  if (version_and_command >> 4U != 2 || (version_and_command & 0x0FU) > 1) return wrong;
  if (fixed_bytes + length > longest_proxy_header) return wrong;
  if (bytes.size() < fixed_bytes + length) return {};
  ProxyHeader header{complete, fixed_bytes + length};
  const auto* source = reinterpret_cast<const std::uint8_t*>(bytes.data()) + fixed_bytes;
  if (local) return header;
  // What came by another way than TCP has no address that limits could use.
  if (family == 0x11 && length >= v4_bytes) header.client = IpAddress::v4(source);
  if (family == 0x21 && length >= v6_bytes) header.client = IpAddress::v6(source);
  if ((family == 0x11 || family == 0x21) && !header.client) return wrong;
  return header;
}

}  // namespace

ProxyHeader read_proxy_header(std::string_view bytes) {
  auto begins = [&](std::string_view signature) {
    auto known = std::min(signature.size(), bytes.size());
    return bytes.substr(0, known) == signature.substr(0, known);
  };
  if (begins(signature_1)) return bytes.size() < signature_1.size() ? ProxyHeader{} : read_line(bytes);
  if (begins(signature_2)) return bytes.size() < signature_2.size() ? ProxyHeader{} : read_binary(bytes);
  return wrong;
}

}  // namespace bramble::http
