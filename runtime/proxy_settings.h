// The proxies in front of our servers, from [server]: trusted_proxies, forwarded_header, proxy_protocol.
#pragma once

#include <set>
#include <string>

#include "ports/http.h"
#include "runtime/settings.h"

namespace bramble {

struct ProxySettings {
  ProxyRules rules;
  std::set<std::string> with_protocol;  // modules whose servers use the PROXY protocol

  ProxyRules rules_of(const std::string& module) const;
};

// Throws Error invalid that names the setting.
ProxySettings read_proxy_settings(Settings& settings);

}  // namespace bramble
