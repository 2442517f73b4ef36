#include "engines/sqlite/sqlite_tx.h"

namespace bramble::sqlite {
void SqliteTx::start(const Call& call) {
  now_ = clock_.now();
  messages_.start(call);
  events_.clear();
  changes_before_ = connection_.total_changes();
  wrote_other_ = false;
  failure_ = nullptr;
}

void SqliteTx::finish() const {
  if (failure_) std::rethrow_exception(failure_);
}

void SqliteTx::publish_envelope(const Envelope& event) {
  auto& stored = events_.emplace_back(messages_.publish(*this, event));
  stored.seq = connection_.last_row();
}

void SqliteTx::move_messages(CommittedMessages& batch) {
  batch.published |= messages_.published();
  std::move(events_.begin(), events_.end(), std::back_inserter(batch.events));
  events_.clear();
  auto job = messages_.first_job();
  if (job && (!batch.first_job || *job < *batch.first_job)) batch.first_job = job;
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

void SqliteTx::run_script(const std::string& script) {
  guarded([&] {
    wrote_other_ = true;
    connection_.script(script);
  });
}

}  // namespace bramble::sqlite
