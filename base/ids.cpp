#include "base/ids.h"

namespace bramble {
namespace {

constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t body_length = 26;
constexpr std::size_t longest_foreign_body = 60;

int digit_of(char c) {
  auto at = alphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

// FNV-1a: stable between versions and machines, which std::hash is not.
std::uint32_t stable_hash(std::string_view text) {
  std::uint32_t hash = 2166136261U;
  for (unsigned char c : text) hash = (hash ^ c) * 16777619U;
  return hash;
}

}  // namespace

std::string make_id_text(std::string_view prefix, Time at, std::uint32_t bucket, Entropy entropy) {
  auto ms = static_cast<std::uint64_t>(at.us / 1000) & 0xFFFF'FFFF'FFFFULL;
  // 48 bits of time, 12 of bucket and 4 random in the upper word; 64 random bits in the lower.
  std::uint64_t high = ms << 16 | std::uint64_t(bucket % bucket_count) << 4 | (entropy.high & 0xF);
  std::uint64_t low = entropy.low;
  std::string text;
  text.reserve(prefix.size() + 1 + body_length);
  text.append(prefix).push_back('_');
  auto bits = static_cast<unsigned __int128>(high) << 64 | low;
  for (int shift = 125; shift >= 0; shift -= 5)
    text.push_back(alphabet[static_cast<unsigned>(bits >> shift) & 31U]);
  return text;
}

bool is_id_text(std::string_view prefix, std::string_view text) {
  if (text.size() < prefix.size() + 2 || text.size() > prefix.size() + 1 + longest_foreign_body) return false;
  if (!text.starts_with(prefix) || text[prefix.size()] != '_') return false;
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(prefix.size()) + 1, text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
  });
}

std::uint32_t bucket_of(std::string_view id_text) {
  auto underscore = id_text.find('_');
  auto body = underscore == std::string_view::npos ? id_text : id_text.substr(underscore + 1);
  if (body.size() != body_length) return stable_hash(id_text) % bucket_count;
  // Characters 10 to 12 hold bits 65 to 79 from the lower end: the bucket is bits 68 to 79.
  std::uint32_t bits = 0;
  for (std::size_t i = 10; i < 13; ++i) {
    int digit = digit_of(body[i]);
    if (digit < 0) return stable_hash(id_text) % bucket_count;
    bits = bits << 5 | static_cast<std::uint32_t>(digit);
  }
  return bits >> 3 & (bucket_count - 1);
}

}  // namespace bramble
