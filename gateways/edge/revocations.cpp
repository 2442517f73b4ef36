#include "gateways/edge/revocations.h"

#include "base/error.h"

namespace bramble::edge {
namespace {

constexpr std::int64_t page = 1'000;
constexpr int most_pages = 1'000;
constexpr Duration longest_fetch = seconds(5);

}  // namespace

Revocations::Revocations(auth::AuthApi& auth, const Clock& clock, Duration patience)
    : auth_(auth), clock_(clock), patience_(patience), fetched_at_(clock.now()) {}

void Revocations::take(const auth::Revocation& revocation) {
  if (revocation.session) {
    sessions_.insert_or_assign(*revocation.session, revocation.ends_at);
  } else if (revocation.user_id) {
    people_.insert_or_assign(revocation.user_id->text(), Before{revocation.before, revocation.ends_at});
  }
  last_ = std::max(last_, revocation.seq);
}

Task<void> Revocations::fetch(Call call) {
  const auto now = clock_.now();
  call.deadline = std::min(call.deadline, now + longest_fetch);
  try {
    bool news = false;
    for (int pages = 0; pages < most_pages; ++pages) {
      auto reply = co_await auth_.list_revocations(call, {last_, page});
      // The store is older than what we know: it was restored from a copy. Ours is read anew.
      if (reply.last < last_) last_ = 0;
      for (const auto& one : reply.items) take(one);
      news = news || !reply.items.empty();
      if (std::ssize(reply.items) < page) break;
    }
    failing_since_.reset();
    fetched_at_ = now;
    forget_old(now);
    if (news) tell_watchers();
  } catch (...) {
    if (!failing_since_) failing_since_ = now;
    throw;
  }
}

void Revocations::forget_old(Time now) {
  std::erase_if(sessions_, [&](const auto& one) { return one.second <= now; });
  std::erase_if(people_, [&](const auto& one) { return one.second.ends_at <= now; });
}

bool Revocations::is_revoked(const std::string& user, const SessionMark& session) const {
  if (sessions_.contains(session.id)) return true;
  auto person = people_.find(user);
  return person != people_.end() && session.began < person->second.began;
}

bool Revocations::has_ended(const std::string& user, const SessionMark& session) const {
  return session.ends_at <= clock_.now() || is_revoked(user, session);
}

void Revocations::check(const std::string& user, const SessionMark& session) const {
  if (is_revoked(user, session)) {
    throw Error(ErrorCode::unauthenticated, "invalid_token", "The session of this access token has ended.");
  }
  if (failing_since_ && clock_.now() > *failing_since_ + patience_) {
    throw Error(ErrorCode::unavailable, "revocations_unknown", "Sessions cannot be checked at the moment.");
  }
}

void Revocations::tell_watchers() {
  std::vector<std::function<void()>> calls;
  for (auto& one : watched_) {
    if (one.ended && is_revoked(one.user, one.session)) calls.push_back(std::exchange(one.ended, nullptr));
  }
  for (auto& call : calls) call();
}

std::shared_ptr<void> Revocations::watch(std::string user, SessionMark session, std::function<void()> ended) {
  watched_.push_back({std::move(user), std::move(session), std::move(ended)});
  return {nullptr, [this, own = std::prev(watched_.end())](void*) { watched_.erase(own); }};
}

HealthLine Revocations::health(const std::string& gateway) const {
  HealthLine line{"sessions " + gateway, !failing_since_, "ended sessions are known"};
  if (failing_since_) {
    auto for_s = (clock_.now() - *failing_since_).us / 1'000'000;
    line.detail = "auth has not told which sessions were ended for " + std::to_string(for_s) + " s; after " +
                  std::to_string(patience_.us / 1'000'000) + " s nobody is let in";
  }
  return line;
}

}  // namespace bramble::edge
