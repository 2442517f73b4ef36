// A copy of auth's list of access tokens that ended before their time, fetched every few seconds, so that
// checking a token calls nobody. A token that has just ended is refused from the next fetch on.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include "gateways/edge/route.h"
#include "ports/clock.h"
#include "runtime/module.h"
#include "services/auth/auth.api.h"

namespace bramble::edge {

class Revocations {
 public:
  // `patience`: how long an old copy stays in use while auth cannot be reached.
  Revocations(auth::AuthApi& auth, const Clock& clock, Duration patience);

  // Fetches the news since the last fetch. Throws what auth throws.
  Task<void> fetch(Call call);

  // Throws Error unauthenticated "invalid_token" for an ended session, and Error unavailable
  // "revocations_unknown" if the copy is too old.
  void check(const std::string& user, const SessionMark& session) const;
  // Also true if the token has expired.
  bool has_ended(const std::string& user, const SessionMark& session) const;

  // For streams, which go on after the check. `ended` is called at most once, from `fetch`, while the
  // returned object lives.
  std::shared_ptr<void> watch(std::string user, SessionMark session, std::function<void()> ended);

  HealthLine health(const std::string& gateway) const;
  Duration age() const { return clock_.now() - fetched_at_; }
  std::size_t size() const { return sessions_.size() + people_.size(); }

 private:
  struct Watched {
    std::string user;
    SessionMark session;
    std::function<void()> ended;
  };
  struct Before {
    Time began;    // sessions that began before it are ended
    Time ends_at;  // when none of their tokens can be alive any more
  };

  void take(const auth::Revocation& revocation);
  bool is_revoked(const std::string& user, const SessionMark& session) const;
  void forget_old(Time now);
  void tell_watchers();

  auth::AuthApi& auth_;
  const Clock& clock_;
  Duration patience_;
  std::int64_t last_ = 0;
  Time fetched_at_;
  std::optional<Time> failing_since_;
  std::unordered_map<std::string, Time> sessions_;  // and when their tokens have ended by themselves
  std::unordered_map<std::string, Before> people_;
  std::list<Watched> watched_;
};

}  // namespace bramble::edge
