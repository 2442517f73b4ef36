// The keys that sign access tokens (ES256). They are derived from one secret seed and the number of the
// month, so they rotate by themselves, are the same in every process, and are stored nowhere.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/time.h"
#include "services/auth/auth.api.h"

struct evp_pkey_st;

namespace bramble::auth {

class SigningKeys {
 public:
  SigningKeys(std::string seed, Duration period) : seed_(std::move(seed)), period_(period) {}

  // "header.claims.signature" with the key of this moment. `claims` is a JSON object.
  std::string sign(const std::string& claims, Time now);
  // The keys whose tokens may be met now: the one before, the present and the next.
  std::vector<Jwk> jwks(Time now);

 private:
  struct Key {
    std::int64_t number = -1;
    std::shared_ptr<evp_pkey_st> key;
    Jwk jwk;
    std::string header;  // of its tokens, encoded
  };

  const Key& key_of(std::int64_t number);
  std::int64_t number_at(Time now) const { return now.us / period_.us; }

  std::string seed_;
  Duration period_;
  std::vector<Key> keys_;
};

}  // namespace bramble::auth
