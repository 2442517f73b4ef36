#include "services/auth/auth_service.h"

#include <algorithm>

#include "base/batches.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/network.h"
#include "base/text.h"
#include "services/auth/security_notes.h"

namespace bramble::auth {
namespace {

constexpr std::int64_t most_failures = 5;
constexpr std::size_t most_earlier = 3;
constexpr std::int64_t phone_shares = 4;  // of a phone's codes, so that no network can ask for all of them
constexpr int most_batches = 1'000;

// Six digits, each as likely as any other.
std::string random_code(Random& random) {
  constexpr std::uint64_t codes = 1'000'000;
  constexpr std::uint64_t fair = UINT64_MAX - UINT64_MAX % codes;
  auto number = random.entropy().low;
  while (number >= fair) number = random.entropy().low;
  auto digits = std::to_string(codes + number % codes);
  return digits.substr(1);
}

[[noreturn]] void refuse(std::string reason, std::string message) {
  throw Error(ErrorCode::unauthenticated, std::move(reason), std::move(message));
}

[[noreturn]] void refuse_for_now(std::string reason, std::string message, std::string field,
                                 const Refusal& refusal) {
  auto wait_s = std::max<std::int64_t>(refusal.wait.us / 1'000'000 + 1, 1);
  throw Error(ErrorCode::exhausted, std::move(reason), std::move(message),
              {{std::move(field), "wait_s", std::to_string(wait_s)}});
}

// Empty where limits by address do not apply.
std::string limited_address(const Origin& origin) { return origin.limited ? origin.address : std::string(); }

}  // namespace

std::string AuthService::code_hash(const ChallengeId& challenge, std::string_view code) const {
  return to_hex(hmac_sha256(settings_.code_key, challenge.text() + ":" + std::string(code)));
}

// Following from the token before, so that the same request again finds the same answer though only hashes
// are stored.
std::string AuthService::token_after(const std::string& refresh_token) const {
  return to_base64url(hmac_sha256(settings_.refresh_key, refresh_token));
}

// What strangers ask for in their networks neither uses up the phone's codes nor makes its owner wait; only
// all of them together end at what a phone gets at most.
std::optional<Refusal> AuthService::phone_refusal(Tx& tx, const std::string& phone,
                                                  const std::string& from) const {
  auto earlier = store_.challenges_since(tx, phone, tx.now() - hours(1));
  if (std::ssize(earlier) >= settings_.codes_per_hour)
    return Refusal{"phone", earlier.back().created_at + hours(1) - tx.now()};
  auto block = networks_of(from).block;
  std::erase_if(earlier, [&](const auto& one) { return networks_of(one.asked_from).block != block; });
  if (earlier.empty() || earlier.front().used) return std::nullopt;
  auto resend_at = earlier.front().created_at + settings_.resend_after;
  if (tx.now() < resend_at) return Refusal{"phone", resend_at - tx.now()};
  std::erase_if(earlier, [](const auto& one) { return one.used; });
  auto share = std::max<std::int64_t>(settings_.codes_per_hour / phone_shares, 1);
  if (from.empty() || std::ssize(earlier) < share) return std::nullopt;
  return Refusal{"phone", earlier[static_cast<std::size_t>(share) - 1].created_at + hours(1) - tx.now()};
}

AuthService::Asked AuthService::new_challenge(Tx& tx, const std::string& phone, const std::string& code,
                                              const std::string& from) const {
  Asked asked;
  asked.refusal = phone_refusal(tx, phone, from);
  if (!asked.refusal) asked.refusal = code_limits_.take_code(tx, from, phone);
  if (asked.refusal) return asked;
  auto& challenge = asked.challenge;
  challenge.challenge_id = new_id<ChallengeId>(clock_, random_, phone);
  challenge.phone = phone;
  challenge.code_hash = code_hash(challenge.challenge_id, code);
  challenge.created_at = tx.now();
  challenge.expires_at = tx.now() + settings_.code_life;
  challenge.asked_from = from;
  store_.add_challenge(tx, challenge);
  return asked;
}

Task<Challenge> AuthService::request_code(Call call, RequestCodeRequest request) {
  auto code = random_code(random_);
  auto asked = co_await database_.transact(call, request.phone, [&](Tx& tx) {
    return new_challenge(tx, request.phone, code, limited_address(request.origin));
  });
  if (asked.refusal) {
    code_limits_.note_refused(*asked.refusal, clock_.now());
    bool sent = asked.refusal->limit == "phone";
    refuse_for_now("too_many_codes",
                   sent ? "a code was sent to this phone a moment ago" : "too many codes are being sent",
                   sent ? "phone" : "network", *asked.refusal);
  }
  const auto& challenge = asked.challenge;
  auto text = "Bramble: ваш код " + code + ". Никому его не говорите. / Your code is " + code + ".";
  std::exception_ptr failure;
  try {
    co_await notifications_.send_sms(call, {challenge.challenge_id.text(), request.phone, std::move(text)});
  } catch (const Error& error) {
    // A provider that does not answer in time may have sent it: the code is good, and it counts.
    if (error.code != ErrorCode::timeout) failure = std::current_exception();
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure) {
    // A code that was not sent keeps nobody waiting for the next one.
    co_await database_.transact(call, request.phone, [&](Tx& tx) {
      if (store_.use_challenge(tx, challenge.challenge_id)) code_limits_.give_back(tx, challenge.asked_from);
    });
    std::rethrow_exception(failure);
  }
  code_limits_.note_sent();
  co_return Challenge{challenge.challenge_id, challenge.expires_at, settings_.resend_after.us / 1'000'000};
}

// The one that is meant first; then those before it, of the same phone.
std::vector<ChallengeRow> AuthService::open_challenges(Tx& tx, const CodeGrant& grant) const {
  std::vector<ChallengeRow> open;
  std::string phone;
  auto add = [&](const ChallengeId& id) {
    auto challenge = store_.find_challenge(tx, id);
    if (!challenge) return;
    if (phone.empty()) phone = challenge->phone;
    bool ended = challenge->used || challenge->failures >= most_failures || tx.now() >= challenge->expires_at;
    if (!ended && challenge->phone == phone) open.push_back(std::move(*challenge));
  };
  add(grant.challenge_id);
  auto earlier = std::min(grant.earlier.size(), most_earlier);
  for (std::size_t i = 0; i < earlier; ++i) {
    if (grant.earlier[i] != grant.challenge_id) add(grant.earlier[i]);
  }
  return open;
}

// Wrong codes are counted even though the request fails, so this is a value and not an exception.
AuthService::Tried AuthService::try_code(Tx& tx, const CodeGrant& grant) const {
  Tried session;
  auto from = limited_address(grant.origin);
  auto open = open_challenges(tx, grant);
  if (open.empty()) {
    session.verdict = Verdict::ended;
    return session;
  }
  const auto phone = open.front().phone;
  auto is_tried = [](const ChallengeRow& challenge) { return challenge.failures > 0; };
  session.refusal = code_limits_.wrong_refusal(tx, from, phone, false);
  if (session.refusal && !code_limits_.wrong_refusal(tx, from, phone, true)) {
    std::erase_if(open, is_tried);
    if (!open.empty()) session.refusal.reset();
  }
  if (session.refusal) {
    session.verdict = Verdict::slowed;
    return session;
  }
  const ChallengeRow* right = nullptr;
  for (const auto& challenge : open) {
    bool equal = equal_constant_time(challenge.code_hash, code_hash(challenge.challenge_id, grant.code));
    if (equal && right == nullptr) right = &challenge;
  }
  if (right == nullptr) {
    for (const auto& challenge : open) store_.count_failure(tx, challenge.challenge_id);
    code_limits_.count_wrong(tx, from, phone);
    bool last = open.front().failures + 1 >= most_failures;
    tell_security(tx, grant.origin.address,
                  {last ? "code_ended" : "sign_in_failed", "", phone_end(phone),
                   last ? "the fifth wrong code" : "a wrong code"});
    session.verdict = Verdict::wrong;
    return session;
  }
  store_.use_challenge(tx, right->challenge_id);
  code_limits_.give_back(tx, right->asked_from);
  code_limits_.forgive_wrong(tx, from, phone);
  if (auto known = store_.find_person(tx, phone)) {
    session.user_id = *known;
  } else {
    session.user_id = new_id<UserId>(clock_, random_, phone);
    store_.add_person(tx, session.user_id, phone);
  }
  session.audience = "storefront";
  sessions_.open(tx, session);
  tell_security(tx, grant.origin.address, {"sign_in", session.user_id.text(), phone_end(phone), "by code"});
  return session;
}

Task<Tokens> AuthService::exchange_code(Call call, CodeGrant request) {
  auto session = co_await database_.transact(call, request.challenge_id.text(),
                                             [&](Tx& tx) { return try_code(tx, request); });
  if (session.verdict == Verdict::slowed) {
    code_limits_.note_refused(*session.refusal, clock_.now());
    refuse_for_now("too_many_wrong_codes", "too many wrong codes were tried from this network", "code",
                   *session.refusal);
  }
  if (session.verdict == Verdict::wrong) code_limits_.note_wrong();
  if (session.verdict == Verdict::wrong) refuse("wrong_code", "the code is wrong");
  if (session.verdict == Verdict::ended)
    refuse("challenge_ended", "this code cannot be used any more; ask for another");
  co_return sessions_.tokens_of(session);
}

// One device that asks twice, in two tabs or because no answer came, gets the same answer twice. A thief who
// is as quick has the same next token as its owner, and the second to use that one ends the family.
bool AuthService::answer_again(Tx& tx, const std::string& token, const RefreshRow& known,
                               Tried& session) const {
  if (tx.now() >= *known.used_at + settings_.refresh_grace) return false;
  session.refresh_token = token_after(token);
  auto next = store_.find_refresh(tx, sha256_hex(session.refresh_token));
  if (!next || next->used_at || tx.now() >= next->expires_at) return false;
  session.refresh_ends_at = next->expires_at;
  return true;
}

AuthService::Tried AuthService::try_refresh(Tx& tx, const RefreshGrant& grant) const {
  Tried session;
  auto hash = sha256_hex(grant.refresh_token);
  auto known = store_.find_refresh(tx, hash);
  if (!known || known->audience != grant.audience) {
    session.verdict = Verdict::wrong;
    return session;
  }
  if (known->revoked || tx.now() >= known->expires_at) {
    session.verdict = Verdict::ended;
    return session;
  }
  session.user_id = known->user_id;
  session.family = known->family_id;
  session.began = known->began;
  session.audience = known->audience;
  if (session.audience == staff_audience) {
    // Not what the sign-in found, but what holds now.
    auto access = desk_.access(tx, known->user_id);
    if (!access) {
      session.verdict = Verdict::ended;
      return session;
    }
    session.roles = access->roles;
    session.site = access->site;
  }
  if (known->used_at) {
    if (answer_again(tx, grant.refresh_token, *known, session)) return session;
    // Two devices have the same token: one of them stole it, so neither keeps it.
    store_.revoke_family(tx, known->family_id);
    tell_security(tx, grant.origin.address,
                  {"token_reused", known->user_id.text(), "session " + known->family_id,
                   "a refresh token came again; the session was ended"});
    session.verdict = Verdict::ended;
    return session;
  }
  store_.use_refresh(tx, hash);
  session.refresh_token = token_after(grant.refresh_token);
  session.refresh_ends_at = tx.now() + sessions_.life_of(session);
  // Hand-helds go from one shift to the next: who works on signs in again.
  if (session.audience == staff_audience)
    session.refresh_ends_at = std::min(session.refresh_ends_at, known->expires_at);
  sessions_.add_refresh_token(tx, session);
  return session;
}

Task<Tokens> AuthService::refresh(Call call, RefreshGrant request) {
  auto session = co_await database_.transact(call, "", [&](Tx& tx) { return try_refresh(tx, request); });
  if (session.verdict != Verdict::good)
    refuse("refresh_refused", "this refresh token cannot be used; sign in again");
  co_return sessions_.tokens_of(session);
}

Task<Empty> AuthService::revoke(Call call, RevokeRequest request) {
  co_await database_.transact(call, "", [&](Tx& tx) {
    auto known = store_.find_refresh(tx, sha256_hex(request.refresh_token));
    // One sign-out is one entry in the security log, however often it is sent.
    if (!known || known->revoked) return;
    store_.revoke_family(tx, known->family_id);
    tell_security(tx, request.origin.address,
                  {"sign_out", known->user_id.text(), "session " + known->family_id, ""});
  });
  co_return Empty{};
}

Task<RevocationsReply> AuthService::list_revocations(Call call, RevocationsRequest request) {
  co_return co_await database_.read(call, "", [&](Tx& tx) {
    return store_.revocations_after(tx, request.after, request.limit);
  });
}

Task<Person> AuthService::get_person(Call call, PersonRequest request) {
  bool own = call.caller.kind == CallerKind::buyer && call.caller.id == request.user_id.text();
  if (!own && call.caller.kind != CallerKind::system) {
    throw Error(ErrorCode::not_found, "person_not_found", "there is no such person");
  }
  auto phone = co_await database_.read(call, request.user_id.text(),
                                       [&](Tx& tx) { return store_.phone_of(tx, request.user_id); });
  if (!phone) throw Error(ErrorCode::not_found, "person_not_found", "there is no such person");
  co_return Person{request.user_id, std::move(*phone)};
}

Task<FindUserReply> AuthService::find_user(Call call, FindUserRequest request) {
  const auto& caller = call.caller;
  bool support = caller.kind == CallerKind::staff && (caller.has_role("support") || caller.has_role("admin"));
  if (!support && caller.kind != CallerKind::system) {
    throw Error(ErrorCode::forbidden, "not_support", "only support staff may do this");
  }
  co_return co_await database_.read(call, "", [&](Tx& tx) {
    return FindUserReply{store_.find_person(tx, request.phone)};
  });
}

Task<JwksReply> AuthService::jwks(Call, JwksRequest) { co_return JwksReply{sessions_.jwks()}; }

Task<void> AuthService::drop_old(Call call) {
  co_await in_batches(most_batches, [&] {
    return database_.transact(call, "", [&](Tx& tx) {
      auto paces = code_limits_.drop_old(tx, batch_rows);
      return std::max(store_.drop_old(tx, tx.now(), batch_rows), paces) == batch_rows;
    });
  });
  co_await desk_.drop_old(call);
}

}  // namespace bramble::auth
