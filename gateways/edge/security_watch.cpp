#include "gateways/edge/security_watch.h"

#include "base/error.h"
#include "base/ip_address.h"

namespace bramble::edge {
namespace {

constexpr std::size_t most_counts = 1'000;
// Fewer a minute from one place are tokens that have expired, which is normal.
constexpr std::int64_t fewest_unauthenticated = 5;

std::string_view kind_of(int status) {
  switch (status) {
    case 401: return "unauthenticated";
    case 403: return "forbidden";
    case 429: return "throttled";
    default: return {};
  }
}

// A request without credentials is a visitor who has not signed in.
bool shows_credentials(const HttpRequest& request) {
  return request.headers.has("Authorization") || request.headers.has("Cookie") || request.method == "POST";
}

}  // namespace

void SecurityWatch::see(const RouteInfo& info, const HttpCall& http, int status, std::string_view code) {
  auto kind = kind_of(status);
  if (kind.empty() || (status == 401 && !shows_credentials(*http.request))) return;
  const auto& call = http.call;
  // A whole IPv6 network counts as one, so that it cannot use up all counts.
  Name name(kind, call.caller.id.empty() ? one_client(http.request->remote_address) : call.caller.id,
            info.name, code);
  auto found = counts_.find(name);
  if (found == counts_.end()) {
    if (counts_.size() >= most_counts - 1) {
      ++overflow_;
      return;
    }
    found = counts_.emplace(std::move(name), RefusalCount{}).first;
  }
  ++found->second.times;
  found->second.address = http.request->remote_address;
}

security::NoteRequest SecurityWatch::taken() {
  security::NoteRequest request;
  for (auto& [name, count] : std::exchange(counts_, {})) {
    const auto& [kind, who, route, code] = name;
    if (kind == "unauthenticated" && count.times < fewest_unauthenticated) continue;
    auto principal = UserId::parse(who) ? who : std::string();
    request.sightings.push_back({kind, principal, std::move(count.address), route, code, count.times});
  }
  if (auto more = std::exchange(overflow_, 0); more > 0) {
    request.sightings.push_back({"overflow", "", "", "", "more kinds of refusals than are counted", more});
  }
  return request;
}

void SecurityWatch::put_back(const security::NoteRequest& request) {
  for (const auto& one : request.sightings) {
    if (one.kind == "overflow" || counts_.size() >= most_counts - 1) {
      overflow_ += one.times;
      continue;
    }
    auto& count = counts_[{one.kind, one.principal.empty() ? one_client(one.address) : one.principal,
                           one.subject, one.detail}];
    count.times += one.times;
    count.address = one.address;
  }
}

Task<void> SecurityWatch::tell(Call call) {
  auto request = taken();
  if (request.sightings.empty()) co_return;
  std::exception_ptr failure;
  try {
    co_await log_.note(std::move(call), request);
  } catch (...) {
    failure = std::current_exception();
  }
  if (!failure) co_return;
  put_back(request);
  std::rethrow_exception(failure);
}

}  // namespace bramble::edge
