// Verifies access tokens: ES256 JWTs, with the public keys of auth. A verified token is cached until it
// expires, because checking a signature costs more than the rest of a request.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/call.h"
#include "gateways/edge/route.h"
#include "ports/clock.h"
#include "services/auth/auth.api.h"

struct evp_pkey_st;

namespace bramble::edge {

class TokenVerifier {
 public:
  // Accepts tokens of this audience only: "storefront" or "ops".
  TokenVerifier(const Clock& clock, std::string audience) : clock_(clock), audience_(std::move(audience)) {}

  // Replaces all keys.
  void set_keys(const std::vector<auth::Jwk>& keys);

  // The reference is valid until the next call. Throws Error unauthenticated "invalid_token".
  struct VerifiedToken {
    Caller caller;
    SessionMark session;
  };
  const VerifiedToken& verify(const std::string& token);

 private:
  struct Key {
    std::string kid;
    std::shared_ptr<evp_pkey_st> key;
  };

  VerifiedToken check(std::string_view token) const;
  bool is_signed(std::string_view signed_part, std::string_view signature, std::string_view kid) const;

  const Clock& clock_;
  std::string audience_;
  std::vector<Key> keys_;
  std::unordered_map<std::string, VerifiedToken> verified_;
};

// Whether the header names the scheme that no browser adds by itself.
bool is_bearer(std::string_view authorization);

// The token of "Authorization: Bearer …"; empty without the header. Throws Error unauthenticated for another
// scheme.
std::string bearer_token(std::string_view authorization);

}  // namespace bramble::edge
