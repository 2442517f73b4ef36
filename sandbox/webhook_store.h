// Webhooks that the merchant has not acknowledged. One is stored in the transaction of the change it tells
// of, and gone when it was acknowledged, dropped by a fault, or given up.
#pragma once

#include <vector>

#include "ports/database.h"
#include "sandbox/webhook.h"

namespace bramble::sandbox {

class WebhookStore {
 public:
  // Stored as being sent: whoever adds it hands it to the sender after the commit.
  static void add(Tx& tx, const Webhook& webhook);
  static void remove(Tx& tx, const std::string& event_id);
  static void retry_at(Tx& tx, const Webhook& webhook, Time at);
  static bool any_due(Tx& tx, Time now);
  // Takes up to `limit` due ones, oldest first, and marks them as being sent.
  static std::vector<Webhook> take_due(Tx& tx, Time now, std::int64_t limit);
  // What another process was sending when it died is due now.
  static void adopt_orphans(Tx& tx);
};

}  // namespace bramble::sandbox
