// Webhooks that the merchant has not acknowledged. Each is stored in the transaction of its change, and
// deleted when it is acknowledged, dropped by a fault, or given up.
#pragma once

#include <vector>

#include "ports/database.h"
#include "sandbox/webhook.h"

namespace bramble::sandbox {

class WebhookStore {
 public:
  // Stores it as being sent: the caller gives it to the sender after the commit.
  static void add(Tx& tx, const Webhook& webhook);
  static void remove(Tx& tx, const std::string& event_id);
  static void retry_at(Tx& tx, const Webhook& webhook, Time at);
  static bool any_due(Tx& tx, Time now);
  // Takes up to `limit` due ones, oldest first, and marks them as being sent.
  static std::vector<Webhook> take_due(Tx& tx, Time now, std::int64_t limit);
  // Webhooks that another process was sending when it died become due now.
  static void adopt_orphans(Tx& tx);
};

}  // namespace bramble::sandbox
