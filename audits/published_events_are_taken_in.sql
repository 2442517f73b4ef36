-- I20 ${consumer}.inbox, for each delivery
-- A published ${event} was taken in.
-- Marked as published means that every consumer has it. Delivered events and old inbox records go after a
-- time, so only events within the hour (in microseconds) before the newest one count.
SELECT o.event_id || ' of ' || o.key, 'taken in by ${consumer}', 'not there'
  FROM ${publisher}.outbox o
 WHERE o.type = '${event}' AND o.published_at IS NOT NULL
   AND o.created_at > (SELECT MAX(created_at) FROM ${publisher}.outbox) - 3600000000
   AND NOT EXISTS (SELECT 1 FROM ${consumer}.inbox i
                    WHERE i.consumer = '${consumer}' AND i.event_id = o.event_id);
