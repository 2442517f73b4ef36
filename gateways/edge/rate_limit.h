// A rate limit: a token bucket per name, refilled by time. Counts live in this process only.
#pragma once

#include <string>
#include <unordered_map>

#include "base/error.h"
#include "gateways/edge/route.h"
#include "ports/clock.h"
#include "services/auth/auth.api.h"

namespace bramble::edge {

struct RateRule {
  std::string name;  // in RateLimit-Policy: "principal"
  std::int64_t per_second = 0;
  std::int64_t burst = 0;
};

class RateLimit {
 public:
  RateLimit(const Clock& clock, RateRule rule) : clock_(clock), rule_(std::move(rule)) {}

  // Takes a token and writes the state of the limit into `headers`. Throws Error exhausted
  // "too_many_requests".
  void take(const std::string& who, HttpHeaders& headers);

 private:
  struct Bucket {
    double tokens = 0;
    Time filled_at;
  };

  const Clock& clock_;
  RateRule rule_;
  std::unordered_map<std::string, Bucket> buckets_;
};

// The origin of a request, for auth's limits and for the security log.
auth::Origin origin_of(const HttpCall& http);

// The client's address; empty if limits by address do not apply.
std::string limited_address(const HttpCall& http);

// Writes the time to wait into `headers`, if the error has it in a field error of code "wait_s". `limit` is
// the name in RateLimit-Policy.
void tell_wait(const Error& error, std::string_view limit, HttpHeaders& headers);

}  // namespace bramble::edge
