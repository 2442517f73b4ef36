#include "ports/messages.h"

namespace bramble {
namespace {

// `published_at` null: not yet delivered to every consumer. A flag and not "seq > last": on PostgreSQL rows
// commit out of the order of their numbers (docs/invariants.md, rule 9).
constexpr std::string_view sqlite_schema = R"sql(
CREATE TABLE IF NOT EXISTS outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id TEXT NOT NULL, type TEXT NOT NULL, key TEXT NOT NULL, payload BLOB NOT NULL, trace TEXT NOT NULL,
  created_at BIGINT NOT NULL, published_at BIGINT);
CREATE INDEX IF NOT EXISTS outbox_unpublished ON outbox (seq) WHERE published_at IS NULL;
CREATE TABLE IF NOT EXISTS inbox (
  consumer TEXT NOT NULL, event_id TEXT NOT NULL, received_at BIGINT NOT NULL,
  PRIMARY KEY (consumer, event_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS jobs (
  job_id TEXT PRIMARY KEY, type TEXT NOT NULL, key TEXT NOT NULL, payload BLOB NOT NULL, trace TEXT NOT NULL,
  run_at BIGINT NOT NULL, attempts BIGINT NOT NULL DEFAULT 0, last_error TEXT NOT NULL DEFAULT '',
  dead_at BIGINT, created_at BIGINT NOT NULL, UNIQUE (type, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS jobs_due ON jobs (run_at) WHERE dead_at IS NULL;
CREATE INDEX IF NOT EXISTS jobs_dead ON jobs (dead_at) WHERE dead_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS dead_events (
  consumer TEXT NOT NULL, event_id TEXT NOT NULL, type TEXT NOT NULL, key TEXT NOT NULL, payload BLOB NOT NULL,
  trace TEXT NOT NULL, attempts BIGINT NOT NULL, last_error TEXT NOT NULL, dead_at BIGINT NOT NULL,
  PRIMARY KEY (consumer, event_id)) WITHOUT ROWID;
)sql";

constexpr std::string_view postgres_schema = R"sql(
CREATE TABLE IF NOT EXISTS outbox (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id TEXT NOT NULL, type TEXT NOT NULL, key TEXT NOT NULL, payload BYTEA NOT NULL, trace TEXT NOT NULL,
  created_at BIGINT NOT NULL, published_at BIGINT);
CREATE INDEX IF NOT EXISTS outbox_unpublished ON outbox (seq) WHERE published_at IS NULL;
CREATE TABLE IF NOT EXISTS inbox (
  consumer TEXT NOT NULL, event_id TEXT NOT NULL, received_at BIGINT NOT NULL,
  PRIMARY KEY (consumer, event_id));
CREATE TABLE IF NOT EXISTS jobs (
  job_id TEXT PRIMARY KEY, type TEXT NOT NULL, key TEXT NOT NULL, payload BYTEA NOT NULL, trace TEXT NOT NULL,
  run_at BIGINT NOT NULL, attempts BIGINT NOT NULL DEFAULT 0, last_error TEXT NOT NULL DEFAULT '',
  dead_at BIGINT, created_at BIGINT NOT NULL, UNIQUE (type, key));
CREATE INDEX IF NOT EXISTS jobs_due ON jobs (run_at) WHERE dead_at IS NULL;
CREATE INDEX IF NOT EXISTS jobs_dead ON jobs (dead_at) WHERE dead_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS dead_events (
  consumer TEXT NOT NULL, event_id TEXT NOT NULL, type TEXT NOT NULL, key TEXT NOT NULL, payload BYTEA NOT NULL,
  trace TEXT NOT NULL, attempts BIGINT NOT NULL, last_error TEXT NOT NULL, dead_at BIGINT NOT NULL,
  PRIMARY KEY (consumer, event_id));
)sql";

}  // namespace

std::string_view message_schema(Dialect dialect) {
  return dialect == Dialect::sqlite ? sqlite_schema : postgres_schema;
}

}  // namespace bramble
