// Reads arbitrary headers of browsers: cookies, languages, origins and CSRF tokens.
#include "gateways/edge/cookies.h"
#include "gateways/edge/csrf.h"
#include "gateways/edge/language.h"
#include "testing/require.h"

namespace {

using namespace bramble;

std::string next_line(std::string_view& rest) {
  auto end = std::min(rest.find('\n'), rest.size());
  std::string line(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const edge::CsrfTokens tokens("a key of this fuzzer alone");
  static const std::string pad(edge::CsrfTokens::pad_bytes, 'p');
  constexpr std::string_view shop = "https://shop.example";
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  HttpRequest request{.method = "POST", .path = "/"};
  for (std::string name : {"Cookie", "Accept-Language", "Origin", "Host"}) {
    if (auto value = next_line(rest); !value.empty()) request.headers.add(name, std::move(value));
  }
  auto value = edge::cookie_of(request.headers.get("Cookie"), edge::language_cookie);
  require(value.find(';') == std::string_view::npos);
  require(edge::is_language(edge::language_of(request)));
  auto origin = request.headers.get("Origin");
  if (!origin.empty() && !edge::is_from_elsewhere(request, shop))
    require(edge::is_own_address(origin, request, shop));
  auto browser = next_line(rest);
  require(tokens.made_for(rest, browser, "usr_1") == edge::MadeFor::another_browser);
  require(browser.empty() || tokens.made_for(tokens.token(browser, "usr_1", pad), browser, "usr_1") ==
                                 edge::MadeFor::this_person);
  return 0;
}
