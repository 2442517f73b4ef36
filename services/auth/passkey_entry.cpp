// Signing in with a passkey alone: what staff have is the authenticator, what they know or are is what it
// asks them for. A question is not stored, since any stranger may ask for one; that it was answered is.
#include <charconv>

#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"
#include "services/auth/security_notes.h"
#include "services/auth/staff_factors.h"

namespace bramble::auth {
namespace {

constexpr std::size_t random_bytes = 16;
constexpr std::size_t longest_challenge = 400;

std::string signed_part(const std::string& key, const std::string& text) {
  return hmac_sha256_hex(key, "passkey entry " + text);
}

RelyingParty party_of(const std::string& pages) {
  auto party = relying_party_of(pages);
  if (!party)
    throw Error(ErrorCode::conflict, "passkeys_unavailable",
                "passkeys need a host name and https: set ops.public_url");
  return std::move(*party);
}

}  // namespace

// "<until>.<random>.<HMAC of both>".
Task<PasskeyQuestion> StaffFactors::ask_for_passkey(Call, PasskeyEntryRequest request) {
  auto party = party_of(request.pages);
  auto text = std::to_string((parts_.clock.now() + parts_.settings.proof_life).us) + "." +
              to_hex(parts_.random.bytes(random_bytes));
  co_return PasskeyQuestion{to_base64url(text + "." + signed_part(parts_.settings.place_key, text)),
                            party.id,
                            {}};
}

// Nothing for a question that is none of ours.
std::optional<Time> StaffFactors::end_of(const std::string& challenge) const {
  auto whole = challenge.size() <= longest_challenge ? from_base64url(challenge) : std::nullopt;
  auto dot = whole ? whole->rfind('.') : std::string::npos;
  if (dot == std::string::npos) return std::nullopt;
  auto text = whole->substr(0, dot);
  if (!equal_constant_time(signed_part(parts_.settings.place_key, text), whole->substr(dot + 1)))
    return std::nullopt;
  Time ends_at;
  std::from_chars(text.data(), text.data() + text.size(), ends_at.us);
  return ends_at;
}

std::optional<StaffRow> StaffFactors::owner_of(Tx& tx, const RelyingParty& party,
                                               const PasskeyEntryGrant& grant) const {
  auto known = factors_.passkey(tx, grant.passkey.credential_id);
  auto client_data = from_base64url(grant.passkey.client_data);
  auto authenticator_data = from_base64url(grant.passkey.authenticator_data);
  auto signature = from_base64url(grant.passkey.signature);
  if (!known || !client_data || !authenticator_data || !signature) return std::nullopt;
  auto count =
      check_assertion(party, grant.challenge, known->key, *client_data, *authenticator_data, *signature);
  auto staff = store_.find_by_id(tx, known->user_id);
  bool good = count && is_next_count(known->sign_count, *count) && is_user_verified(*authenticator_data) &&
              staff && desk_.is_usable(*staff, tx.now());
  if (!good) return std::nullopt;
  factors_.use_passkey(tx, known->credential_id, *count);
  return staff;
}

StaffFactors::Proven StaffFactors::try_entry(Tx& tx, const RelyingParty& party,
                                             const PasskeyEntryGrant& grant, Time ends_at) const {
  Proven proven;
  ProofRow answered;
  answered.challenge_id = ChallengeId("chl_" + sha256_hex(grant.challenge));
  answered.purpose = ProofPurpose::entered;
  answered.expires_at = ends_at;
  if (tx.now() >= ends_at || factors_.proof(tx, answered.challenge_id, ProofPurpose::entered)) return proven;
  auto block = desk_.place("block " + address_block(grant.origin.address), block_rule);
  if (grant.origin.limited) proven.free_at = attempts_.take(tx, {block});
  if (proven.free_at) return proven;
  auto staff = owner_of(tx, party, grant);
  if (!staff) {
    tell_security(tx, grant.origin.address, {"sign_in_failed", "", "a passkey", "a wrong passkey"});
    proven.verdict = Verdict::wrong;
    return proven;
  }
  if (grant.origin.limited) attempts_.give_back(tx, block, false);
  factors_.add_proof(tx, answered);
  proven.verdict = Verdict::good;
  proven.session = desk_.let_in(tx, *staff);
  tell_security(tx, grant.origin.address,
                {"sign_in", staff->user_id.text(), "login " + staff->login, "by passkey alone"});
  return proven;
}

Task<StaffSignIn> StaffFactors::enter_by_passkey(Call call, PasskeyEntryGrant grant) {
  auto party = party_of(grant.pages);
  auto ends_at = end_of(grant.challenge).value_or(Time{});
  auto proven = co_await parts_.database.transact(call, "", [&](Tx& tx) {
    return try_entry(tx, party, grant, ends_at);
  });
  if (proven.free_at) desk_.refuse_for_now(*proven.free_at);
  if (proven.verdict == Verdict::wrong) {
    wrong_.add();
    throw Error(ErrorCode::unauthenticated, "wrong_passkey", "this passkey opens no account");
  }
  if (proven.verdict == Verdict::ended)
    throw Error(ErrorCode::unauthenticated, "challenge_ended", "ask for another question");
  StaffSignIn reply;
  reply.tokens = parts_.sessions.tokens_of(*proven.session);
  co_return reply;
}

}  // namespace bramble::auth
