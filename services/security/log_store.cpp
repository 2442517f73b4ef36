#include "services/security/log_store.h"

#include "services/security/chain.h"

namespace bramble::security {
namespace {

#define ENTRY_COLUMNS "seq, at, kind, principal, address, subject, detail, times, prev_hash, hash"
// What was left out is null. `first` is a condition that an index answers.
#define SEARCH(first)                                                                                  \
  "SELECT " ENTRY_COLUMNS " FROM entry WHERE " first                                                   \
  " AND (kind = $2 OR $2 IS NULL) AND (principal = $3 OR $3 IS NULL) AND (address = $4 OR $4 IS NULL)" \
  " AND (subject = $5 OR $5 IS NULL) AND at >= $6 AND at < $7 ORDER BY seq DESC LIMIT $8"

const Sql& search_by(const SearchRequest& request) {
  static constexpr Sql by_subject = SEARCH("subject = $5 AND seq < $1");
  static constexpr Sql by_principal = SEARCH("principal = $3 AND seq < $1");
  static constexpr Sql by_address = SEARCH("address = $4 AND seq < $1");
  static constexpr Sql by_kind = SEARCH("kind = $2 AND seq < $1");
  static constexpr Sql by_number = SEARCH("seq < $1");
  if (request.subject) return by_subject;
  if (request.principal) return by_principal;
  if (request.address) return by_address;
  return request.kind ? by_kind : by_number;
}

}  // namespace

LogStore::End LogStore::end(Tx& tx, std::string_view name) const {
  auto rows = tx.query({"SELECT seq, hash FROM chain_end WHERE name = $1",
                        "SELECT seq, hash FROM chain_end WHERE name = $1 FOR UPDATE"},
                       name);
  return {rows.front().get<std::int64_t>(0), rows.front().get<std::string>(1)};
}

void LogStore::move_end(Tx& tx, std::string_view name, const End& to) const {
  tx.send("UPDATE chain_end SET seq = $2, hash = $3 WHERE name = $1", name, to.seq, to.hash);
}

LogStore::End LogStore::last(Tx& tx) const {
  auto rows = tx.query("SELECT seq, hash FROM chain_end WHERE name = 'last'");
  return {rows.front().get<std::int64_t>(0), rows.front().get<std::string>(1)};
}

void LogStore::append(Tx& tx, std::vector<Entry> entries) const {
  auto at_end = end(tx, "last");
  for (auto& entry : entries) {
    entry.seq = at_end.seq + 1;
    entry.prev_hash = at_end.hash;
    entry.hash = hash_of(entry);
    tx.send("INSERT INTO entry (" ENTRY_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            entry.seq, entry.at, entry.kind, entry.principal, entry.address, entry.subject, entry.detail,
            entry.times, entry.prev_hash, entry.hash);
    at_end = {entry.seq, std::move(entry.hash)};
  }
  move_end(tx, "last", at_end);
}

std::vector<Entry> LogStore::search(Tx& tx, const SearchRequest& request) const {
  auto rows =
      tx.query(search_by(request), request.before.value_or(INT64_MAX), request.kind, request.principal,
               request.address, request.subject, request.since.value_or(Time{INT64_MIN}),
               request.until.value_or(Time{INT64_MAX}), request.limit);
  std::vector<Entry> found;
  for (auto row : rows) {
    found.push_back({row.get<std::int64_t>(0), row.get<Time>(1), row.get<std::string>(2),
                     row.get<std::string>(3), row.get<std::string>(4), row.get<std::string>(5),
                     row.get<std::string>(6), row.get<std::int64_t>(7), row.get<std::string>(8),
                     row.get<std::string>(9)});
  }
  return found;
}

std::int64_t LogStore::drop_before(Tx& tx, Time before, std::int64_t limit) const {
  auto rows = tx.query("SELECT seq, hash, at FROM entry ORDER BY seq LIMIT $1", limit);
  End dropped;
  std::int64_t count = 0;
  for (auto row : rows) {
    if (row.get<Time>(2) >= before) break;
    dropped = {row.get<std::int64_t>(0), row.get<std::string>(1)};
    ++count;
  }
  if (count == 0) return 0;
  tx.send("DELETE FROM entry WHERE seq <= $1", dropped.seq);
  move_end(tx, "first", dropped);
  return count;
}

}  // namespace bramble::security
