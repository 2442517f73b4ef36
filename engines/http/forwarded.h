// Who is behind a proxy that we trust: read from the one header that it is configured to set, from right to
// left, as far as trusted proxies wrote it. What a client wrote itself into the header stands further left
// and is never believed.
#pragma once

#include <optional>

#include "base/ip_address.h"
#include "ports/http.h"

namespace bramble::http {

struct BehindProxy {
  IpAddress address;
  std::optional<bool> secure;  // whether the client came over TLS, if the proxy says
};

// `peer` is who speaks to us, and is trusted.
BehindProxy behind_proxy(const HttpHeaders& headers, const IpAddress& peer, const ProxyRules& rules);

// An address as these headers write it: "192.0.2.1", "192.0.2.1:80", "2001:db8::1", "[2001:db8::1]:80".
std::optional<IpAddress> forwarded_address(std::string_view text);

}  // namespace bramble::http
