#include "gateways/edge/gatekeeper.h"

#include "base/error.h"

namespace bramble::edge {
namespace {

RateRule rule(ModuleHost& host, std::string name, std::int64_t per_second) {
  auto rate = host.setting(name + "_per_s", per_second, 1, 1'000'000);
  return {std::move(name), rate, rate * 2};
}

bool is_loopback(std::string_view address) { return address.starts_with("127.") || address == "::1"; }

}  // namespace

Gatekeeper::Gatekeeper(ModuleHost& host, std::string audience, auth::AuthApi& auth)
    : auth_(auth),
      verifier_(host.clock(), std::move(audience)),
      by_address_(host.clock(), rule(host, "address", 200)),
      by_principal_(host.clock(), rule(host, "principal", 2'000)),
      limit_loopback_(host.setting("limit_loopback", true)) {
  host.on_ready([this](Call call) { return fetch_keys(std::move(call)); });
  host.repeat("fetch-keys", seconds(30), [this](Call call) { return fetch_keys(std::move(call)); });
}

Task<void> Gatekeeper::fetch_keys(Call call) {
  auto keys = co_await auth_.jwks(std::move(call), {});
  verifier_.set_keys(keys.keys);
}

Caller Gatekeeper::authenticate(const RouteInfo& info, const HttpRequest& request) {
  if (info.auth == Auth::nobody) return {};
  auto token = bearer_token(request.headers.get("Authorization"));
  if (token.empty()) {
    if (info.auth == Auth::optional) return {};
    throw Error(ErrorCode::unauthenticated, "unauthenticated", "Sign in first: send an access token.");
  }
  auto caller = verifier_.verify(token);
  bool has_role =
      info.roles.empty() || std::any_of(info.roles.begin(), info.roles.end(),
                                        [&](std::string_view role) { return caller.has_role(role); });
  if (!has_role) throw Error(ErrorCode::forbidden, "forbidden", "Your role does not allow this.");
  return caller;
}

RouterHooks Gatekeeper::hooks() {
  RouterHooks hooks;
  hooks.admit = [this](const RouteInfo&, const HttpRequest& request) {
    if (!limit_loopback_ && is_loopback(request.remote_address)) return;
    HttpHeaders headers;
    by_address_.take(request.remote_address, headers);
  };
  hooks.authenticate = [this](const RouteInfo& info, const HttpRequest& request) {
    return authenticate(info, request);
  };
  hooks.limit = [this](const RouteInfo&, HttpCall& http) {
    if (!http.call.caller.id.empty()) by_principal_.take(http.call.caller.id, http.headers);
  };
  return hooks;
}

}  // namespace bramble::edge
