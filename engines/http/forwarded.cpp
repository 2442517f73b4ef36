#include "engines/http/forwarded.h"

#include <algorithm>
#include <vector>

namespace bramble::http {
namespace {

// More proxies in a row is nobody's network; further left is not looked at.
constexpr std::size_t most_hops = 32;

struct Hop {
  std::optional<IpAddress> address;
  std::string_view proto;
};

bool same_word(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char one, char other) {
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return lower(one) == lower(other);
  });
}

std::string_view trimmed(std::string_view text) {
  auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

enum class Quotes { mean_nothing, hide_marks };

// The parts between the marks; nothing if a quoted string does not end.
std::optional<std::vector<std::string_view>> parts_if_whole(std::string_view text, char mark, Quotes quotes) {
  std::vector<std::string_view> parts;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (quoted && text[at] == '\\') {
      ++at;
    } else if (text[at] == '"' && quotes == Quotes::hide_marks) {
      quoted = !quoted;
    } else if (text[at] == mark && !quoted) {
      parts.push_back(trimmed(text.substr(begin, at - begin)));
      begin = at + 1;
    }
  }
  if (quoted) return std::nullopt;
  parts.push_back(trimmed(text.substr(begin)));
  return parts;
}

// A client that opens a quoted string and does not end it must not swallow what the proxy wrote behind it.
std::vector<std::string_view> parts_of(std::string_view text, char mark, Quotes quotes) {
  auto parts = parts_if_whole(text, mark, quotes);
  return parts ? std::move(*parts) : *parts_if_whole(text, mark, Quotes::mean_nothing);
}

// No address and no protocol needs an escape, so a value with one names none.
std::string_view unquoted(std::string_view value) {
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return value;
  return value.substr(1, value.size() - 2);
}

Hop hop_of(std::string_view element) {
  Hop hop;
  for (auto pair : parts_of(element, ';', Quotes::hide_marks)) {
    auto equals = std::min(pair.find('='), pair.size());
    auto name = pair.substr(0, equals);
    auto value = unquoted(pair.substr(std::min(equals + 1, pair.size())));
    if (same_word(name, "for")) hop.address = forwarded_address(value);
    if (same_word(name, "proto")) hop.proto = value;
  }
  return hop;
}

// All fields of the name as one list, the last first.
std::vector<std::string_view> from_the_right(const HttpHeaders& headers, std::string_view name,
                                             Quotes quotes = Quotes::mean_nothing) {
  std::vector<std::string_view> elements;
  for (const auto& [field, value] : headers) {
    if (!same_word(field, name)) continue;
    auto some = parts_of(value, ',', quotes);
    elements.insert(elements.end(), some.begin(), some.end());
  }
  std::erase(elements, std::string_view());
  std::reverse(elements.begin(), elements.end());
  if (elements.size() > most_hops) elements.resize(most_hops);
  return elements;
}

std::optional<bool> is_secure(std::string_view proto) {
  if (same_word(proto, "https")) return true;
  if (same_word(proto, "http")) return false;
  return std::nullopt;
}

}  // namespace

std::optional<IpAddress> forwarded_address(std::string_view text) {
  if (text.starts_with('[')) {
    auto end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    auto rest = text.substr(end + 1);
    if (!rest.empty() && rest.front() != ':') return std::nullopt;
    return IpAddress::parse(text.substr(1, end - 1));
  }
  // An IPv6 address without brackets has several colons and so no port.
  auto colon = text.find(':');
  bool has_port = colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos;
  return IpAddress::parse(has_port ? text.substr(0, colon) : text);
}

BehindProxy behind_proxy(const HttpHeaders& headers, const IpAddress& peer, const ProxyRules& rules) {
  BehindProxy client{peer, std::nullopt};
  bool standard = rules.header == ForwardedHeader::forwarded;
  // The proxy beside us says how the client spoke to it or to the one before it.
  if (!standard) {
    auto protos = from_the_right(headers, "X-Forwarded-Proto");
    if (!protos.empty()) client.secure = is_secure(protos.front());
  }
  auto hops = standard ? from_the_right(headers, "Forwarded", Quotes::hide_marks)
                       : from_the_right(headers, "X-Forwarded-For");
  for (auto element : hops) {
    auto hop = standard ? hop_of(element) : Hop{forwarded_address(element), {}};
    if (standard && !hop.proto.empty()) client.secure = is_secure(hop.proto);
    // Who is hidden ("unknown", "_name") is taken for the proxy that hides them.
    if (!hop.address) break;
    client.address = *hop.address;
    if (!is_in(rules.trusted, client.address)) break;
  }
  return client;
}

}  // namespace bramble::http
