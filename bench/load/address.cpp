#include "bench/load/address.h"

#include <netdb.h>

#include <charconv>
#include <cstring>
#include <stdexcept>

namespace bramble::load {

std::string Url::authority() const {
  auto name = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return name + ":" + std::to_string(port);
}

std::string Url::origin() const { return "http://" + authority(); }

Url parse_url(std::string_view text) {
  constexpr std::string_view scheme = "http://";
  auto wrong = [&](const char* why) { return std::invalid_argument("'" + std::string(text) + "': " + why); };
  if (!text.starts_with(scheme)) throw wrong("only addresses that begin with http:// can be driven");
  auto rest = text.substr(scheme.size());
  auto slash = rest.find_first_of("/?#");
  auto authority = rest.substr(0, slash);
  Url url;
  if (slash != std::string_view::npos) url.path = std::string(rest.substr(slash));
  if (url.path.front() != '/') url.path.insert(0, "/");
  auto colon = authority.rfind(':');
  if (authority.starts_with('[')) {
    auto end = authority.find(']');
    if (end == std::string_view::npos) throw wrong("the bracket is not closed");
    url.host = std::string(authority.substr(1, end - 1));
    colon = end + 1 < authority.size() ? end + 1 : std::string_view::npos;
  } else {
    url.host = std::string(authority.substr(0, colon));
  }
  if (url.host.empty()) throw wrong("it names no host");
  if (colon != std::string_view::npos) {
    auto digits = authority.substr(colon + 1);
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), url.port);
    if (error != std::errc() || end != digits.data() + digits.size() || url.port == 0) {
      throw wrong("the port is no number from 1 to 65535");
    }
  }
  return url;
}

Endpoint resolve(const Url& url) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  auto failure = getaddrinfo(url.host.c_str(), std::to_string(url.port).c_str(), &hints, &found);
  if (failure != 0) throw std::runtime_error("no address for " + url.host + ": " + gai_strerror(failure));
  Endpoint endpoint;
  std::memcpy(&endpoint.address, found->ai_addr, found->ai_addrlen);
  endpoint.size = found->ai_addrlen;
  endpoint.authority = url.authority();
  freeaddrinfo(found);
  return endpoint;
}

}  // namespace bramble::load
