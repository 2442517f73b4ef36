#include "services/auth/staff_factors.h"

#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"
#include "services/auth/security_notes.h"
#include "services/auth/totp.h"

namespace bramble::auth {
namespace {

constexpr std::int64_t most_failures = 5;
constexpr std::size_t random_bytes = 32;
constexpr std::size_t recovery_codes = 10;
constexpr std::size_t recovery_bytes = 10;  // 80 bits: 16 characters
constexpr std::size_t most_passkeys = 20;
constexpr Duration fresh_sign_in = minutes(10);
// Over all sign-ins of an account: whoever guesses has the password already.
constexpr AttemptRule factor_rule{10, seconds(30), minutes(15), hours(24)};

// As it was shown, or as people type it.
std::string plain_code(const std::string& typed) {
  std::string code;
  for (char letter : typed) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter + 'a' - 'A');
    if (letter != '-' && letter != ' ') code += letter;
  }
  return code;
}

std::string shown_code(const std::string& code) {
  std::string shown;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (i > 0 && i % 4 == 0) shown += '-';
    shown += code[i];
  }
  return shown;
}

}  // namespace

StaffFactors::StaffFactors(StaffDesk& desk)
    : desk_(desk),
      parts_(desk.parts()),
      sealer_(parts_.settings.factor_key),
      wrong_(parts_.metrics.counter("bramble_staff_second_factors_wrong_total",
                                    "Second factors of staff that were wrong.")) {}

StaffRow StaffFactors::own(Tx& tx, const Call& call) const {
  auto found =
      call.caller.kind == CallerKind::staff ? store_.find_by_id(tx, UserId(call.caller.id)) : std::nullopt;
  if (!found) throw Error(ErrorCode::not_found, "account_not_found", "there is no such account");
  return std::move(*found);
}

// Whoever finds or steals a session must not make a factor of their own. Only who has to make the first one
// and has just signed in is not asked for the password twice.
bool StaffFactors::takes_password(Tx& tx, const StaffRow& staff, const std::string& session) const {
  bool is_set_up = needs_factor(staff, parts_.settings.sandboxed) && !staff.handed_until &&
                   !factors_.has_factor(tx, staff.user_id);
  auto began = parts_.sessions.began(tx, session, staff.user_id);
  return !is_set_up || !began || tx.now() >= *began + fresh_sign_in;
}

Task<StaffRow> StaffFactors::confirm(Call call, BeginFactorRequest request) {
  if (request.password.empty()) {
    auto staff = co_await parts_.database.read(call, "", [&](Tx& tx) -> std::optional<StaffRow> {
      auto found = own(tx, call);
      if (takes_password(tx, found, request.session)) return std::nullopt;
      return found;
    });
    if (staff) co_return std::move(*staff);
    throw_invalid("password", "required", "your present password");
  }
  co_return co_await desk_.confirm(call, std::move(request.password), "password");
}

void StaffFactors::note(Tx& tx, const StaffRow& staff, std::string what) const {
  tell_security(tx, "", {"staff_changed", staff.user_id.text(), "login " + staff.login, std::move(what)});
}

bool StaffFactors::is_totp(Tx& tx, const UserId& user, const std::string& code) const {
  auto totp = factors_.totp(tx, user);
  if (!totp || !totp->confirmed) return false;
  auto step = totp_step_of(sealer_.open(totp->sealed_secret, user.text()), plain_code(code), tx.now(),
                           totp->last_step);
  if (step) factors_.use_totp(tx, user, *step);
  return step.has_value();
}

bool StaffFactors::is_passkey(Tx& tx, const ProofRow& proof, const PasskeyAnswer& answer,
                              const std::string& origin) const {
  auto party = relying_party_of(origin);
  auto known = factors_.passkey(tx, answer.credential_id);
  auto client_data = from_base64url(answer.client_data);
  auto authenticator_data = from_base64url(answer.authenticator_data);
  auto signature = from_base64url(answer.signature);
  if (!party || !known || known->user_id != proof.user_id || !client_data || !authenticator_data ||
      !signature)
    return false;
  auto count =
      check_assertion(*party, proof.random, known->key, *client_data, *authenticator_data, *signature);
  // A count that does not grow is a copy of the authenticator.
  if (!count || !is_next_count(known->sign_count, *count)) return false;
  factors_.use_passkey(tx, known->credential_id, *count);
  return true;
}

std::string StaffFactors::recovery_hash(const UserId& user, const std::string& code) const {
  return hmac_sha256_hex(parts_.settings.place_key, "recovery " + user.text() + " " + plain_code(code));
}

bool StaffFactors::is_proven(Tx& tx, const ProofRow& proof, const SecondFactorGrant& grant,
                             Proven& proven) const {
  if (grant.passkey) return is_passkey(tx, proof, *grant.passkey, grant.origin);
  // Recovery codes first: they work also when the app's secret cannot be opened, since its key was changed.
  proven.recovery_code =
      factors_.use_recovery_code(tx, proof.user_id, recovery_hash(proof.user_id, grant.code));
  return proven.recovery_code || is_totp(tx, proof.user_id, grant.code);
}

// Wrong ones are counted even though the request fails, so this is a value and not an exception.
StaffFactors::Proven StaffFactors::try_proof(Tx& tx, const SecondFactorGrant& grant) const {
  Proven proven;
  auto proof = factors_.proof(tx, grant.challenge_id, ProofPurpose::sign_in);
  if (!proof || proof->failures >= most_failures) return proven;
  auto staff = store_.find_by_id(tx, proof->user_id);
  if (!staff || !desk_.is_usable(*staff, tx.now())) return proven;
  auto place = desk_.place("factor " + staff->user_id.text(), factor_rule);
  proven.free_at = attempts_.take(tx, {place});
  if (proven.free_at) return proven;
  if (!is_proven(tx, *proof, grant, proven)) {
    factors_.count_failure(tx, proof->challenge_id);
    tell_security(tx, grant.address,
                  {"sign_in_failed", "", "login " + staff->login, "a wrong second factor"});
    proven.verdict = Verdict::wrong;
    return proven;
  }
  attempts_.give_back(tx, place, true);
  factors_.drop_proof(tx, proof->challenge_id);
  proven.verdict = Verdict::good;
  proven.session = desk_.let_in(tx, *staff);
  tell_security(tx, grant.address,
                {"sign_in", staff->user_id.text(), "login " + staff->login,
                 proven.recovery_code ? "by password and a recovery code" : "by password and second factor"});
  if (proof->keep_device) proven.device = desk_.keep_device(tx, staff->user_id);
  return proven;
}

Task<StaffSignIn> StaffFactors::prove(Call call, SecondFactorGrant grant) {
  auto proven = co_await parts_.database.transact(call, "", [&](Tx& tx) { return try_proof(tx, grant); });
  if (proven.free_at) desk_.refuse_for_now(*proven.free_at);
  if (proven.verdict == Verdict::wrong) {
    wrong_.add();
    throw Error(ErrorCode::unauthenticated, "wrong_second_factor", "the second factor is wrong");
  }
  if (proven.verdict == Verdict::ended)
    throw Error(ErrorCode::unauthenticated, "challenge_ended", "sign in with the password again");
  StaffSignIn reply;
  reply.tokens = parts_.sessions.tokens_of(*proven.session);
  reply.device = std::move(proven.device);
  co_return reply;
}

Task<OwnAccount> StaffFactors::own_account(Call call, OwnAccountRequest request) {
  co_return co_await parts_.database.read(call, "", [&](Tx& tx) {
    auto staff = own(tx, call);
    OwnAccount own;
    own.account = account_of(staff, factors_.has_factor(tx, staff.user_id));
    auto totp = factors_.totp(tx, staff.user_id);
    own.totp = totp && totp->confirmed;
    for (const auto& one : factors_.passkeys(tx, staff.user_id))
      own.passkeys.push_back({one.credential_id, one.name, one.created_at, one.used_at});
    own.recovery_codes_left = factors_.recovery_codes_left(tx, staff.user_id);
    own.passkeys_available = relying_party_of(request.origin).has_value();
    own.factor_required = needs_factor(staff, parts_.settings.sandboxed);
    own.password_required = takes_password(tx, staff, request.session);
    return own;
  });
}

RecoveryCodes StaffFactors::make_codes(Tx& tx, const UserId& user) const {
  RecoveryCodes made;
  std::vector<std::string> hashes;
  for (std::size_t i = 0; i < recovery_codes; ++i) {
    made.codes.push_back(shown_code(plain_code(to_base32(parts_.random.bytes(recovery_bytes)))));
    hashes.push_back(recovery_hash(user, made.codes.back()));
  }
  factors_.set_recovery_codes(tx, user, hashes);
  return made;
}

RecoveryCodes StaffFactors::first_codes(Tx& tx, const UserId& user) const {
  return factors_.recovery_codes_left(tx, user) > 0 ? RecoveryCodes{} : make_codes(tx, user);
}

Task<TotpSecret> StaffFactors::begin_totp(Call call, BeginFactorRequest request) {
  auto staff = co_await confirm(call, request);
  auto secret = parts_.random.bytes(totp_secret_bytes);
  auto sealed = sealer_.seal(parts_.random, secret, staff.user_id.text());
  co_await parts_.database.transact(call, "", [&](Tx& tx) {
    auto known = factors_.totp(tx, staff.user_id);
    if (known && known->confirmed)
      throw Error(ErrorCode::conflict, "totp_exists", "take the app that you have away first");
    factors_.begin_totp(tx, staff.user_id, sealed);
  });
  co_return TotpSecret{to_base32(secret), otpauth_uri("Bramble", staff.login, secret)};
}

Task<RecoveryCodes> StaffFactors::confirm_totp(Call call, TotpProof request) {
  UserId user(call.caller.id);
  struct Outcome {
    std::optional<Time> free_at;
    bool good = false;
    RecoveryCodes codes;
  };
  auto outcome = co_await parts_.database.transact(call, "", [&](Tx& tx) {
    Outcome outcome;
    auto staff = own(tx, call);
    auto totp = factors_.totp(tx, staff.user_id);
    if (!totp || totp->confirmed)
      throw Error(ErrorCode::conflict, "totp_not_begun", "begin to set up an app first");
    auto place = desk_.place("factor " + user.text(), factor_rule);
    outcome.free_at = attempts_.take(tx, {place});
    if (outcome.free_at) return outcome;
    auto step = totp_step_of(sealer_.open(totp->sealed_secret, user.text()), plain_code(request.code),
                             tx.now(), totp->last_step);
    if (!step) return outcome;
    attempts_.give_back(tx, place, true);
    factors_.use_totp(tx, user, *step);
    outcome.good = true;
    outcome.codes = first_codes(tx, user);
    note(tx, staff, "set up an app for codes");
    return outcome;
  });
  if (outcome.free_at) desk_.refuse_for_now(*outcome.free_at);
  if (!outcome.good) throw_invalid("code", "wrong", "the code that the app shows now");
  co_return std::move(outcome.codes);
}

Task<PasskeyOffer> StaffFactors::begin_passkey(Call call, BeginFactorRequest request) {
  auto party = relying_party_of(request.origin);
  if (!party)
    throw Error(ErrorCode::conflict, "passkeys_unavailable",
                "passkeys need a host name and https: set ops.public_url");
  auto staff = co_await confirm(call, request);
  ProofRow proof;
  proof.challenge_id = new_id<ChallengeId>(parts_.clock, parts_.random, staff.user_id.text());
  proof.user_id = staff.user_id;
  proof.purpose = ProofPurpose::enrol_passkey;
  proof.random = to_base64url(parts_.random.bytes(random_bytes));
  PasskeyOffer offer{proof.challenge_id, proof.random,
                     party->id,          to_base64url(staff.user_id.text()),
                     staff.login,        {}};
  offer.exclude = co_await parts_.database.transact(call, "", [&](Tx& tx) {
    proof.expires_at = tx.now() + parts_.settings.proof_life;
    factors_.add_proof(tx, proof);
    std::vector<std::string> ids;
    for (const auto& one : factors_.passkeys(tx, staff.user_id)) ids.push_back(one.credential_id);
    if (ids.size() >= most_passkeys)
      throw Error(ErrorCode::conflict, "too_many_passkeys", "take one away first");
    return ids;
  });
  co_return offer;
}

Task<RecoveryCodes> StaffFactors::add_passkey(Call call, NewPasskey request) {
  UserId user(call.caller.id);
  auto party = relying_party_of(request.origin);
  auto client_data = from_base64url(request.client_data);
  auto authenticator_data = from_base64url(request.authenticator_data);
  auto codes = co_await parts_.database.transact(call, "", [&](Tx& tx) -> std::optional<RecoveryCodes> {
    auto staff = own(tx, call);
    auto proof = factors_.proof(tx, request.challenge_id, ProofPurpose::enrol_passkey);
    if (!proof || proof->user_id != user || !party || !client_data || !authenticator_data)
      return std::nullopt;
    factors_.drop_proof(tx, proof->challenge_id);
    auto made = check_registration(*party, proof->random, *client_data, *authenticator_data);
    auto id = made ? to_base64url(made->credential_id) : std::string();
    if (!made || factors_.passkey(tx, id)) return std::nullopt;
    factors_.add_passkey(tx, {id, user, request.name, made->key, made->sign_count, {}, {}});
    note(tx, staff, "set up a passkey");
    return first_codes(tx, user);
  });
  if (!codes) throw Error(ErrorCode::invalid, "passkey_refused", "this passkey cannot be used; begin again");
  co_return std::move(*codes);
}

Task<Empty> StaffFactors::drop(Call call, DropFactorRequest request) {
  auto staff = co_await desk_.confirm(call, request.password, "password");
  co_await parts_.database.transact(call, "", [&](Tx& tx) {
    if (!request.credential_id) {
      factors_.drop_totp(tx, staff.user_id);
    } else if (!factors_.drop_passkey(tx, staff.user_id, *request.credential_id)) {
      throw Error(ErrorCode::not_found, "passkey_not_found", "there is no such passkey");
    }
    note(tx, staff, "took a second factor away");
    if (factors_.has_factor(tx, staff.user_id)) return;
    if (needs_factor(staff, parts_.settings.sandboxed))
      throw Error(ErrorCode::conflict, "last_factor", "an admin keeps one; set up another first");
    factors_.drop_factors(tx, staff.user_id);
  });
  co_return Empty{};
}

Task<RecoveryCodes> StaffFactors::renew_recovery_codes(Call call, BeginFactorRequest request) {
  auto staff = co_await desk_.confirm(call, request.password, "password");
  auto codes = co_await parts_.database.transact(call, "", [&](Tx& tx) {
    if (!factors_.has_factor(tx, staff.user_id))
      throw Error(ErrorCode::conflict, "no_factor", "set up a second factor first");
    note(tx, staff, "renewed the recovery codes");
    return make_codes(tx, staff.user_id);
  });
  co_return codes;
}

}  // namespace bramble::auth
