// A unit's view of a SQLite connection. After a statement has failed nothing more of the unit runs, as in
// PostgreSQL.
#pragma once

#include "engines/sqlite/sqlite_connection.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "ports/message_writer.h"

namespace bramble::sqlite {

class SqliteTx final : public Tx {
 public:
  SqliteTx(Connection& connection, const Clock& clock, Random& random, Access access)
      : connection_(connection), clock_(clock), messages_(random), access_(access) {}

  // Makes it the view of a unit that starts now.
  void start(const Call& call);
  // Throws what a statement has thrown, if the unit kept it to itself.
  void finish() const;
  // Whether the unit has changed anything since `start`.
  bool wrote() const { return wrote_other_ || connection_.total_changes() != changes_before_; }
  // Adds what the unit has published and scheduled to what its batch has.
  void move_messages(CommittedMessages& batch);
  // Runs statements separated by semicolons.
  void run_script(const std::string& script);

  Time now() const override { return now_; }
  Rows query_values(const Sql& sql, std::span<const SqlValue> values) override;
  std::int64_t exec_values(const Sql& sql, std::span<const SqlValue> values) override;
  void send_values(const Sql& sql, std::span<const SqlValue> values) override { exec_values(sql, values); }
  void continue_trace(std::string_view trace) override { messages_.continue_trace(trace); }
  void publish_envelope(const Envelope& event) override;
  void schedule_envelope(const Envelope& job, Time at) override { messages_.schedule(*this, job, at); }

 private:
  Statement& admitted(const Sql& sql);
  template <class Work>
  auto guarded(Work work);

  Connection& connection_;
  const Clock& clock_;
  MessageWriter messages_;
  const Access access_;

  Time now_;
  std::vector<PublishedEvent> events_;
  std::int64_t changes_before_ = 0;
  bool wrote_other_ = false;
  std::exception_ptr failure_;
};

}  // namespace bramble::sqlite
