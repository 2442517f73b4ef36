#include "services/auth/factor_store.h"

#include "base/text.h"

namespace bramble::auth {
namespace {

#define PASSKEY_COLUMNS "credential_id, user_id, name, algorithm, public_key, sign_count, created_at, used_at"
#define PROOF_COLUMNS "challenge_id, user_id, purpose, random, keep_device, failures, expires_at"

PasskeyRow passkey_of(const Row& row) {
  PasskeyRow passkey;
  passkey.credential_id = row.get<std::string>(0);
  passkey.user_id = row.get<UserId>(1);
  passkey.name = row.get<std::string>(2);
  passkey.key = {row.get<std::int64_t>(3), from_base64url(row.get<std::string>(4)).value_or(std::string())};
  passkey.sign_count = static_cast<std::uint32_t>(row.get<std::int64_t>(5));
  passkey.created_at = row.get<Time>(6);
  passkey.used_at = row.get<std::optional<Time>>(7);
  return passkey;
}

std::string_view word_of(ProofPurpose purpose) {
  switch (purpose) {
    case ProofPurpose::sign_in: return "sign_in";
    case ProofPurpose::enrol_passkey: return "enrol_passkey";
    case ProofPurpose::entered: return "entered";
  }
  return {};
}

}  // namespace

bool FactorStore::has_factor(Tx& tx, const UserId& user) const {
  auto rows = tx.query("SELECT 1 FROM totp WHERE user_id = $1 AND confirmed_at IS NOT NULL"
                       " UNION ALL SELECT 1 FROM passkey WHERE user_id = $1 LIMIT 1",
                       user);
  return !rows.empty();
}

std::optional<TotpRow> FactorStore::totp(Tx& tx, const UserId& user) const {
  auto rows = tx.query("SELECT sealed_secret, confirmed_at, last_step FROM totp WHERE user_id = $1", user);
  if (rows.empty()) return std::nullopt;
  auto row = rows.front();
  return TotpRow{row.get<std::string>(0), !row.is_null(1), row.get<std::int64_t>(2)};
}

void FactorStore::begin_totp(Tx& tx, const UserId& user, const std::string& sealed_secret) const {
  tx.send("INSERT INTO totp (user_id, sealed_secret, confirmed_at, last_step) VALUES ($1, $2, NULL, 0)"
          " ON CONFLICT (user_id) DO UPDATE SET sealed_secret = excluded.sealed_secret, confirmed_at = NULL,"
          " last_step = 0",
          user, sealed_secret);
}

void FactorStore::use_totp(Tx& tx, const UserId& user, std::int64_t step) const {
  tx.send("UPDATE totp SET last_step = $2, confirmed_at = COALESCE(confirmed_at, $3) WHERE user_id = $1",
          user, step, tx.now());
}

void FactorStore::drop_totp(Tx& tx, const UserId& user) const {
  tx.send("DELETE FROM totp WHERE user_id = $1", user);
}

std::vector<PasskeyRow> FactorStore::passkeys(Tx& tx, const UserId& user) const {
  std::vector<PasskeyRow> found;
  auto rows =
      tx.query("SELECT " PASSKEY_COLUMNS " FROM passkey WHERE user_id = $1 ORDER BY created_at", user);
  for (auto row : rows) found.push_back(passkey_of(row));
  return found;
}

std::optional<PasskeyRow> FactorStore::passkey(Tx& tx, const std::string& credential_id) const {
  auto rows = tx.query("SELECT " PASSKEY_COLUMNS " FROM passkey WHERE credential_id = $1", credential_id);
  if (rows.empty()) return std::nullopt;
  return passkey_of(rows.front());
}

void FactorStore::add_passkey(Tx& tx, const PasskeyRow& passkey) const {
  tx.send("INSERT INTO passkey (" PASSKEY_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)",
          passkey.credential_id, passkey.user_id, passkey.name, passkey.key.algorithm,
          to_base64url(passkey.key.bytes), std::int64_t{passkey.sign_count}, tx.now());
}

void FactorStore::use_passkey(Tx& tx, const std::string& credential_id, std::uint32_t sign_count) const {
  tx.send("UPDATE passkey SET sign_count = $2, used_at = $3 WHERE credential_id = $1", credential_id,
          std::int64_t{sign_count}, tx.now());
}

bool FactorStore::drop_passkey(Tx& tx, const UserId& user, const std::string& credential_id) const {
  return tx.exec("DELETE FROM passkey WHERE credential_id = $1 AND user_id = $2", credential_id, user) == 1;
}

std::int64_t FactorStore::recovery_codes_left(Tx& tx, const UserId& user) const {
  return tx.query("SELECT COUNT(*) FROM recovery_code WHERE user_id = $1", user).front().get<std::int64_t>(0);
}

void FactorStore::set_recovery_codes(Tx& tx, const UserId& user,
                                     const std::vector<std::string>& hashes) const {
  tx.send("DELETE FROM recovery_code WHERE user_id = $1", user);
  for (const auto& hash : hashes)
    tx.send("INSERT INTO recovery_code (user_id, code_hash) VALUES ($1, $2)", user, hash);
}

bool FactorStore::use_recovery_code(Tx& tx, const UserId& user, const std::string& hash) const {
  return tx.exec("DELETE FROM recovery_code WHERE user_id = $1 AND code_hash = $2", user, hash) == 1;
}

void FactorStore::drop_factors(Tx& tx, const UserId& user) const {
  drop_totp(tx, user);
  tx.send("DELETE FROM passkey WHERE user_id = $1", user);
  tx.send("DELETE FROM recovery_code WHERE user_id = $1", user);
  drop_proofs(tx, user);
}

void FactorStore::add_proof(Tx& tx, const ProofRow& proof) const {
  tx.send("INSERT INTO proof (" PROOF_COLUMNS ") VALUES ($1, $2, $3, $4, $5, 0, $6)", proof.challenge_id,
          proof.user_id, word_of(proof.purpose), proof.random, proof.keep_device, proof.expires_at);
}

std::optional<ProofRow> FactorStore::proof(Tx& tx, const ChallengeId& challenge, ProofPurpose purpose) const {
  auto rows = tx.query("SELECT " PROOF_COLUMNS " FROM proof WHERE challenge_id = $1 AND purpose = $2"
                       " AND expires_at > $3",
                       challenge, word_of(purpose), tx.now());
  if (rows.empty()) return std::nullopt;
  auto row = rows.front();
  return ProofRow{row.get<ChallengeId>(0), row.get<UserId>(1),       purpose,         row.get<std::string>(3),
                  row.get<bool>(4),        row.get<std::int64_t>(5), row.get<Time>(6)};
}

void FactorStore::count_failure(Tx& tx, const ChallengeId& challenge) const {
  tx.send("UPDATE proof SET failures = failures + 1 WHERE challenge_id = $1", challenge);
}

void FactorStore::drop_proof(Tx& tx, const ChallengeId& challenge) const {
  tx.send("DELETE FROM proof WHERE challenge_id = $1", challenge);
}

void FactorStore::drop_proofs(Tx& tx, const UserId& user) const {
  tx.send("DELETE FROM proof WHERE user_id = $1", user);
}

std::int64_t FactorStore::drop_old_proofs(Tx& tx, std::int64_t limit) const {
  return tx.exec("DELETE FROM proof WHERE challenge_id IN (SELECT challenge_id FROM proof WHERE expires_at < "
                 "$1 LIMIT $2)",
                 tx.now(), limit);
}

}  // namespace bramble::auth
