// The tables of second factors.
#pragma once

#include <optional>
#include <vector>

#include "ports/database.h"
#include "services/auth/passkeys.h"

namespace bramble::auth {

struct TotpRow {
  std::string sealed_secret;
  bool confirmed = false;
  std::int64_t last_step = 0;
};

struct PasskeyRow {
  std::string credential_id;  // base64url
  UserId user_id;
  std::string name;
  PublicKey key;
  std::uint32_t sign_count = 0;
  Time created_at;
  std::optional<Time> used_at;
};

// `entered`: a question that was answered, and is not to be again.
enum class ProofPurpose { sign_in, enrol_passkey, entered };

struct ProofRow {
  ChallengeId challenge_id;
  UserId user_id;
  ProofPurpose purpose = ProofPurpose::sign_in;
  std::string random;  // base64url
  bool keep_device = false;
  std::int64_t failures = 0;
  Time expires_at;
};

class FactorStore {
 public:
  // Whether there is one to be asked for.
  bool has_factor(Tx& tx, const UserId& user) const;

  std::optional<TotpRow> totp(Tx& tx, const UserId& user) const;
  void begin_totp(Tx& tx, const UserId& user, const std::string& sealed_secret) const;
  // Proven with the code of that step.
  void use_totp(Tx& tx, const UserId& user, std::int64_t step) const;
  void drop_totp(Tx& tx, const UserId& user) const;

  std::vector<PasskeyRow> passkeys(Tx& tx, const UserId& user) const;
  std::optional<PasskeyRow> passkey(Tx& tx, const std::string& credential_id) const;
  void add_passkey(Tx& tx, const PasskeyRow& passkey) const;
  void use_passkey(Tx& tx, const std::string& credential_id, std::uint32_t sign_count) const;
  bool drop_passkey(Tx& tx, const UserId& user, const std::string& credential_id) const;

  std::int64_t recovery_codes_left(Tx& tx, const UserId& user) const;
  void set_recovery_codes(Tx& tx, const UserId& user, const std::vector<std::string>& hashes) const;
  // False if there is no such code, or it was used.
  bool use_recovery_code(Tx& tx, const UserId& user, const std::string& hash) const;

  void drop_factors(Tx& tx, const UserId& user) const;

  void add_proof(Tx& tx, const ProofRow& proof) const;
  std::optional<ProofRow> proof(Tx& tx, const ChallengeId& challenge, ProofPurpose purpose) const;
  void count_failure(Tx& tx, const ChallengeId& challenge) const;
  void drop_proof(Tx& tx, const ChallengeId& challenge) const;
  void drop_proofs(Tx& tx, const UserId& user) const;
  std::int64_t drop_old_proofs(Tx& tx, std::int64_t limit) const;
};

}  // namespace bramble::auth
