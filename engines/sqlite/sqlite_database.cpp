#include <future>

#include "engines/sqlite/sqlite.h"
#include "engines/sqlite/sqlite_reader.h"
#include "engines/sqlite/sqlite_writer.h"
#include "ports/message_listeners.h"
#include "ports/messages.h"

namespace bramble {
namespace sqlite {
namespace {

class SqliteDatabase final : public Database {
 public:
  explicit SqliteDatabase(const SqliteOptions& options)
      : reads_(options.waiting_units, options.readers),
        writer_(options, gate_, counters_, [this](const auto& messages) { listeners_.notify(messages); }) {
    run_script(message_schema(Dialect::sqlite));
    try {
      for (std::size_t i = 0; i < options.readers; ++i) {
        readers_.push_back(std::make_unique<Reader>(options, reads_, gate_, counters_));
      }
    } catch (...) {
      reads_.close();  // or those that are there already would wait for ever
      throw;
    }
  }
  ~SqliteDatabase() override { reads_.close(); }

  Dialect dialect() const override { return Dialect::sqlite; }
  DatabaseStats stats() const override;
  void on_messages(std::function<void(const CommittedMessages&)> listener) override {
    listeners_.add(std::move(listener));
  }
  void run_script(std::string_view script) override;

 protected:
  Task<void> run(const Call& call, const std::string&, bool read_only,
                 std::function<void(Tx&)>& work) override {
    return (read_only ? reads_ : writer_.queue()).perform(call, read_only, work);
  }

 private:
  Counters counters_;
  ReaderGate gate_;
  MessageListeners listeners_;
  DatabaseUnits reads_;
  Writer writer_;
  std::vector<std::unique_ptr<Reader>> readers_;
};

void SqliteDatabase::run_script(std::string_view text) {
  std::function<void(Tx&)> work = [script = std::string(text)](Tx& tx) {
    static_cast<SqliteTx&>(tx).run_script(script);
  };
  Call call;
  DatabaseUnit unit;
  // Shared with the writer's thread, which may still be inside set_value when the wait here is over.
  auto done = std::make_shared<std::promise<void>>();
  unit.call = &call;
  unit.work = &work;
  unit.resume = [done] { done->set_value(); };
  if (!writer_.queue().push(unit)) {
    throw Error(ErrorCode::exhausted, "database_busy", "too many transactions are waiting");
  }
  done->get_future().wait();
  if (unit.failure) std::rethrow_exception(unit.failure);
}

DatabaseStats SqliteDatabase::stats() const {
  DatabaseStats stats;
  stats.units = counters_.units;
  stats.failed_units = counters_.failed_units;
  stats.retried_units = counters_.retried_units;
  stats.commits = counters_.commits;
  stats.reads = counters_.reads;
  stats.queued = writer_.queue().size() + reads_.size();
  stats.busy_us = counters_.busy_us;
  stats.commit_us = counters_.commit_us;
  return stats;
}

}  // namespace
}  // namespace sqlite

std::unique_ptr<Database> open_sqlite(const SqliteOptions& options) {
  return std::make_unique<sqlite::SqliteDatabase>(options);
}

}  // namespace bramble
