#include "runtime/message_store.h"

#include <unordered_set>

namespace bramble {
namespace {

// "INSERT … VALUES ($1,$3,$2),($1,$4,$2)…" for each count that a chunk can have: one statement a chunk.
const Sql& inbox_sql(std::size_t count) {
  static const std::vector<Sql> statements = [] {
    std::vector<Sql> all;
    std::string text = "INSERT INTO inbox (consumer, event_id, received_at) VALUES ";
    for (std::size_t i = 0; i < chunk_rows; ++i) {
      text += (i == 0 ? "($1, $" : ", ($1, $") + std::to_string(i + 3) + ", $2)";
      all.push_back(Sql::interned(text + " ON CONFLICT DO NOTHING RETURNING event_id"));
    }
    return all;
  }();
  return statements.at(count - 1);
}

}  // namespace

std::vector<OutboxRowPtr> read_outbox(Tx& tx, std::int64_t after, std::int64_t until, std::size_t limit) {
  std::vector<OutboxRowPtr> out;
  auto rows = tx.query("SELECT seq, event_id, type, key, payload, trace, created_at FROM outbox"
                       " WHERE published_at IS NULL AND seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3",
                       after, until, limit);
  out.reserve(rows.size());
  for (auto row : rows) {
    out.push_back(std::make_shared<OutboxRow>(OutboxRow{
        {row.get<std::int64_t>(0), row.get<std::string>(1), row.get<std::string>(2), row.get<std::string>(3),
         row.get<std::string>(4), row.get<std::string>(5), row.get<Time>(6)}}));
  }
  return out;
}

void mark_published(Tx& tx, std::span<const std::int64_t> seqs) {
  for (std::size_t first = 0; first < seqs.size();) {
    std::size_t last = first;
    while (last + 1 < seqs.size() && seqs[last + 1] == seqs[last] + 1) ++last;
    tx.send("UPDATE outbox SET published_at = $1 WHERE seq >= $2 AND seq <= $3", tx.now(), seqs[first],
            seqs[last]);
    first = last + 1;
  }
}

std::vector<OutboxRow*> take_into_inbox(Tx& tx, std::string_view consumer,
                                        std::span<const OutboxRowPtr> rows) {
  std::vector<SqlValue> values{sql_value(consumer), sql_value(tx.now())};
  values.reserve(rows.size() + 2);
  for (const auto& row : rows) values.push_back(sql_value(row->event_id));
  auto taken = tx.query_listed(inbox_sql(rows.size()), values);
  std::unordered_set<std::string> fresh;
  fresh.reserve(taken.size());
  for (auto row : taken) fresh.insert(row.get<std::string>(0));
  std::vector<OutboxRow*> out;
  out.reserve(fresh.size());
  for (const auto& row : rows) {
    if (fresh.erase(row->event_id) == 1) out.push_back(row.get());
  }
  return out;
}

void bury_event(Tx& tx, std::string_view consumer, const OutboxRow& row, std::int64_t attempts,
                std::string_view error) {
  tx.exec(
      "INSERT INTO dead_events (consumer, event_id, type, key, payload, trace, attempts, last_error, dead_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
      consumer, row.event_id, row.type, row.key, Blob{row.payload}, row.trace, attempts, error, tx.now());
}

std::optional<Time> oldest_unpublished(Tx& tx) {
  auto rows = tx.query("SELECT created_at FROM outbox WHERE published_at IS NULL ORDER BY seq LIMIT 1");
  if (rows.empty()) return std::nullopt;
  return rows.front().get<Time>(0);
}

std::int64_t purge_outbox(Tx& tx, Time before, std::int64_t limit) {
  return tx.exec("DELETE FROM outbox WHERE published_at IS NOT NULL AND published_at < $1"
                 " AND seq IN (SELECT seq FROM outbox WHERE created_at < $1 ORDER BY seq LIMIT $2)",
                 before, limit);
}

// Event ids sort by the time they were made, so the old ones are one range of the primary key.
std::int64_t purge_inbox(Tx& tx, std::string_view consumer, Time before, std::int64_t limit) {
  auto bound = make_id_text(EventId::prefix, before, 0, {});
  return tx.exec(
      "DELETE FROM inbox WHERE consumer = $1 AND received_at < $2 AND event_id IN"
      " (SELECT event_id FROM inbox WHERE consumer = $1 AND event_id < $3 ORDER BY event_id LIMIT $4)",
      consumer, before, bound, limit);
}

}  // namespace bramble
