-- I20 ${module}.dead_events, for each module
-- Every event is taken in at last.
SELECT event_id || ' of ' || key, 'taken in by ' || consumer, 'given up: ' || last_error
  FROM ${module}.dead_events;
