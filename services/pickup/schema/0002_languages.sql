-- A point's words in other languages than its own.
CREATE TABLE pickup_point_text (
  language TEXT NOT NULL,
  pickup_point_id TEXT NOT NULL,
  title TEXT NOT NULL,
  address TEXT NOT NULL,
  PRIMARY KEY (language, pickup_point_id)
);
