#include "ports/http_host.h"

#include "base/ascii.h"
#include "base/ip_address.h"
#include "ports/http_problem.h"

namespace bramble {
namespace {

Task<HttpResponse> refuse(std::string allowed) {
  co_return problem_response(421, "wrong_host", {},
                             "The Host header names another server. This one answers to " + allowed + ".",
                             {});
}

}  // namespace

std::string_view host_of(std::string_view text) {
  if (auto scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  text = text.substr(0, text.find('/'));
  if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
  return text.substr(0, text.find(':'));
}

bool is_loopback_name(std::string_view host) { return is_same_ascii(host, "localhost") || is_loopback(host); }

HttpHandler for_own_hosts(HttpHandler handler, std::string_view public_url) {
  std::string own(host_of(public_url));
  std::string allowed = "localhost, 127.0.0.1, [::1]";
  if (!own.empty() && !is_loopback_name(own)) allowed += ", " + own;
  return [handler = std::move(handler), own = std::move(own),
          allowed = std::move(allowed)](HttpRequest request) {
    auto host = host_of(request.headers.get("Host"));
    bool is_own = host.empty() || is_loopback_name(host) || is_same_ascii(host, own);
    return is_own ? handler(std::move(request)) : refuse(allowed);
  };
}

}  // namespace bramble
