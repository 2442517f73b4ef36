#include "gateways/edge/cookies.h"

#include <algorithm>

namespace bramble::edge {
namespace {

constexpr std::string_view host_prefix = "__Host-";

}  // namespace

std::string_view cookie_of(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    auto end = std::min(header.find(';'), header.size());
    auto pair = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
    auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
  }
  return {};
}

std::string_view own_cookie(const HttpRequest& request, std::string_view name) {
  auto header = request.headers.get("Cookie");
  if (header.empty() || !request.secure) return cookie_of(header, name);
  return cookie_of(header, std::string(host_prefix).append(name));
}

std::string cookie_text(const HttpRequest& request, std::string_view name, std::string_view value,
                        Duration life) {
  std::string text(request.secure ? host_prefix : "");
  text.append(name).append("=").append(value).append("; Path=/");
  if (life.us != 0) {
    text.append("; Max-Age=").append(std::to_string(std::max<std::int64_t>(life.us, 0) / 1'000'000));
  }
  text.append("; HttpOnly; SameSite=Lax");
  if (request.secure) text.append("; Secure");
  return text;
}

}  // namespace bramble::edge
