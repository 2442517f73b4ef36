#include "engines/postgres/pg_worker.h"
#include "ports/message_listeners.h"
#include "ports/messages.h"

namespace bramble {
namespace postgres {
namespace {

class PostgresDatabase final : public Database {
 public:
  explicit PostgresDatabase(const PostgresOptions& options) : shared_(options) {
    shared_.notify = [this](const auto& messages) { listeners_.notify(messages); };
    prepare_schema();
    try {
      for (std::size_t i = 0; i < options.connections; ++i)
        workers_.push_back(std::make_unique<Worker>(shared_));
    } catch (...) {
      close();  // or those that are there already would wait for ever
      throw;
    }
  }
  ~PostgresDatabase() override { close(); }

  Dialect dialect() const override { return Dialect::postgres; }
  DatabaseStats stats() const override;
  void on_messages(std::function<void(const CommittedMessages&)> listener) override {
    listeners_.add(std::move(listener));
  }
  void run_script(std::string_view script) override;

 protected:
  Task<void> run(const Call& call, const std::string&, bool read_only,
                 std::function<void(Tx&)>& work) override {
    return shared_.units.perform(call, read_only, work);
  }

 private:
  void prepare_schema();
  void close() {
    {
      MutexLock lock(shared_.mutex);
      shared_.ending = true;
    }
    shared_.ends.notify_all();
    shared_.units.close();
  }

  MessageListeners listeners_;
  Shared shared_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

void PostgresDatabase::prepare_schema() {
  Connected connection = connect(shared_.options);
  Result order =
      run_simple(connection.get(), "SELECT datcollate, pg_encoding_to_char(encoding) FROM pg_database"
                                   " WHERE datname = current_database()");
  std::string collation = PQgetvalue(order.get(), 0, 0);
  bool by_bytes = collation == "C" || collation == "POSIX" || collation == "C.UTF-8" || collation == "C.utf8";
  if (!by_bytes || std::string_view(PQgetvalue(order.get(), 0, 1)) != "UTF8") {
    throw Error(ErrorCode::internal, "postgres_order",
                "the PostgreSQL database must be created with ENCODING 'UTF8' LOCALE 'C'");
  }
  run_script("CREATE SCHEMA IF NOT EXISTS " + quoted_name(shared_.options.schema) + ";" +
             std::string(message_schema(Dialect::postgres)));
}

void PostgresDatabase::run_script(std::string_view script) {
  Connected connection = connect(shared_.options);
  // One script at a time in a server, also if several processes start together.
  run_simple(connection.get(),
             "BEGIN; SET LOCAL statement_timeout TO 0; SELECT pg_advisory_xact_lock(8241978)");
  run_simple(connection.get(), std::string(script));
  run_simple(connection.get(), "COMMIT");
}

DatabaseStats PostgresDatabase::stats() const {
  DatabaseStats stats;
  stats.units = shared_.committed;
  stats.failed_units = shared_.failed;
  stats.retried_units = shared_.retried;
  stats.commits = shared_.committed;
  stats.reads = shared_.reads;
  stats.queued = shared_.units.size();
  stats.busy_us = shared_.busy_us;
  stats.commit_us = shared_.commit_us;
  return stats;
}

}  // namespace
}  // namespace postgres

std::unique_ptr<Database> open_postgres(const PostgresOptions& options) {
  return std::make_unique<postgres::PostgresDatabase>(options);
}

}  // namespace bramble
