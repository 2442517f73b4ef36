// Cookies as headers carry them: reading one from a request, writing one into an answer. Every cookie of ours
// is for the whole site, SameSite=Lax, and not to be read by scripts.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace bramble::edge {

// The value of the first cookie of that name in a Cookie header; empty if there is none.
std::string_view cookie_of(std::string_view header, std::string_view name);

// A Set-Cookie value. `life` of zero: until the browser is closed; below zero: the cookie goes at once. The
// value must be made of characters that cookies may have.
std::string cookie_text(std::string_view name, std::string_view value, Duration life, bool secure);

}  // namespace bramble::edge
