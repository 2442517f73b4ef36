// The API routes of signing in and out.
#pragma once

#include "gateways/storefront/services.h"
#include "gateways/storefront/storefront.routes.h"

namespace bramble::storefront {

class AccountRoutes {
 public:
  explicit AccountRoutes(const Services& services) : auth_(services.auth), cart_(services.cart) {}

  Task<auth::Challenge> request_code(edge::HttpCall& http, CodeRequest request);
  Task<auth::Tokens> issue_tokens(edge::HttpCall& http, TokenRequest request);
  Task<Empty> sign_out(edge::HttpCall& http, SignOutRequest request);
  Task<auth::JwksReply> jwks(edge::HttpCall& http);

 private:
  auth::AuthApi& auth_;
  cart::CartApi& cart_;
};

}  // namespace bramble::storefront
