// The PROXY protocol (HAProxy's, versions 1 and 2): what a proxy says of its client before the first byte of
// HTTP or TLS.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/ip_address.h"

namespace bramble::http {

enum class ProxyHeaderState { incomplete, complete, malformed };

struct ProxyHeader {
  ProxyHeaderState state = ProxyHeaderState::incomplete;
  std::size_t bytes = 0;                 // how long it is, when complete
  std::optional<IpAddress> client = {};  // none: the proxy speaks for itself (LOCAL, UNKNOWN)
};

// The longest that is read: an address and whatever a proxy adds (TLS, names), which is skipped.
constexpr std::size_t longest_proxy_header = 4'096;

// Reads the beginning of a connection.
ProxyHeader read_proxy_header(std::string_view bytes);

}  // namespace bramble::http
