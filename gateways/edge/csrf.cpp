#include "gateways/edge/csrf.h"

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"

namespace bramble::edge {
namespace {

constexpr std::size_t seal_bytes = 16;

std::string_view authority_of(std::string_view url) {
  auto begin = url.find("://");
  if (begin == std::string_view::npos) return {};
  url.remove_prefix(begin + 3);
  return url.substr(0, url.find('/'));
}

}  // namespace

std::string CsrfTokens::seal(std::string_view text) const {
  return to_base64url(hmac_sha256(key_, text).substr(0, seal_bytes));
}

// "<seal of the browser>" for a stranger, "<seal of the browser>.<seal of both>" for a person.
std::string CsrfTokens::token(std::string_view browser, std::string_view person) const {
  auto text = seal(browser);
  if (!person.empty()) text.append(".").append(seal(std::string(browser).append("|").append(person)));
  return text;
}

MadeFor CsrfTokens::made_for(std::string_view token, std::string_view browser,
                             std::string_view person) const {
  auto dot = std::min(token.find('.'), token.size());
  if (browser.empty() || !equal_constant_time(token.substr(0, dot), seal(browser)))
    return MadeFor::another_browser;
  if (dot == token.size()) return MadeFor::stranger;
  bool is_this = !person.empty() && equal_constant_time(token, this->token(browser, person));
  return is_this ? MadeFor::this_person : MadeFor::another_person;
}

bool is_own_address(std::string_view url, const HttpRequest& request, std::string_view public_url) {
  auto authority = authority_of(url);
  return !authority.empty() &&
         (authority == request.headers.get("Host") || authority == authority_of(public_url));
}

bool is_from_elsewhere(const HttpRequest& request, std::string_view public_url) {
  auto site = request.headers.get("Sec-Fetch-Site");
  if (!site.empty()) return site != "same-origin" && site != "none";
  auto origin = request.headers.get("Origin");
  return !origin.empty() && !is_own_address(origin, request, public_url);
}

bool is_unsafe(std::string_view method) { return method != "GET" && method != "HEAD" && method != "OPTIONS"; }

}  // namespace bramble::edge
