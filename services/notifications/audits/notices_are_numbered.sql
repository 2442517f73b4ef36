-- I20 notifications.feed
-- The notices of a buyer are numbered without a gap.
SELECT k.user_id, CAST(COALESCE(n.last, 0) AS TEXT) || ' in all',
       'last ' || COALESCE(CAST(f.last_seq AS TEXT), 'none') || ', ' || CAST(COALESCE(n.notices, 0) AS TEXT)
       || ' there'
  FROM (SELECT user_id FROM notifications.feed UNION SELECT user_id FROM notifications.notice) k
  LEFT JOIN notifications.feed f ON f.user_id = k.user_id
  LEFT JOIN (SELECT user_id, MAX(seq) AS last, MIN(seq) AS first, COUNT(*) AS notices
               FROM notifications.notice GROUP BY user_id) n ON n.user_id = k.user_id
 WHERE f.last_seq IS NULL OR n.last IS NULL OR f.last_seq <> n.last OR n.last - n.first + 1 <> n.notices;
