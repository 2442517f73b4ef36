#include "gateways/storefront/cart/cart_token.h"

#include "base/text.h"
#include "gateways/edge/cookies.h"

namespace bramble::storefront {
namespace {

constexpr std::string_view prefix = "crt_";
constexpr std::size_t random_bytes = 16;
constexpr std::string_view cookie_name = "bramble_cart";

bool is_cart_token(std::string_view text) {
  return text.size() == prefix.size() + 2 * random_bytes && text.starts_with(prefix) &&
         text.find_first_not_of("0123456789abcdef", prefix.size()) == std::string_view::npos;
}

}  // namespace

std::string new_cart_token(Random& random) {
  return std::string(prefix) + to_hex(random.bytes(random_bytes));
}

std::string cart_token_of(const HttpRequest& request) {
  auto header = request.headers.get("X-Cart-Token");
  if (is_cart_token(header)) return std::string(header);
  auto cookie = edge::own_cookie(request, cookie_name);
  return is_cart_token(cookie) ? std::string(cookie) : std::string();
}

std::string cart_cookie(const HttpRequest& request, const std::string& token) {
  return edge::cookie_text(request, cookie_name, token, days(7));
}

}  // namespace bramble::storefront
