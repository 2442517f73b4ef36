#include "gateways/storefront/account/account_routes.h"

#include "base/error.h"
#include "gateways/edge/rate_limit.h"
#include "gateways/storefront/cart/cart_token.h"

namespace bramble::storefront {

Task<auth::Challenge> AccountRoutes::request_code(edge::HttpCall& http, CodeRequest request) {
  try {
    co_return co_await auth_.request_code(http.call, {request.phone, edge::origin_of(http)});
  } catch (const Error& error) {
    if (error.code == ErrorCode::exhausted) edge::tell_wait(error, "codes", http.headers);
    throw;
  }
}

Task<auth::Tokens> AccountRoutes::issue_tokens(edge::HttpCall& http, TokenRequest request) {
  if (request.grant_type == "refresh_token") {
    co_return co_await auth_.refresh(http.call, {request.refresh_token, "storefront", edge::origin_of(http)});
  }
  auth::Tokens tokens;
  try {
    tokens = co_await auth_.exchange_code(http.call,
                                          {request.challenge_id, request.code, {}, edge::origin_of(http)});
  } catch (const Error& error) {
    if (error.code == ErrorCode::exhausted) edge::tell_wait(error, "wrong_codes", http.headers);
    throw;
  }
  // The guest's cart becomes part of the account's cart.
  if (auto token = cart_token_of(*http.request); !token.empty()) {
    co_await cart_.merge(http.call, {token, tokens.user.user_id.text()});
  }
  co_return tokens;
}

Task<Empty> AccountRoutes::sign_out(edge::HttpCall& http, SignOutRequest request) {
  co_return co_await auth_.revoke(http.call, {request.refresh_token, edge::origin_of(http)});
}

Task<auth::JwksReply> AccountRoutes::jwks(edge::HttpCall& http) {
  http.headers.add("Cache-Control", "public, max-age=300");
  co_return co_await auth_.jwks(http.call, {});
}

}  // namespace bramble::storefront
