#include "sandbox/webhook_store.h"

namespace bramble::sandbox {

void WebhookStore::add(Tx& tx, const Webhook& webhook) {
  tx.send("INSERT INTO bank_webhooks (event_id, url, body, attempts, created_at, next_at)"
          " VALUES ($1, $2, $3, 0, $4, NULL)",
          webhook.event_id, webhook.url, webhook.body, tx.now());
}

void WebhookStore::remove(Tx& tx, const std::string& event_id) {
  tx.send("DELETE FROM bank_webhooks WHERE event_id = $1", event_id);
}

void WebhookStore::retry_at(Tx& tx, const Webhook& webhook, Time at) {
  tx.send("UPDATE bank_webhooks SET attempts = $2, next_at = $3 WHERE event_id = $1", webhook.event_id,
          webhook.attempts, at);
}

bool WebhookStore::any_due(Tx& tx, Time now) {
  return !tx.query("SELECT 1 FROM bank_webhooks WHERE next_at <= $1 LIMIT 1", now).empty();
}

std::vector<Webhook> WebhookStore::take_due(Tx& tx, Time now, std::int64_t limit) {
  std::vector<Webhook> due;
  for (auto row : tx.query("SELECT event_id, url, body, attempts FROM bank_webhooks WHERE next_at <= $1"
                           " ORDER BY next_at, event_id LIMIT $2",
                           now, limit)) {
    due.push_back({row.get<std::string>(0), row.get<std::string>(1), row.get<std::string>(2),
                   row.get<std::int64_t>(3)});
    tx.send("UPDATE bank_webhooks SET next_at = NULL WHERE event_id = $1", due.back().event_id);
  }
  return due;
}

void WebhookStore::adopt_orphans(Tx& tx) {
  tx.send("UPDATE bank_webhooks SET next_at = $1 WHERE next_at IS NULL", tx.now());
}

}  // namespace bramble::sandbox
