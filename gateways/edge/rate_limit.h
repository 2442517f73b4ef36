// How often somebody may ask: a bucket of tokens per name, refilled by time. Counts live in this process
// only.
#pragma once

#include <string>
#include <unordered_map>

#include "ports/clock.h"
#include "ports/http.h"

namespace bramble::edge {

struct RateRule {
  std::string name;  // in RateLimit-Policy: "principal"
  std::int64_t per_second = 0;
  std::int64_t burst = 0;
};

class RateLimit {
 public:
  RateLimit(const Clock& clock, RateRule rule) : clock_(clock), rule_(std::move(rule)) {}

  // Takes a token. Throws Error exhausted "too_many_requests", and says in `headers` how the limit stands.
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

}  // namespace bramble::edge
