// Which access tokens have been ended before their time. Auth decides it; this is a copy, fetched every few
// seconds, so that checking a token asks nobody. What was ended a moment ago is refused as soon as the next
// copy is here.
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
  // `patience`: how long it goes on with the copy it has while auth cannot be asked.
  Revocations(auth::AuthApi& auth, const Clock& clock, Duration patience);

  // Learns what is new. Throws what auth throws.
  Task<void> fetch(Call call);

  // Throws Error unauthenticated "invalid_token" for a session that was ended, and Error unavailable
  // "revocations_unknown" when the copy is too old to tell.
  void check(const std::string& user, const SessionMark& session) const;
  // True too when the token has come to its own end.
  bool has_ended(const std::string& user, const SessionMark& session) const;

  // For what goes on after its request was let in. `ended` is called at most once, from `fetch`, and not
  // after what is returned is gone.
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
