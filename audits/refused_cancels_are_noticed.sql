-- I20 notifications.notice
-- The buyer hears of a cancel that came too late.
SELECT p.order_id, 'a notice that the cancel came too late', 'none'
  FROM orders.purchase p
 WHERE p.cancel_refused = 1
   AND NOT EXISTS (SELECT 1 FROM notifications.notice n
                    WHERE n.user_id = p.user_id AND n.order_id = p.order_id
                      AND n.change = ${NoticeChange.CANCEL_REFUSED})
   AND NOT EXISTS (SELECT 1 FROM orders.outbox o
                    WHERE o.published_at IS NULL AND o.type = 'orders.OrderCancelRefused'
                      AND o.key = p.order_id);
