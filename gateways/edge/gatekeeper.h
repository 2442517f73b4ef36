// Who may come in: the hooks that both gateways give their Router. Authenticates by access token, demands the
// route's roles, and limits by address and by principal.
#pragma once

#include "gateways/edge/rate_limit.h"
#include "gateways/edge/router.h"
#include "gateways/edge/token_verifier.h"
#include "runtime/module.h"

namespace bramble::edge {

class Gatekeeper {
 public:
  // Settings of the gateway's section: address_per_s, principal_per_s.
  Gatekeeper(ModuleHost& host, std::string audience, auth::AuthApi& auth);

  RouterHooks hooks();

 private:
  Caller authenticate(const RouteInfo& info, const HttpRequest& request);
  Task<void> fetch_keys(Call call);

  auth::AuthApi& auth_;
  TokenVerifier verifier_;
  RateLimit by_address_;
  RateLimit by_principal_;
  bool limit_loopback_;
};

}  // namespace bramble::edge
