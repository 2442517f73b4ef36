// The tables of people, staff, challenges and sessions. Codes, passwords and tokens are there only as hashes.
#pragma once

#include <optional>
#include <vector>

#include "ports/database.h"
#include "services/auth/auth.api.h"

namespace bramble::auth {

struct ChallengeRow {
  ChallengeId challenge_id;
  std::string phone;
  std::string code_hash;
  std::int64_t failures = 0;
  bool used = false;
  Time created_at;
  Time expires_at;
  std::string asked_from;  // the address; empty where that is no limit
};

struct RefreshRow {
  std::string family_id;
  UserId user_id;
  std::string audience;
  Time expires_at;
  Time began;  // the family's sign-in
  std::optional<Time> used_at;
  bool revoked = false;
};

class AuthStore {
 public:
  // `access_life`: so long after its session has ended an access token may still be about.
  explicit AuthStore(Duration access_life) : access_life_(access_life) {}

  void add_challenge(Tx& tx, const ChallengeRow& challenge) const;
  std::optional<ChallengeRow> find_challenge(Tx& tx, const ChallengeId& challenge) const;
  void count_failure(Tx& tx, const ChallengeId& challenge) const;
  // False if it was used before.
  bool use_challenge(Tx& tx, const ChallengeId& challenge) const;
  // The codes sent to a phone since then, newest first.
  std::vector<ChallengeRow> challenges_since(Tx& tx, const std::string& phone, Time since) const;

  std::optional<UserId> find_person(Tx& tx, const std::string& phone) const;
  std::optional<std::string> phone_of(Tx& tx, const UserId& user) const;
  void add_person(Tx& tx, const UserId& user, const std::string& phone) const;

  void add_family(Tx& tx, const std::string& family, const UserId& user, std::string_view audience) const;
  // Ends its refresh tokens, and has gateways refuse its access tokens. Nothing if it has ended before.
  void revoke_family(Tx& tx, const std::string& family) const;
  // The same for all sessions of a person until now.
  void revoke_user(Tx& tx, const UserId& user) const;
  // Those that have not ended.
  std::vector<std::string> families_of(Tx& tx, const UserId& user) const;
  std::optional<Time> began(Tx& tx, const std::string& family, const UserId& user) const;
  RevocationsReply revocations_after(Tx& tx, std::int64_t after, std::int64_t limit) const;
  void add_refresh(Tx& tx, const std::string& hash, const std::string& family, Time expires_at) const;
  std::optional<RefreshRow> find_refresh(Tx& tx, const std::string& hash) const;
  void use_refresh(Tx& tx, const std::string& hash) const;

  // Of each kind at most `limit`; how many it were of the kind that had most.
  std::int64_t drop_old(Tx& tx, Time now, std::int64_t limit) const;

 private:
  void add_revocation(Tx& tx, const std::optional<std::string>& family,
                      const std::optional<UserId>& user) const;

  Duration access_life_;
};

}  // namespace bramble::auth
