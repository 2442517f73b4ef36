#include "gateways/media/brand_mark.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>

#include "base/text.h"

namespace bramble::media {
namespace {

constexpr std::size_t longest_shown = 26;

constexpr std::array<std::string_view, 6> shapes = {
    R"svg(<circle cx="56" cy="56" r="28")svg",
    R"svg(<rect x="29" y="29" width="54" height="54" rx="15")svg",
    R"svg(<path d="M56 26l26 15v30l-26 15l-26-15V41z")svg",
    R"svg(<path d="M29 34q27-12 54 0v22q0 20-27 30q-27-10-27-30z")svg",
    R"svg(<path d="M56 24l32 32l-32 32l-32-32z")svg",
    R"(<path d="M28 56a28 28 0 0 1 28-28h28v28a28 28 0 0 1-56 0z")"};
constexpr std::array<std::string_view, 8> inks = {"#27303f", "#5b2440", "#174a3c", "#3a2f6b",
                                                  "#7a2d1d", "#0f4c75", "#4a3a12", "#3d3d3d"};

std::uint32_t hash_of(std::string_view text) {
  std::uint32_t hash = 2166136261;
  for (unsigned char c : text) hash = (hash ^ c) * 16777619;
  return hash;
}

bool is_letter(std::string_view sequence) {
  auto c = static_cast<unsigned char>(sequence.front());
  return sequence.size() > 1 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// The first letters of the first two words.
std::string initials_of(std::string_view brand) {
  std::string initials;
  int found = 0;
  bool at_begin = true;
  for (std::size_t at = 0; at < brand.size() && found < 2;) {
    auto length = utf8_sequence_length(brand, at);
    if (length == 0) break;
    auto sequence = brand.substr(at, length);
    if (at_begin && is_letter(sequence)) {
      initials += sequence;
      ++found;
    }
    at_begin = sequence == " ";
    at += length;
  }
  return initials;
}

std::string shortened(std::string_view brand) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < brand.size(); ++count) {
    if (count == longest_shown) return std::string(brand.substr(0, at)) + "…";
    at += std::max<std::size_t>(utf8_sequence_length(brand, at), 1);
  }
  return std::string(brand);
}

}  // namespace

std::string xml_escaped(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    switch (c) {
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '&': escaped += "&amp;"; break;
      case '"': escaped += "&quot;"; break;
      case '\'': escaped += "&#39;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

std::string brand_mark(std::string_view brand) {
  if (brand.empty()) return "";
  auto hash = hash_of(brand);
  auto ink = inks[hash / shapes.size() % inks.size()];
  auto initials = initials_of(brand);
  return fmt::format(R"svg(<g font-family="Onest,Inter,Roboto,sans-serif" fill="{0}">{1}/>)svg"
                     R"svg(<text x="56" y="{2}" font-size="{3}" font-weight="700" fill="#ffffff")svg"
                     R"svg( text-anchor="middle">{4}</text>)svg"
                     R"svg(<text x="100" y="66" font-size="27" font-weight="600" letter-spacing=".5")svg"
                     R"svg( fill-opacity=".82">{5}</text></g>)svg",
                     ink, shapes[hash % shapes.size()], initials.size() > 2 ? 65 : 67,
                     initials.size() > 2 ? 25 : 31, xml_escaped(initials), xml_escaped(shortened(brand)));
}

}  // namespace bramble::media
