// What should have happened by now. A clock may jump and be set back, so nothing rests on one reading of it.
#include <fmt/format.h>

#include "app/check/audit.h"

namespace bramble::check {
namespace {

constexpr std::int64_t wide_margin_us = 3'600'000'000;  // beyond its end
constexpr std::int64_t at_work_us = 600'000'000;        // that the platform was seen at work since then

// An order past its end is closed within seconds, unless the bank does not say what became of its payment;
// and what is to be done has a job. Whether time has passed at all, the events say that were published since:
// a single one proves only that the clock had jumped, and one of the future that it was set back.
std::string never_ended(std::int64_t now_us) {
  return fmt::format(R"sql(
SELECT p.order_id, 'paid or closed by ' || CAST(p.expires_at AS TEXT),
       'waits for its payment at ' || CAST(seen.last_at AS TEXT)
  FROM orders.purchase p
  JOIN (SELECT q.order_id, MIN(o.created_at) AS first_at, MAX(o.created_at) AS last_at
          FROM orders.purchase q JOIN orders.outbox o
            ON o.created_at > q.expires_at + {0} AND o.created_at <= {2}
         WHERE q.status = 1 AND q.expires_at + {0} < {2} GROUP BY q.order_id) seen
    ON seen.order_id = p.order_id
 WHERE p.status = 1 AND seen.last_at - seen.first_at >= {1}
   AND NOT EXISTS (SELECT 1 FROM orders.jobs j
                    WHERE j.type = 'orders.AdvanceOrder' AND j.key = p.order_id AND j.dead_at IS NULL)
   AND NOT EXISTS (SELECT 1 FROM payments.payment b WHERE b.order_id = p.order_id AND b.status IN (0, 1)
                      AND (b.unanswered_since IS NOT NULL OR b.wish = 2)))sql",
                     wide_margin_us, at_work_us, now_us);
}

}  // namespace

std::vector<Audit> time_audits(std::int64_t now_us) {
  return {
      {"I16",
       "orders.purchase",
       "an order whose time to pay is long over does not wait for it",
       {"orders", "payments"},
       never_ended(now_us)},
  };
}

}  // namespace bramble::check
