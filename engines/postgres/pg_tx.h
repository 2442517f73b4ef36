// A unit's view of a PostgreSQL connection. BEGIN rides with the first statement, COMMIT with the last; what
// nobody reads is only queued. After a statement has failed nothing more of the unit runs.
#pragma once

#include "engines/postgres/pg_connection.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "ports/message_writer.h"

namespace bramble::postgres {

class PgTx final : public Tx {
 public:
  PgTx(Connection& connection, const Clock& clock, Random& random)
      : connection_(connection), clock_(clock), messages_(random) {}

  // Makes it the view of a unit that starts now; one that only reads gets a snapshot.
  void start(const Call& call, bool read_only);
  // Makes the unit durable. Throws the first failure, also one that the unit kept to itself.
  void commit();
  void roll_back();

  // Whether a COMMIT was given to the connection, so that losing it now leaves the outcome unknown.
  bool commit_sent() const { return commit_sent_; }
  // What it has published and scheduled. The numbers of events come in no order here, so they are not told.
  CommittedMessages messages() const { return {messages_.published(), {}, messages_.first_job()}; }
  // Throws what a statement has thrown, if there was one.
  void rethrow_failure() const;

  Time now() const override { return now_; }
  Rows query_values(const Sql& sql, std::span<const SqlValue> values) override;
  std::int64_t exec_values(const Sql& sql, std::span<const SqlValue> values) override;
  void send_values(const Sql& sql, std::span<const SqlValue> values) override;
  void continue_trace(std::string_view trace) override { messages_.continue_trace(trace); }
  void publish_envelope(const Envelope& event) override { messages_.publish(*this, event); }
  void schedule_envelope(const Envelope& job, Time at) override { messages_.schedule(*this, job, at); }

 private:
  template <class Work>
  auto guarded(Work work);
  void queue(const Sql& sql, std::span<const SqlValue> values);
  void refuse_writes() const;

  Connection& connection_;
  const Clock& clock_;
  MessageWriter messages_;

  Time now_;
  bool read_only_ = false;
  bool begun_ = false;
  bool commit_sent_ = false;
  std::exception_ptr failure_;
};

}  // namespace bramble::postgres
