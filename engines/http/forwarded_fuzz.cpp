// Any headers of a client behind a trusted proxy: whoever it claims to be, the rightmost address that no
// trusted proxy has is who it is.
#include <string>

#include "engines/http/forwarded.h"
#include "testing/require.h"

namespace bramble::http {

void try_headers(const std::string& text) {
  ProxyRules rules{.trusted = {*IpNetwork::parse("10.0.0.0/8")}};
  auto peer = *IpAddress::parse("10.0.0.1");
  for (auto which : {ForwardedHeader::x_forwarded_for, ForwardedHeader::forwarded}) {
    rules.header = which;
    bool standard = which == ForwardedHeader::forwarded;
    HttpHeaders headers;
    auto name = standard ? "Forwarded" : "X-Forwarded-For";
    headers.add(name, text);
    auto behind = behind_proxy(headers, peer, rules);
    require(IpAddress::parse(behind.address.text()) == behind.address);
    // What the proxy beside us wrote cannot be talked away by what stands left of it, in its field or before.
    HttpHeaders appended;
    appended.add(name, text + (standard ? ", for=\"[2001:db8::7]\"" : ", 2001:db8::7"));
    require(behind_proxy(appended, peer, rules).address == *IpAddress::parse("2001:db8::7"));
    headers.add(name, standard ? "for=203.0.113.7" : "203.0.113.7");
    require(behind_proxy(headers, peer, rules).address == *IpAddress::parse("203.0.113.7"));
  }
}

}  // namespace bramble::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  bramble::http::try_headers(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
