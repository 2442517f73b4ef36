-- I16 orders.purchase
-- No order waits for its payment long after its time to pay.
-- An order past its end is closed within seconds, unless the bank does not say what became of its payment; and
-- what is to be done has a job. A clock may jump and be set back, so nothing rests on one reading of it: events
-- that were published more than an hour after the end, over ten minutes (in microseconds), say that the platform
-- was at work since then. One alone proves only that the clock had jumped, one of the future that it was set
-- back.
SELECT p.order_id, 'paid or closed by ' || CAST(p.expires_at AS TEXT),
       'waits for its payment at ' || CAST(seen.last_at AS TEXT)
  FROM orders.purchase p
  JOIN (SELECT q.order_id, MIN(o.created_at) AS first_at, MAX(o.created_at) AS last_at
          FROM orders.purchase q
          JOIN orders.outbox o ON o.created_at > q.expires_at + 3600000000 AND o.created_at <= ${now}
         WHERE q.status = ${OrderStatus.PENDING_PAYMENT} AND q.expires_at + 3600000000 < ${now}
         GROUP BY q.order_id) seen
    ON seen.order_id = p.order_id
 WHERE p.status = ${OrderStatus.PENDING_PAYMENT} AND seen.last_at - seen.first_at >= 600000000
   AND NOT EXISTS (SELECT 1 FROM orders.jobs j
                    WHERE j.type = 'orders.AdvanceOrder' AND j.key = p.order_id AND j.dead_at IS NULL)
   AND NOT EXISTS (SELECT 1 FROM payments.payment b
                    WHERE b.order_id = p.order_id
                      AND b.status IN (${PaymentStatus.PROCESSING}, ${PaymentStatus.REQUIRES_ACTION})
                      AND (b.unanswered_since IS NOT NULL OR b.wish = ${PaymentGoal.SETTLE}));
