#include "gateways/edge/csrf.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "base/error.h"
#include "base/text.h"

namespace bramble::edge {
namespace {

std::string_view authority_of(std::string_view url) {
  auto begin = url.find("://");
  if (begin == std::string_view::npos) return {};
  url.remove_prefix(begin + 3);
  return url.substr(0, url.find('/'));
}

}  // namespace

std::string CsrfTokens::token(std::string_view browser, std::string_view person) const {
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  std::string text;
  text.append(browser).append("|").append(person);
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum;
  unsigned int length = 0;
  auto* done = HMAC(sha256, key_.data(), static_cast<int>(key_.size()),
                    reinterpret_cast<const unsigned char*>(text.data()), text.size(), sum.data(), &length);
  if (done == nullptr) throw Error(ErrorCode::internal, "no_hmac", "HMAC-SHA-256 failed");
  return to_base64url({reinterpret_cast<const char*>(sum.data()), length});
}

bool CsrfTokens::is_token(std::string_view given, std::string_view browser, std::string_view person) const {
  return !browser.empty() && equal_constant_time(given, token(browser, person));
}

bool is_from_elsewhere(const HttpRequest& request, std::string_view public_url) {
  auto site = request.headers.get("Sec-Fetch-Site");
  if (!site.empty()) return site != "same-origin" && site != "none";
  auto origin = request.headers.get("Origin");
  if (origin.empty()) return false;
  auto authority = authority_of(origin);
  return authority.empty() ||
         (authority != request.headers.get("Host") && authority != authority_of(public_url));
}

bool is_unsafe(std::string_view method) { return method != "GET" && method != "HEAD" && method != "OPTIONS"; }

}  // namespace bramble::edge
