-- The pickup points; all of them fit in memory.
CREATE TABLE pickup_point (
  pickup_point_id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  address TEXT NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL
);
