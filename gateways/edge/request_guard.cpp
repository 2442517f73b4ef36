#include "gateways/edge/request_guard.h"

#include "base/error.h"
#include "base/ip_address.h"
#include "gateways/edge/role_check.h"

namespace bramble::edge {
namespace {

RateRule rule(ModuleHost& host, std::string name, std::int64_t per_second) {
  auto rate = host.setting(name + "_per_s", per_second, 1, 1'000'000);
  return {std::move(name), rate, rate * 2};
}

// Without a limit on loopback only practice is possible: behind a proxy that trusted_proxies does not name,
// every visitor would come from loopback.
bool limit_loopback(ModuleHost& host) {
  bool limit = host.setting("limit_loopback", !host.sandboxed());
  if (!limit && !host.sandboxed())
    throw_invalid(host.name() + ".limit_loopback", "not_allowed", "false only while the sandbox runs");
  return limit;
}

}  // namespace

RequestGuard::RequestGuard(ModuleHost& host, std::string audience, const std::string& public_url,
                           auth::AuthApi& auth, security::SecurityApi& security)
    : auth_(auth),
      verifier_(host.clock(), audience),
      revocations_(auth, host.clock(), seconds(host.setting("revocation_patience_s", 300, 10, 86'400))),
      watch_(security),
      session_(host.clock(), host.random(), auth,
               {std::move(audience), public_url, host.secret("csrf_key", 32)}),
      by_address_(host.clock(), rule(host, "address", 200)),
      by_caller_of_hooks_(host.clock(), rule(host, "hook", 2'000)),
      by_principal_(host.clock(), rule(host, "principal", 2'000)),
      limit_loopback_(limit_loopback(host)) {
  host.on_ready([this](Call call) { return fetch_keys(std::move(call)); });
  host.repeat("fetch-keys", seconds(30), [this](Call call) { return fetch_keys(std::move(call)); });
  host.repeat("tell-security", minutes(1), [this](Call call) { return watch_.tell(std::move(call)); });
  follow_revocations(host, host.name());
}

void RequestGuard::follow_revocations(ModuleHost& host, const std::string& gateway) {
  auto fetch = [this](Call call) { return revocations_.fetch(std::move(call)); };
  host.on_ready(fetch);
  host.repeat("fetch-revocations", seconds(2), fetch);
  host.add_health_line([this, gateway] { return revocations_.health(gateway); });
  host.metrics().gauge("bramble_revocations_age_seconds",
                       "Seconds since the list of ended sessions was last fetched.",
                       [this] { return static_cast<double>(revocations_.age().us) / 1e6; },
                       {{"gateway", gateway}});
  host.metrics().gauge("bramble_revocations", "Ended sessions whose tokens may still be in use.",
                       [this] { return static_cast<double>(revocations_.size()); }, {{"gateway", gateway}});
}

Task<void> RequestGuard::fetch_keys(Call call) {
  auto keys = co_await auth_.jwks(std::move(call), {});
  verifier_.set_keys(keys.keys);
}

Caller RequestGuard::checked(const std::string& access_token, HttpCall& http) {
  const auto& token = verifier_.verify(access_token);
  revocations_.check(token.caller.id, token.session);
  http.session = token.session;
  return token.caller;
}

std::optional<Caller> RequestGuard::checked_if_good(const std::string& access_token, HttpCall& http) {
  if (access_token.empty()) return std::nullopt;
  try {
    return checked(access_token, http);
  } catch (const Error& error) {
    if (error.code != ErrorCode::unauthenticated) throw;
    return std::nullopt;
  }
}

Task<std::optional<Caller>> RequestGuard::caller_by_cookie(const RouteInfo& info, HttpCall& http) {
  const auto& request = *http.request;
  auto access_token = session_.access_token(request);
  if (access_token.empty() && !session_.has_refresh_token(request)) co_return std::nullopt;
  auto caller = checked_if_good(access_token, http);
  // An incomplete account may be complete by now, with this cookie left from another tab's earlier answer.
  if (!caller || (is_incomplete(*caller) && !is_for_own_account(info))) {
    caller.reset();
    auto tokens = co_await session_.renew(http);
    if (tokens) caller = checked_if_good(tokens->access_token, http);
  }
  // Pages check the token of a form where they read the form.
  if (!caller || info.page) co_return caller;
  http.call.caller = *caller;
  if (is_unsafe(request.method)) session_.check_csrf(http, info.auth, request.headers.get("X-CSRF-Token"));
  http.headers.add("X-CSRF-Token", session_.csrf_token(http));
  co_return caller;
}

Task<Caller> RequestGuard::authenticate(const RouteInfo& info, HttpCall& http) {
  if (info.auth == Auth::nobody) co_return Caller{};
  auto bearer = bearer_token(http.request->headers.get("Authorization"));
  std::optional<Caller> caller;
  if (!bearer.empty()) {
    caller = checked(bearer, http);
  } else {
    caller = co_await caller_by_cookie(info, http);
  }
  if (!caller) {
    if (info.auth == Auth::optional) co_return Caller{};
    throw Error(ErrorCode::unauthenticated, "unauthenticated", "Sign in first: send an access token.");
  }
  http.call.caller = *caller;
  check_role(info, *caller);
  co_return std::move(*caller);
}

void RequestGuard::limit_address(const RouteInfo& info, HttpCall& http) {
  const auto& address = http.request->remote_address;
  http.address_limited = limit_loopback_ || !is_loopback(address);
  if (!http.address_limited) return;
  // Buyers behind the bank's address, or behind a proxy that is not configured, cannot use up the bank's
  // limit.
  auto& limit = info.path.starts_with("/hooks/") ? by_caller_of_hooks_ : by_address_;
  limit.take(one_client(address), http.headers);
}

RouterHooks RequestGuard::hooks() {
  RouterHooks hooks;
  hooks.admit = [this](const RouteInfo& info, HttpCall& http) {
    limit_address(info, http);
    refuse_cross_site(*http.request, session_.public_url());
  };
  hooks.authenticate = [this](const RouteInfo& info, HttpCall& http) { return authenticate(info, http); };
  hooks.limit = [this](const RouteInfo&, HttpCall& http) {
    if (!http.call.caller.id.empty()) by_principal_.take(http.call.caller.id, http.headers);
  };
  hooks.failed = [this](const RouteInfo& info, const HttpCall& http, int status, std::string_view code) {
    watch_.see(info, http, status, code);
  };
  return hooks;
}

}  // namespace bramble::edge
