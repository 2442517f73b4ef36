#include "services/auth/auth_store.h"

#include <algorithm>
#include <set>

namespace bramble::auth {
namespace {

#define CHALLENGE_COLUMNS "challenge_id, phone, code_hash, failures, used, created_at, expires_at, asked_from"

// By which the clocks of two processes may differ, with the time between a token's commit and its signature.
constexpr Duration clocks_apart = minutes(5);
// The revocation names at most this many sessions of a person; it ends the others by time, so clocks must
// agree.
constexpr std::size_t most_named = 100;

ChallengeRow challenge_of(const Row& row) {
  return {row.get<ChallengeId>(0), row.get<std::string>(1), row.get<std::string>(2), row.get<std::int64_t>(3),
          row.get<bool>(4),        row.get<Time>(5),        row.get<Time>(6),        row.get<std::string>(7)};
}

}  // namespace

void AuthStore::add_challenge(Tx& tx, const ChallengeRow& challenge) const {
  tx.send("INSERT INTO challenge (" CHALLENGE_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
          challenge.challenge_id, challenge.phone, challenge.code_hash, challenge.failures, challenge.used,
          challenge.created_at, challenge.expires_at, challenge.asked_from);
}

std::optional<ChallengeRow> AuthStore::find_challenge(Tx& tx, const ChallengeId& challenge) const {
  auto rows = tx.query("SELECT " CHALLENGE_COLUMNS " FROM challenge WHERE challenge_id = $1", challenge);
  if (rows.empty()) return std::nullopt;
  return challenge_of(rows.front());
}

void AuthStore::count_failure(Tx& tx, const ChallengeId& challenge) const {
  tx.send("UPDATE challenge SET failures = failures + 1 WHERE challenge_id = $1", challenge);
}

bool AuthStore::use_challenge(Tx& tx, const ChallengeId& challenge) const {
  return tx.exec("UPDATE challenge SET used = 1 WHERE challenge_id = $1 AND used = 0", challenge) == 1;
}

std::vector<ChallengeRow> AuthStore::challenges_since(Tx& tx, const std::string& phone, Time since) const {
  std::vector<ChallengeRow> found;
  auto rows = tx.query("SELECT " CHALLENGE_COLUMNS " FROM challenge WHERE phone = $1 AND created_at > $2"
                       " ORDER BY created_at DESC LIMIT 100",
                       phone, since);
  for (auto row : rows) found.push_back(challenge_of(row));
  return found;
}

std::optional<UserId> AuthStore::find_person(Tx& tx, const std::string& phone) const {
  auto rows = tx.query("SELECT user_id FROM person WHERE phone = $1", phone);
  if (rows.empty()) return std::nullopt;
  return rows.front().get<UserId>(0);
}

std::optional<std::string> AuthStore::phone_of(Tx& tx, const UserId& user) const {
  auto rows = tx.query("SELECT phone FROM person WHERE user_id = $1", user);
  if (rows.empty()) return std::nullopt;
  return rows.front().get<std::string>(0);
}

void AuthStore::add_person(Tx& tx, const UserId& user, const std::string& phone) const {
  tx.send("INSERT INTO person (user_id, phone, created_at) VALUES ($1, $2, $3)", user, phone, tx.now());
}

void AuthStore::add_family(Tx& tx, const std::string& family, const UserId& user,
                           std::string_view audience) const {
  tx.send("INSERT INTO family (family_id, user_id, audience, created_at, revoked_at) VALUES ($1, $2, $3, $4, "
          "NULL)",
          family, user, audience, tx.now());
}

void AuthStore::add_revocation(Tx& tx, const std::optional<std::string>& family,
                               const std::optional<UserId>& user) const {
  auto seq = tx.query("UPDATE revocation_count SET last = last + 1 WHERE one = 1 RETURNING last")
                 .front()
                 .get<std::int64_t>(0);
  tx.send("INSERT INTO revocation (seq, family_id, user_id, before_at, ends_at) VALUES ($1, $2, $3, $4, $5)",
          seq, family, user, tx.now(), tx.now() + access_life_ + clocks_apart);
}

void AuthStore::revoke_family(Tx& tx, const std::string& family) const {
  auto ended = tx.exec("UPDATE family SET revoked_at = $2 WHERE family_id = $1 AND revoked_at IS NULL",
                       family, tx.now());
  if (ended > 0) add_revocation(tx, family, std::nullopt);
}

// Each by its name, so that no clock decides; and all that began before, for one that is being opened now.
void AuthStore::revoke_user(Tx& tx, const UserId& user) const {
  auto families = families_of(tx, user);
  auto ended =
      tx.exec("UPDATE family SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL", user, tx.now());
  if (families.size() > most_named) families.resize(most_named);
  for (const auto& family : families) add_revocation(tx, family, std::nullopt);
  if (ended > 0) add_revocation(tx, std::nullopt, user);
}

std::vector<std::string> AuthStore::families_of(Tx& tx, const UserId& user) const {
  std::vector<std::string> found;
  auto rows = tx.query("SELECT family_id FROM family WHERE user_id = $1 AND revoked_at IS NULL", user);
  for (auto row : rows) found.push_back(row.get<std::string>(0));
  return found;
}

std::optional<Time> AuthStore::began(Tx& tx, const std::string& family, const UserId& user) const {
  auto rows = tx.query("SELECT created_at FROM family WHERE family_id = $1 AND user_id = $2"
                       " AND revoked_at IS NULL",
                       family, user);
  return rows.empty() ? std::nullopt : std::optional(rows.front().get<Time>(0));
}

RevocationsReply AuthStore::revocations_after(Tx& tx, std::int64_t after, std::int64_t limit) const {
  RevocationsReply reply;
  reply.last = tx.query("SELECT last FROM revocation_count WHERE one = 1").front().get<std::int64_t>(0);
  auto rows = tx.query("SELECT seq, family_id, user_id, before_at, ends_at FROM revocation WHERE seq > $1"
                       " ORDER BY seq LIMIT $2",
                       after, limit);
  for (auto row : rows) {
    reply.items.push_back({row.get<std::int64_t>(0), row.get<std::optional<std::string>>(1),
                           row.get<std::optional<UserId>>(2), row.get<Time>(3), row.get<Time>(4)});
  }
  return reply;
}

void AuthStore::add_refresh(Tx& tx, const std::string& hash, const std::string& family,
                            Time expires_at) const {
  tx.send("INSERT INTO refresh (token_hash, family_id, expires_at, used_at) VALUES ($1, $2, $3, NULL)", hash,
          family, expires_at);
}

std::optional<RefreshRow> AuthStore::find_refresh(Tx& tx, const std::string& hash) const {
  auto rows = tx.query("SELECT refresh.family_id, user_id, audience, expires_at, family.created_at, used_at,"
                       " revoked_at FROM refresh"
                       " JOIN family ON family.family_id = refresh.family_id WHERE token_hash = $1",
                       hash);
  if (rows.empty()) return std::nullopt;
  auto row = rows.front();
  return RefreshRow{row.get<std::string>(0), row.get<UserId>(1), row.get<std::string>(2),
                    row.get<Time>(3),        row.get<Time>(4),   row.get<std::optional<Time>>(5),
                    !row.is_null(6)};
}

void AuthStore::use_refresh(Tx& tx, const std::string& hash) const {
  tx.send("UPDATE refresh SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL", hash, tx.now());
}

// A family goes with its last token: each sign-in made both.
std::int64_t AuthStore::drop_old(Tx& tx, Time now, std::int64_t limit) const {
  auto challenges = tx.exec(
      "DELETE FROM challenge WHERE challenge_id IN (SELECT challenge_id FROM challenge WHERE expires_at < $1"
      " LIMIT $2)",
      now - hours(2), limit);
  auto rows =
      tx.query("SELECT token_hash, family_id FROM refresh WHERE expires_at < $1 LIMIT $2", now, limit);
  std::set<std::string> families;
  for (auto row : rows) {
    tx.send("DELETE FROM refresh WHERE token_hash = $1", row.get<std::string>(0));
    families.insert(row.get<std::string>(1));
  }
  for (const auto& family : families) {
    tx.send("DELETE FROM family WHERE family_id = $1"
            " AND NOT EXISTS (SELECT 1 FROM refresh WHERE family_id = $1)",
            family);
  }
  auto revocations =
      tx.exec("DELETE FROM revocation WHERE seq IN (SELECT seq FROM revocation WHERE ends_at < $1 LIMIT $2)",
              now, limit);
  return std::max({challenges, revocations, static_cast<std::int64_t>(rows.size())});
}

}  // namespace bramble::auth
