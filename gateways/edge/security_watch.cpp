#include "gateways/edge/security_watch.h"

#include "base/error.h"
#include "base/ip_address.h"

namespace bramble::edge {
namespace {

constexpr std::size_t most_seen = 1'000;
// Fewer from one place within a minute are tokens that have ended, as they all do.
constexpr std::int64_t fewest_unauthenticated = 5;

std::string_view kind_of(int status) {
  switch (status) {
    case 401: return "unauthenticated";
    case 403: return "forbidden";
    case 429: return "throttled";
    default: return {};
  }
}

// Who has shown nothing is a visitor who has not signed in yet.
bool shows_credentials(const HttpRequest& request) {
  return request.headers.has("Authorization") || request.headers.has("Cookie") || request.method == "POST";
}

}  // namespace

void SecurityWatch::see(const RouteInfo& info, const HttpCall& http, int status, std::string_view code) {
  auto kind = kind_of(status);
  if (kind.empty() || (status == 401 && !shows_credentials(*http.request))) return;
  const auto& call = http.call;
  // One with a whole IPv6 network must not take all the room with its addresses.
  Name name(kind, call.caller.id.empty() ? one_client(http.request->remote_address) : call.caller.id,
            info.name, code);
  auto found = seen_.find(name);
  if (found == seen_.end()) {
    if (seen_.size() >= most_seen - 1) {
      ++overflow_;
      return;
    }
    found = seen_.emplace(std::move(name), Seen{}).first;
  }
  ++found->second.times;
  found->second.address = http.request->remote_address;
}

security::NoteRequest SecurityWatch::taken() {
  security::NoteRequest request;
  for (auto& [name, seen] : std::exchange(seen_, {})) {
    const auto& [kind, who, route, code] = name;
    if (kind == "unauthenticated" && seen.times < fewest_unauthenticated) continue;
    auto principal = UserId::parse(who) ? who : std::string();
    request.sightings.push_back({kind, principal, std::move(seen.address), route, code, seen.times});
  }
  if (auto more = std::exchange(overflow_, 0); more > 0) {
    request.sightings.push_back({"overflow", "", "", "", "more kinds of refusals than are counted", more});
  }
  return request;
}

void SecurityWatch::put_back(const security::NoteRequest& request) {
  for (const auto& one : request.sightings) {
    if (one.kind == "overflow" || seen_.size() >= most_seen - 1) {
      overflow_ += one.times;
      continue;
    }
    auto& seen = seen_[{one.kind, one.principal.empty() ? one_client(one.address) : one.principal,
                        one.subject, one.detail}];
    seen.times += one.times;
    seen.address = one.address;
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
