-- The format (search_mapping.h) that the search index was filled in, in one row; none: nobody knows.
CREATE TABLE index_format (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  format BIGINT NOT NULL
);
