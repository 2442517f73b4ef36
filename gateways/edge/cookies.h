// Reads cookies from a request and writes them into an answer. Every cookie of ours is for the whole site,
// SameSite=Lax and hidden from scripts. Over TLS its name begins with "__Host-", so that another subdomain
// cannot plant it.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "ports/http.h"

namespace bramble::edge {

// The value of the first cookie of this name in a Cookie header; empty if there is none.
std::string_view cookie_of(std::string_view header, std::string_view name);

// The value of our own cookie of this name, which has the prefix over TLS.
std::string_view own_cookie(const HttpRequest& request, std::string_view name);

// A Set-Cookie value. `life` of zero: until the browser closes; below zero: deletes the cookie. The value may
// hold only characters that cookies may have.
std::string cookie_text(const HttpRequest& request, std::string_view name, std::string_view value,
                        Duration life);

}  // namespace bramble::edge
