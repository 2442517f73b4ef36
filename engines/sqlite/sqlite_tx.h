// A unit's view of a SQLite connection. After a statement has failed nothing more of the unit runs, as in PostgreSQL.
#pragma once

#include <cstring>

#include "engines/sqlite/sqlite_connection.h"
#include "ports/clock.h"
#include "ports/database.h"

namespace bramble::sqlite {

// Random bits for ids, taken from the port in larger pieces. Used by one thread.
class EntropyStock {
 public:
  explicit EntropyStock(Random& random) : random_(random) {}
  Entropy take();

 private:
  Random& random_;
  std::string bytes_;
  std::size_t used_ = 0;
};

class SqliteTx final : public Tx {
 public:
  SqliteTx(Connection& connection, const Clock& clock, Random& random, Access access)
      : connection_(connection), clock_(clock), entropy_(random), access_(access) {}

  // Makes it the view of a unit that starts now.
  void start(const Call& call);
  // Throws what a statement has thrown, if the unit kept it to itself.
  void finish() const;
  // Whether the unit has changed anything since `start`; `note_other_writes` says so of what did not come by here.
  void note_other_writes() { wrote_other_ = true; }
  bool wrote() const { return wrote_other_ || connection_.total_changes() != changes_before_; }
  // Whether it has published or scheduled.
  bool has_messages() const { return has_messages_; }

  Time now() const override { return now_; }
  Rows query_values(const Sql& sql, std::span<const SqlValue> values) override;
  std::int64_t exec_values(const Sql& sql, std::span<const SqlValue> values) override;
  void send_values(const Sql& sql, std::span<const SqlValue> values) override { exec_values(sql, values); }
  void publish_envelope(const Envelope& event) override;
  void schedule_envelope(const Envelope& job, Time at) override;

 private:
  Statement& admitted(const Sql& sql);
  template <class Work>
  auto guarded(Work work);
  const std::string& trace();

  Connection& connection_;
  const Clock& clock_;
  EntropyStock entropy_;
  const Access access_;

  const Call* call_ = nullptr;
  Time now_;
  std::string trace_;
  std::int64_t changes_before_ = 0;
  bool wrote_other_ = false;
  bool has_messages_ = false;
  std::exception_ptr failure_;
};

}  // namespace bramble::sqlite
