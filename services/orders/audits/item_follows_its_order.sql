-- I17 orders.item
-- An item has the status of its order, or of its short pick.
-- A unit that was cancelled as missing is CANCELLED until its money is back, and REFUNDED then.
SELECT i.order_id || ' ' || i.item_id, ${OrderStatus(i.wanted)}, ${OrderStatus(i.status)}
  FROM (SELECT i.order_id, i.item_id, i.status,
               CASE WHEN i.short_id IS NULL THEN p.status
                    WHEN s.state = ${ShortState.REFUNDED} THEN ${OrderStatus.REFUNDED}
                    ELSE ${OrderStatus.CANCELLED} END AS wanted
          FROM orders.item i JOIN orders.purchase p ON p.order_id = i.order_id
          LEFT JOIN orders.short_pick s ON s.order_id = i.order_id AND s.short_id = i.short_id) i
 WHERE i.status <> i.wanted;
