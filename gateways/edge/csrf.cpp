#include "gateways/edge/csrf.h"

#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"
#include "gateways/edge/token_verifier.h"

namespace bramble::edge {
namespace {

constexpr std::size_t seal_bytes = CsrfTokens::pad_bytes / 2;

std::string_view authority_of(std::string_view url) {
  auto begin = url.find("://");
  if (begin == std::string_view::npos) return {};
  url.remove_prefix(begin + 3);
  return url.substr(0, url.find('/'));
}

std::string combined(std::string bytes, std::string_view pad) {
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(bytes[i] ^ pad[i]);
  return bytes;
}

// The seals of a token; empty if the text is no token.
std::string unmasked(std::string_view token) {
  if (token.size() > 2 * 2 * CsrfTokens::pad_bytes) return {};
  auto bytes = from_base64url(token).value_or(std::string());
  auto half = bytes.size() / 2;
  if (bytes.size() % 2 != 0 || (half != seal_bytes && half != 2 * seal_bytes)) return {};
  return combined(bytes.substr(half), bytes);
}

}  // namespace

std::string CsrfTokens::seal(std::string_view text) const {
  return hmac_sha256(key_, text).substr(0, seal_bytes);
}

// A seal of the browser, and for a person another seal of both.
std::string CsrfTokens::seals(std::string_view browser, std::string_view person) const {
  auto bytes = seal(browser);
  if (!person.empty()) bytes += seal(std::string(browser).append("|").append(person));
  return bytes;
}

// The pad and the seals combined with it by XOR, in this order.
std::string CsrfTokens::token(std::string_view browser, std::string_view person, std::string_view pad) const {
  auto bytes = seals(browser, person);
  pad = pad.substr(0, bytes.size());
  return to_base64url(std::string(pad) + combined(bytes, pad));
}

MadeFor CsrfTokens::made_for(std::string_view token, std::string_view browser,
                             std::string_view person) const {
  auto bytes = unmasked(token);
  if (browser.empty() || !equal_constant_time(bytes.substr(0, seal_bytes), seal(browser)))
    return MadeFor::another_browser;
  if (bytes.size() == seal_bytes) return MadeFor::stranger;
  bool is_this = !person.empty() && equal_constant_time(bytes, seals(browser, person));
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

void refuse_cross_site(const HttpRequest& request, std::string_view public_url) {
  bool proves_itself = is_bearer(request.headers.get("Authorization")) || request.path.starts_with("/hooks/");
  if (!is_unsafe(request.method) || proves_itself || !is_from_elsewhere(request, public_url)) return;
  throw Error(ErrorCode::forbidden, "cross_site", "Another site may not send this.");
}

bool is_unsafe(std::string_view method) { return method != "GET" && method != "HEAD" && method != "OPTIONS"; }

}  // namespace bramble::edge
