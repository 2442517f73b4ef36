// The hooks that both gateways give their Router. They authenticate by access token (programs send it as a
// bearer token, browsers as a cookie), check the route's roles, and limit by address and by principal. A
// page of another site changes nothing; a browser with a session must also send its CSRF token.
#pragma once

#include "gateways/edge/browser_session.h"
#include "gateways/edge/rate_limit.h"
#include "gateways/edge/revocations.h"
#include "gateways/edge/router.h"
#include "gateways/edge/security_watch.h"
#include "gateways/edge/token_verifier.h"
#include "runtime/module.h"

namespace bramble::edge {

class RequestGuard {
 public:
  // Settings of the gateway's section: address_per_s, hook_per_s, principal_per_s, limit_loopback,
  // revocation_patience_s; secret csrf_key.
  // People reach the gateway at `public_url`.
  RequestGuard(ModuleHost& host, std::string audience, const std::string& public_url, auth::AuthApi& auth,
               security::SecurityApi& security);

  RouterHooks hooks();
  BrowserSession& session() { return session_; }
  Revocations& revocations() { return revocations_; }
  // People reach the gateway over TLS.
  bool is_secure() const { return session_.public_url().starts_with("https:"); }

 private:
  void limit_address(const RouteInfo& info, HttpCall& http);
  Task<Caller> authenticate(const RouteInfo& info, HttpCall& http);
  Task<std::optional<Caller>> caller_by_cookie(const RouteInfo& info, HttpCall& http);
  // The token's caller; stores the session in `http`. Throws Error unauthenticated for a bad or ended token.
  Caller checked(const std::string& access_token, HttpCall& http);
  std::optional<Caller> checked_if_good(const std::string& access_token, HttpCall& http);
  void follow_revocations(ModuleHost& host, const std::string& gateway);
  Task<void> fetch_keys(Call call);

  auth::AuthApi& auth_;
  TokenVerifier verifier_;
  Revocations revocations_;
  SecurityWatch watch_;
  BrowserSession session_;
  RateLimit by_address_;
  RateLimit by_caller_of_hooks_;
  RateLimit by_principal_;
  bool limit_loopback_;
};

}  // namespace bramble::edge
