#include "engines/sqlite/sqlite_tx.h"

namespace bramble::sqlite {
namespace {

constexpr std::size_t entropy_piece = 64 * sizeof(Entropy);

constexpr Sql publish_sql =
    "INSERT INTO outbox (event_id, type, key, payload, trace, created_at) VALUES ($1, $2, $3, $4, $5, $6)";

constexpr Sql schedule_sql =
    "INSERT INTO jobs (job_id, type, key, payload, trace, run_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (type, key) DO UPDATE SET job_id = excluded.job_id, payload = excluded.payload,"
    " trace = excluded.trace, run_at = excluded.run_at, created_at = excluded.created_at, attempts = 0,"
    " last_error = '', dead_at = NULL";

}  // namespace

Entropy EntropyStock::take() {
  if (used_ + sizeof(Entropy) > bytes_.size()) {
    bytes_ = random_.bytes(entropy_piece);
    used_ = 0;
  }
  Entropy entropy;
  std::memcpy(&entropy, bytes_.data() + used_, sizeof(Entropy));
  used_ += sizeof(Entropy);
  return entropy;
}

void SqliteTx::start(const Call& call) {
  call_ = &call;
  now_ = clock_.now();
  trace_.clear();
  changes_before_ = connection_.total_changes();
  wrote_other_ = false;
  has_messages_ = false;
  failure_ = nullptr;
}

void SqliteTx::finish() const {
  if (failure_) std::rethrow_exception(failure_);
}

Statement& SqliteTx::admitted(const Sql& sql) {
  Statement& statement = connection_.prepared(sql.sqlite);
  if (statement.writes && access_ == Access::read) {
    throw Error(ErrorCode::internal, "read_only", "a unit that only reads wanted to write");
  }
  return statement;
}

template <class Work>
auto SqliteTx::guarded(Work work) {
  finish();
  try {
    return work();
  } catch (...) {
    failure_ = std::current_exception();
    throw;
  }
}

Rows SqliteTx::query_values(const Sql& sql, std::span<const SqlValue> values) {
  return guarded([&] {
    Statement& statement = admitted(sql);
    if (statement.writes && !statement.counts) wrote_other_ = true;
    return connection_.query(statement, values);
  });
}

std::int64_t SqliteTx::exec_values(const Sql& sql, std::span<const SqlValue> values) {
  return guarded([&] {
    if (access_ == Access::read) {
      throw Error(ErrorCode::internal, "read_only", "a unit that only reads wanted to write");
    }
    Statement& statement = admitted(sql);
    if (statement.writes && !statement.counts) wrote_other_ = true;
    return connection_.exec(statement, values);
  });
}

const std::string& SqliteTx::trace() {
  if (trace_.empty()) trace_ = to_traceparent(call_->trace);
  return trace_;
}

void SqliteTx::publish_envelope(const Envelope& event) {
  std::string id = make_id_text(EventId::prefix, now_, bucket_of(event.key), entropy_.take());
  exec(publish_sql, id, event.type, event.key, Blob{event.payload}, trace(), now_);
  has_messages_ = true;
}

void SqliteTx::schedule_envelope(const Envelope& job, Time at) {
  std::string id = make_id_text(JobId::prefix, now_, bucket_of(job.key), entropy_.take());
  exec(schedule_sql, id, job.type, job.key, Blob{job.payload}, trace(), at, now_);
  has_messages_ = true;
}

}  // namespace bramble::sqlite
