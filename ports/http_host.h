// Refuses requests that name another host than the server's own. Prevents DNS rebinding: a web page of a
// stranger can make its own name stand for 127.0.0.1 and would read what is meant for this machine alone.
#pragma once

#include <string>
#include <string_view>

#include "ports/http.h"

namespace bramble {

// The host of a Host header or of a URL, without the scheme, the port, a path and the brackets of an IPv6
// address.
std::string_view host_of(std::string_view text);

// "localhost", or an address such as 127.0.0.1 or ::1.
bool is_loopback_name(std::string_view host);

// Answers 421 unless the request's Host is a loopback name or the host of `public_url`. A request without a
// Host does not come from a browser and is answered.
HttpHandler for_own_hosts(HttpHandler handler, std::string_view public_url);

}  // namespace bramble
