// Whose access token it is: ES256 JWTs checked with the keys that auth publishes. A token that was good is
// remembered until it ends, because checking a signature costs more than the rest of a request.
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
  // Takes tokens of this audience only: "storefront" or "ops".
  TokenVerifier(const Clock& clock, std::string audience) : clock_(clock), audience_(std::move(audience)) {}

  // The keys as auth gives them now; the old ones are forgotten.
  void set_keys(const std::vector<auth::Jwk>& keys);

  // Throws Error unauthenticated "invalid_token" for anything but a good token of a person.
  // Valid until the next call.
  struct Known {
    Caller caller;
    SessionMark session;
  };
  const Known& verify(const std::string& token);

 private:
  struct Key {
    std::string kid;
    std::shared_ptr<evp_pkey_st> key;
  };

  Known check(std::string_view token) const;
  bool is_signed(std::string_view signed_part, std::string_view signature, std::string_view kid) const;

  const Clock& clock_;
  std::string audience_;
  std::vector<Key> keys_;
  std::unordered_map<std::string, Known> known_;
};

// The token of "Authorization: Bearer …"; empty without one. Another scheme throws Error unauthenticated.
std::string bearer_token(std::string_view authorization);

}  // namespace bramble::edge
