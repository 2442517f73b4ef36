// Cookies as headers carry them: reading one from a request, writing one into an answer. Every cookie of ours
// is for the whole site, SameSite=Lax, and not to be read by scripts. Over TLS its name begins with
// "__Host-", so that no neighbour's subdomain can plant one: browsers hold to that with Secure alone.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "ports/http.h"

namespace bramble::edge {

// The value of the first cookie of exactly that name in a Cookie header; empty if there is none.
std::string_view cookie_of(std::string_view header, std::string_view name);

// The value of our cookie of that name.
std::string_view own_cookie(const HttpRequest& request, std::string_view name);

// A Set-Cookie value for the one who made the request. `life` of zero: until the browser is closed; below
// zero: the cookie goes at once. The value must be made of characters that cookies may have.
std::string cookie_text(const HttpRequest& request, std::string_view name, std::string_view value,
                        Duration life);

}  // namespace bramble::edge
