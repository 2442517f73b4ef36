#include "runtime/proxy_settings.h"

#include "base/error.h"

namespace bramble {

ProxyRules ProxySettings::rules_of(const std::string& module) const {
  auto own = rules;
  own.protocol = with_protocol.contains(module);
  return own;
}

ProxySettings read_proxy_settings(Settings& settings) {
  ProxySettings proxies;
  for (const auto& text : settings.list("server", "trusted_proxies")) {
    auto network = IpNetwork::parse(text);
    if (!network) {
      throw_invalid("server.trusted_proxies", "malformed",
                    "'" + text + "' is no network: 10.0.0.0/8 and 192.0.2.1 are, 10.0.0.1/8 is not");
    }
    proxies.rules.trusted.push_back(*network);
  }
  auto header = settings.text("server", "forwarded_header", "x-forwarded-for");
  if (header == "forwarded") {
    proxies.rules.header = ForwardedHeader::forwarded;
  } else if (header != "x-forwarded-for") {
    throw_invalid("server.forwarded_header", "not_allowed", "one of x-forwarded-for, forwarded");
  }
  for (auto& module : settings.list("server", "proxy_protocol"))
    proxies.with_protocol.insert(std::move(module));
  if (!proxies.with_protocol.empty() && proxies.rules.trusted.empty()) {
    throw_invalid("server.proxy_protocol", "nobody_trusted",
                  "wants server.trusted_proxies: from whom the PROXY protocol is taken");
  }
  return proxies;
}

}  // namespace bramble
