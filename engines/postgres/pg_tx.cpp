#include "engines/postgres/pg_tx.h"

#include <cstdlib>

namespace bramble::postgres {
namespace {

constexpr std::string_view begin_unit = "BEGIN ISOLATION LEVEL SERIALIZABLE";
constexpr std::string_view begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

// Queued statements are sent when they are this many, so that neither side has to keep more.
constexpr std::size_t queue_bound = 128;

}  // namespace

void PgTx::start(const Call& call, bool read_only) {
  messages_.start(call);
  now_ = clock_.now();
  read_only_ = read_only;
  begun_ = false;
  commit_sent_ = false;
  failure_ = nullptr;
}

void PgTx::rethrow_failure() const {
  if (failure_) std::rethrow_exception(failure_);
}

void PgTx::refuse_writes() const {
  if (read_only_) throw Error(ErrorCode::internal, "read_only", "a unit that only reads wanted to write");
}

template <class Work>
auto PgTx::guarded(Work work) {
  rethrow_failure();
  try {
    return work();
  } catch (...) {
    failure_ = std::current_exception();
    throw;
  }
}

void PgTx::queue(const Sql& sql, std::span<const SqlValue> values) {
  if (!begun_) {
    connection_.queue(read_only_ ? begin_read : begin_unit, {});
    begun_ = true;
  }
  connection_.queue(sql.postgres, values);
}

Rows PgTx::query_values(const Sql& sql, std::span<const SqlValue> values) {
  return guarded([&] {
    queue(sql, values);
    return read_rows(connection_.receive().get());
  });
}

std::int64_t PgTx::exec_values(const Sql& sql, std::span<const SqlValue> values) {
  return guarded([&] {
    refuse_writes();
    queue(sql, values);
    return static_cast<std::int64_t>(std::strtoll(PQcmdTuples(connection_.receive().get()), nullptr, 10));
  });
}

void PgTx::send_values(const Sql& sql, std::span<const SqlValue> values) {
  guarded([&] {
    refuse_writes();
    queue(sql, values);
    if (connection_.queued() >= queue_bound) connection_.receive();
  });
}

void PgTx::commit() {
  rethrow_failure();
  if (!begun_) return;
  guarded([&] {
    connection_.queue("COMMIT", {});
    commit_sent_ = true;
    Result result = connection_.receive();
    // In a transaction that has failed COMMIT means ROLLBACK, and says so only in passing.
    if (std::string_view(PQcmdStatus(result.get())) != "COMMIT") throw Conflict("the transaction had failed");
  });
}

void PgTx::roll_back() {
  if (!begun_) return;
  try {
    // A failure among what is queued means that ROLLBACK was not run; then it is sent again by itself.
    connection_.queue("ROLLBACK", {});
    connection_.receive();
  } catch (const ConnectionLost&) {
    connection_.close();
  } catch (const Error&) {
    try {
      connection_.queue("ROLLBACK", {});
      connection_.receive();
    } catch (const Error&) {
      connection_.close();
    }
  }
}

}  // namespace bramble::postgres
