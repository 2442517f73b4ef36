#include <libpq-fe.h>

#include "app/check/stores.h"

namespace bramble::check {
namespace {

std::string one_line(std::string text) {
  for (auto& c : text) c = c == '\n' ? ' ' : c;
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

class PostgresStores : public Stores {
 public:
  explicit PostgresStores(const std::string& conninfo) : connection_(connect(conninfo), PQfinish) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) {
      throw Unreadable(one_line(PQerrorMessage(connection_.get())));
    }
    for (const auto& row : query("SELECT nspname FROM pg_namespace", 10'000)) {
      for (const auto& module : audited_modules()) {
        if (module == row.front()) modules_.insert(module);
      }
    }
    if (modules_.empty()) throw Unreadable("the database has no schema of a module");
  }

  const std::set<std::string>& modules() const override { return modules_; }

  void release() override {
    if (PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) query("COMMIT", 0);
  }

  void take_snapshot() override {
    release();
    query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", 0);
    query("SELECT 1", 1);
  }

  std::vector<TextRow> query(const std::string& sql, std::size_t limit) override {
    std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection_.get(), sql.c_str()), PQclear);
    auto status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
      throw Unreadable(one_line(PQerrorMessage(connection_.get())) + " (" + sql + ")");
    }
    std::vector<TextRow> rows;
    for (int at = 0; at < PQntuples(result.get()) && rows.size() < limit; ++at) {
      TextRow row;
      for (int column = 0; column < PQnfields(result.get()); ++column) {
        row.emplace_back(PQgetvalue(result.get(), at, column));
      }
      rows.push_back(std::move(row));
    }
    return rows;
  }

  bool has_table(const std::string& module, const std::string& table) override {
    return !query("SELECT 1 FROM pg_tables WHERE schemaname = '" + module + "' AND tablename = '" + table +
                      "'",
                  1)
                .empty();
  }

 private:
  static PGconn* connect(const std::string& conninfo) {
    const char* names[] = {"dbname", "connect_timeout", "application_name", nullptr};
    const char* values[] = {conninfo.c_str(), "10", "bramble check", nullptr};
    return PQconnectdbParams(names, values, 1);
  }

  std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
  std::set<std::string> modules_;
};

}  // namespace

std::unique_ptr<Stores> open_postgres_stores(const std::string& conninfo) {
  return std::make_unique<PostgresStores>(conninfo);
}

}  // namespace bramble::check
