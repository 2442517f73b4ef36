-- I12 orders.purchase
-- An order in work was captured once and in full.
-- But for the units that were cancelled as missing and whose money is back.
SELECT o.order_id, 'kept ' || CAST(o.total_minor - COALESCE(i.refunded, 0) AS TEXT),
       COALESCE('captured ' || CAST(p.captured AS TEXT) || ' refunded ' || CAST(p.refunded AS TEXT),
                'no payment')
  FROM orders.purchase o
  LEFT JOIN (SELECT order_id, SUM(captured_minor) AS captured, SUM(refunded_minor) AS refunded
               FROM payments.payment GROUP BY order_id) p ON p.order_id = o.order_id
  LEFT JOIN (SELECT order_id, SUM(price_minor) AS refunded FROM orders.item
              WHERE short_id IS NOT NULL AND status = ${OrderStatus.REFUNDED} GROUP BY order_id) i
         ON i.order_id = o.order_id
 WHERE o.status IN (${OrderStatus.PAID}, ${OrderStatus.ASSEMBLING}, ${OrderStatus.READY_TO_SHIP},
                    ${OrderStatus.IN_TRANSIT}, ${OrderStatus.AT_PICKUP_POINT}, ${OrderStatus.DELIVERED})
   AND COALESCE(p.captured - p.refunded, 0) <> o.total_minor - COALESCE(i.refunded, 0)
   AND NOT EXISTS (SELECT 1 FROM payments.payment q JOIN payments.jobs j ON j.key = q.payment_id
                    WHERE q.order_id = o.order_id AND q.late = 1 AND j.dead_at IS NULL)
   AND NOT EXISTS (SELECT 1 FROM payments.outbox m WHERE m.published_at IS NULL AND m.key = o.order_id);
