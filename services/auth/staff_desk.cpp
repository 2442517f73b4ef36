#include "services/auth/staff_desk.h"

#include <algorithm>

#include "base/batches.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"
#include "services/auth/password_policy.h"
#include "services/auth/passwords.h"
#include "services/auth/security_notes.h"

namespace bramble::auth {
namespace {

constexpr std::size_t device_bytes = 32;
constexpr std::size_t longest_device = 128;
constexpr std::size_t proof_bytes = 32;
constexpr std::size_t most_waiting = 32;  // about three seconds' work
constexpr int most_batches = 1'000;

Counter& counter(Metrics& metrics, std::string_view outcome) {
  return metrics.counter("bramble_staff_sign_ins_total", "Passwords of staff that were tried.",
                         {{"outcome", outcome}});
}

}  // namespace

StaffDesk::StaffDesk(StaffParts parts)
    : parts_(std::move(parts)),
      strangers_(1, most_waiting),
      known_devices_(1, most_waiting),
      nobodys_hash_(hash_password(to_hex(parts_.random.bytes(16)), parts_.settings.cheap_passwords)),
      good_(counter(parts_.metrics, "good")),
      wrong_(counter(parts_.metrics, "wrong")),
      throttled_(counter(parts_.metrics, "throttled")) {
  parts_.metrics.total("bramble_staff_password_hashes_total", "Passwords of staff that were hashed.",
                       [this] { return static_cast<double>(hashes()); });
}

void StaffDesk::refuse_for_now(Time until) {
  throttled_.add();
  auto wait_s = std::max<std::int64_t>((until - parts_.clock.now()).us / 1'000'000 + 1, 1);
  throw Error(ErrorCode::exhausted, "too_many_attempts", "too many wrong passwords; try again later",
              {{"login", "wait_s", std::to_string(wait_s)}});
}

void StaffDesk::refuse() {
  wrong_.add();
  throw Error(ErrorCode::unauthenticated, "wrong_password", "the login or the password is wrong");
}

Place StaffDesk::place(const std::string& what, const AttemptRule& rule) const {
  return {hmac_sha256_hex(parts_.settings.place_key, "attempt " + what), rule};
}

StaffDesk::Look StaffDesk::look(Tx& tx, const PasswordGrant& grant) const {
  Look look;
  if (!grant.device.empty() && grant.device.size() <= longest_device) {
    auto hash = sha256_hex(grant.device);
    auto owner = store_.owner_of_device(tx, hash);
    auto staff = store_.find(tx, grant.login);
    look.known_device = owner && staff && staff->user_id == *owner;
    if (look.known_device) look.places.push_back(place("device " + hash, login_rule));
  }
  if (!look.known_device) {
    auto block = address_block(grant.origin.address);
    look.places.push_back(place("login " + canonical_login(grant.login) + " " + block, login_rule));
    if (grant.origin.limited) look.places.push_back(place("block " + block, block_rule));
  }
  look.free_at = attempts_.free_at(tx, look.places);
  return look;
}

// The hash takes long on purpose, so it is computed on a reader's thread and not on the loop's.
Task<bool> StaffDesk::is_password_of(Call call, std::optional<StaffRow> staff, std::string password,
                                     bool known_device) {
  auto slot = co_await (known_device ? known_devices_ : strangers_).take();
  ++hashes_;
  const auto& hash = staff ? staff->password_hash : nobodys_hash_;
  bool matches = co_await parts_.database.read(call, "", [&](Tx&) { return is_password(hash, password); });
  co_return matches&& staff.has_value();
}

Task<std::optional<StaffRow>> StaffDesk::check(Call call, PasswordGrant grant, Look look) {
  auto staff = co_await parts_.database.read(call, "", [&](Tx& tx) {
    auto found = store_.find(tx, grant.login);
    if (found && !is_usable(*found, tx.now())) found.reset();
    return found;
  });
  if (!co_await is_password_of(call, staff, grant.password, look.known_device)) co_return std::nullopt;
  co_return staff;
}

Session StaffDesk::let_in(Tx& tx, const StaffRow& staff) const {
  auto access = access_of(staff, factors_.has_factor(tx, staff.user_id), parts_.settings.sandboxed);
  Session session;
  session.user_id = staff.user_id;
  session.audience = staff_audience;
  session.roles = access.roles;
  session.site = access.site;
  parts_.sessions.open(tx, session);
  store_.signed_in(tx, staff.user_id);
  return session;
}

std::string StaffDesk::keep_device(Tx& tx, const UserId& user) const {
  auto device = to_base64url(parts_.random.bytes(device_bytes));
  store_.keep_device(tx, sha256_hex(device), user, tx.now() + parts_.settings.device_life);
  return device;
}

SecondStep StaffDesk::begin_second_step(Tx& tx, const StaffRow& staff, const PasswordGrant& grant,
                                        bool known_device) const {
  ProofRow proof;
  proof.challenge_id = new_id<ChallengeId>(parts_.clock, parts_.random, staff.user_id.text());
  proof.user_id = staff.user_id;
  proof.random = to_base64url(parts_.random.bytes(proof_bytes));
  proof.keep_device = grant.keep_device && !known_device;
  proof.expires_at = tx.now() + parts_.settings.proof_life;
  factors_.add_proof(tx, proof);
  SecondStep step{proof.challenge_id, proof.expires_at, {}, {}};
  if (auto totp = factors_.totp(tx, staff.user_id); totp && totp->confirmed) step.methods.push_back("totp");
  auto passkeys = factors_.passkeys(tx, staff.user_id);
  auto party = relying_party_of(grant.pages);
  if (!passkeys.empty() && party) {
    step.methods.push_back("passkey");
    step.passkey = PasskeyQuestion{proof.random, party->id, {}};
    for (const auto& one : passkeys) step.passkey->credential_ids.push_back(one.credential_id);
  }
  if (factors_.recovery_codes_left(tx, staff.user_id) > 0) step.methods.push_back("recovery_code");
  return step;
}

// The account may have changed while its password was being checked.
std::optional<StaffDesk::Entry> StaffDesk::enter(Tx& tx, const PasswordGrant& grant, const StaffRow& checked,
                                                 const Look& look) const {
  auto staff = store_.find_by_id(tx, checked.user_id);
  if (!staff || staff->password_hash != checked.password_hash || !is_usable(*staff, tx.now()))
    return std::nullopt;
  for (const auto& place : look.places) attempts_.give_back(tx, place, &place == &look.places.front());
  Entry entry;
  if (factors_.has_factor(tx, staff->user_id)) {
    entry.step = begin_second_step(tx, *staff, grant, look.known_device);
  } else {
    entry.session = let_in(tx, *staff);
    tell_security(tx, grant.origin.address,
                  {"sign_in", staff->user_id.text(), "login " + staff->login, "by password"});
    if (grant.keep_device && !look.known_device) entry.device = keep_device(tx, staff->user_id);
  }
  return entry;
}

Task<StaffSignIn> StaffDesk::sign_in(Call call, PasswordGrant grant) {
  auto& database = parts_.database;
  auto seen = co_await database.read(call, "", [&](Tx& tx) { return look(tx, grant); });
  if (seen.free_at) refuse_for_now(*seen.free_at);
  auto taken = co_await database.transact(call, "", [&](Tx& tx) { return attempts_.take(tx, seen.places); });
  if (taken) refuse_for_now(*taken);
  std::optional<StaffRow> checked;
  std::exception_ptr failure;
  try {
    checked = co_await check(call, grant, seen);
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure) {
    // No password was looked at.
    co_await database.transact(call, "", [&](Tx& tx) {
      for (const auto& place : seen.places) attempts_.give_back(tx, place, false);
    });
    std::rethrow_exception(failure);
  }
  if (!checked) {
    // Not the login itself: people type passwords into the wrong field, and it need not exist.
    co_await database.transact(call, "", [&](Tx& tx) {
      auto known = store_.find(tx, grant.login);
      tell_security(tx, grant.origin.address,
                    {"sign_in_failed", "", known ? "login " + known->login : "unknown login",
                     "a wrong password, or an account that may not sign in"});
    });
    refuse();
  }
  auto entry = co_await database.transact(call, "", [&](Tx& tx) { return enter(tx, grant, *checked, seen); });
  if (!entry) refuse();
  good_.add();
  StaffSignIn reply;
  if (entry->session) reply.tokens = parts_.sessions.tokens_of(*entry->session);
  reply.second_step = std::move(entry->step);
  reply.device = std::move(entry->device);
  co_return reply;
}

std::optional<Access> StaffDesk::access(Tx& tx, const UserId& user) const {
  auto staff = store_.find_by_id(tx, user);
  if (!staff || !is_usable(*staff, tx.now())) return std::nullopt;
  return access_of(*staff, factors_.has_factor(tx, user), parts_.settings.sandboxed);
}

Task<std::string> StaffDesk::hash(Call call, std::string password) {
  auto slot = co_await known_devices_.take();
  co_return co_await parts_.database.read(call, "", [&](Tx&) {
    return hash_password(password, parts_.settings.cheap_passwords);
  });
}

Task<StaffRow> StaffDesk::confirm(Call call, std::string password, std::string field) {
  auto& database = parts_.database;
  if (call.caller.kind != CallerKind::staff)
    throw Error(ErrorCode::forbidden, "not_staff", "only staff have accounts");
  UserId user(call.caller.id);
  std::vector<Place> places{place("own " + user.text(), login_rule)};
  auto taken = co_await database.transact(call, "", [&](Tx& tx) { return attempts_.take(tx, places); });
  if (taken) refuse_for_now(*taken);
  auto staff = co_await database.read(call, "", [&](Tx& tx) { return store_.find_by_id(tx, user); });
  if (!staff) throw Error(ErrorCode::not_found, "account_not_found", "there is no such account");
  if (!co_await is_password_of(call, staff, password, true))
    throw_invalid(field, "wrong", "your present password");
  co_await database.transact(call, "", [&](Tx& tx) { attempts_.give_back(tx, places.front(), true); });
  co_return std::move(*staff);
}

Task<Empty> StaffDesk::change_password(Call call, ChangePasswordRequest request) {
  if (request.new_password == request.current_password)
    throw_invalid("new_password", "not_allowed", "another password than the present one");
  auto staff = co_await confirm(call, request.current_password, "current_password");
  check_new_password(request.new_password, staff.login, "new_password");
  auto fresh = co_await hash(call, request.new_password);
  bool changed = co_await parts_.database.transact(call, "", [&](Tx& tx) {
    auto now = store_.find_by_id(tx, staff.user_id);
    if (!now || now->password_hash != staff.password_hash) return false;
    now->password_hash = fresh;
    now->handed_until.reset();
    store_.save(tx, *now);
    parts_.sessions.end_others(tx, staff.user_id, request.session);
    store_.forget_devices(tx, staff.user_id);
    factors_.drop_proofs(tx, staff.user_id);
    tell_security(tx, "",
                  {"staff_changed", staff.user_id.text(), "login " + staff.login, "changed the password"});
    return true;
  });
  if (!changed) throw Error(ErrorCode::conflict, "account_changed", "the password was changed meanwhile");
  co_return Empty{};
}

Task<void> StaffDesk::drop_old(Call call) {
  co_await in_batches(most_batches, [&] {
    return parts_.database.transact(call, "", [&](Tx& tx) {
      return std::max({attempts_.drop_old(tx, batch_rows), store_.drop_old_devices(tx, batch_rows),
                       factors_.drop_old_proofs(tx, batch_rows)}) == batch_rows;
    });
  });
}

}  // namespace bramble::auth
