#include "services/orders/store/answer_store.h"

namespace bramble::orders {
namespace {

std::optional<StoredAnswer> stored_answer(const Rows& rows) {
  if (rows.empty()) return std::nullopt;
  auto row = rows.front();
  Lease lease{row.get<std::optional<OrderId>>(2).value_or(OrderId()), row.get<std::string>(3),
              row.get<Time>(4)};
  return StoredAnswer{row.get<std::string>(0), row.get<std::optional<std::string>>(1), std::move(lease)};
}

}  // namespace

std::optional<StoredAnswer> AnswerStore::take_key(Tx& tx, std::string_view principal, std::string_view route,
                                                  const std::string& key, const std::string& digest,
                                                  const std::optional<Lease>& lease) const {
  auto held = lease.value_or(Lease{});
  std::optional<OrderId> order;
  if (lease) order = lease->order_id;
  auto taken = tx.exec("INSERT INTO idempotency (principal, route, key, digest, reply, created_at, order_id,"
                       " holder, lease_until) VALUES ($1, $2, $3, $4, NULL, $5, $6, $7, $8)"
                       " ON CONFLICT (principal, route, key) DO NOTHING",
                       principal, route, key, digest, tx.now(), order, held.holder, held.until);
  if (taken == 1) return std::nullopt;
  return find(tx, principal, route, key);
}

std::optional<StoredAnswer> AnswerStore::find(Tx& tx, std::string_view principal, std::string_view route,
                                              const std::string& key) const {
  return stored_answer(tx.query("SELECT digest, reply, order_id, holder, lease_until FROM idempotency"
                                " WHERE principal = $1 AND route = $2 AND key = $3",
                                principal, route, key));
}

void AnswerStore::renew_lease(Tx& tx, std::string_view principal, std::string_view route,
                              const std::string& key, const Lease& lease) const {
  tx.send("UPDATE idempotency SET lease_until = $5 WHERE principal = $1 AND route = $2 AND key = $3"
          " AND holder = $4 AND order_id = $6 AND reply IS NULL",
          principal, route, key, lease.holder, lease.until, lease.order_id);
}

void AnswerStore::keep(Tx& tx, std::string_view principal, std::string_view route, const std::string& key,
                       const std::string& reply) const {
  tx.send("UPDATE idempotency SET reply = $4 WHERE principal = $1 AND route = $2 AND key = $3", principal,
          route, key, Blob{reply});
}

std::optional<std::string> AnswerStore::keep_first(Tx& tx, std::string_view principal, std::string_view route,
                                                   const std::string& key, const std::string& reply) const {
  auto kept = tx.exec("UPDATE idempotency SET reply = $4 WHERE principal = $1 AND route = $2 AND key = $3"
                      " AND reply IS NULL",
                      principal, route, key, Blob{reply});
  if (kept == 1) return std::nullopt;
  auto first = find(tx, principal, route, key);
  return first ? first->reply : std::nullopt;
}

void AnswerStore::drop_key(Tx& tx, std::string_view principal, std::string_view route,
                           const std::string& key) const {
  tx.send("DELETE FROM idempotency WHERE principal = $1 AND route = $2 AND key = $3", principal, route, key);
}

void AnswerStore::drop_old_keys(Tx& tx, Time before, std::int64_t limit) const {
  tx.send("DELETE FROM idempotency WHERE (principal, route, key) IN (SELECT principal, route, key FROM "
          "idempotency"
          " WHERE created_at < $1 ORDER BY created_at LIMIT $2)",
          before, limit);
}

}  // namespace bramble::orders
