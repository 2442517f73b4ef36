#include "gateways/storefront/cart_token.h"

#include <algorithm>

#include "base/text.h"

namespace bramble::storefront {
namespace {

constexpr std::string_view prefix = "crt_";
constexpr std::size_t random_bytes = 16;
constexpr std::string_view cookie_name = "bramble_cart";

bool is_cart_token(std::string_view text) {
  return text.size() == prefix.size() + 2 * random_bytes && text.starts_with(prefix) &&
         text.find_first_not_of("0123456789abcdef", prefix.size()) == std::string_view::npos;
}

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

}  // namespace

std::string new_cart_token(Random& random) {
  return std::string(prefix) + to_hex(random.bytes(random_bytes));
}

std::string cart_token_of(const HttpRequest& request) {
  auto header = request.headers.get("X-Cart-Token");
  if (is_cart_token(header)) return std::string(header);
  auto cookie = cookie_of(request.headers.get("Cookie"), cookie_name);
  return is_cart_token(cookie) ? std::string(cookie) : std::string();
}

std::string cart_cookie(const std::string& token, bool secure) {
  return std::string(cookie_name) + "=" + token + "; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax" +
         (secure ? "; Secure" : "");
}

}  // namespace bramble::storefront
