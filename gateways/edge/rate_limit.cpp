#include "gateways/edge/rate_limit.h"

#include <algorithm>

#include "base/error.h"

namespace bramble::edge {
namespace {

// Beyond that number, full buckets are dropped, because nobody uses them.
constexpr std::size_t most_buckets = 100'000;

}  // namespace

void RateLimit::take(const std::string& who, HttpHeaders& headers) {
  auto now = clock_.now();
  auto burst = static_cast<double>(rule_.burst);
  auto rate = static_cast<double>(rule_.per_second);
  if (buckets_.size() >= most_buckets) {
    std::erase_if(buckets_, [&](const auto& entry) {
      auto idle = static_cast<double>((now - entry.second.filled_at).us) / 1e6;
      return entry.second.tokens + idle * rate >= burst;
    });
    // All of them busy is an attack by many: start over rather than grow.
    if (buckets_.size() >= most_buckets) buckets_.clear();
  }
  auto [found, is_new] = buckets_.try_emplace(who, Bucket{burst, now});
  auto& bucket = found->second;
  auto passed = static_cast<double>(std::max<std::int64_t>(0, (now - bucket.filled_at).us)) / 1e6;
  bucket.tokens = std::min(burst, bucket.tokens + passed * rate);
  bucket.filled_at = now;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return;
  }
  headers.set("RateLimit", "\"" + rule_.name + "\";r=0;t=1");
  headers.set("RateLimit-Policy",
              "\"" + rule_.name + "\";q=" + std::to_string(rule_.burst) +
                  ";w=" + std::to_string(std::max<std::int64_t>(1, rule_.burst / rule_.per_second)));
  throw Error(ErrorCode::exhausted, "too_many_requests", "Too many requests; wait a second.");
}

auth::Origin origin_of(const HttpCall& http) { return {http.request->remote_address, http.address_limited}; }

std::string limited_address(const HttpCall& http) {
  return http.address_limited ? http.request->remote_address : std::string();
}

void tell_wait(const Error& error, std::string_view limit, HttpHeaders& headers) {
  if (error.fields.empty() || error.fields.front().code != "wait_s") return;
  const auto& wait_s = error.fields.front().detail;
  auto name = "\"" + std::string(limit) + "\"";
  headers.set("Retry-After", wait_s);
  headers.set("RateLimit", name + ";r=0;t=" + wait_s);
  headers.set("RateLimit-Policy", name + ";q=1;w=" + wait_s);
}

}  // namespace bramble::edge
