#include <libpq-fe.h>

#include "app/check/stores.h"

namespace bramble::check {
namespace {

std::string one_line(std::string text) {
  for (auto& c : text) c = c == '\n' ? ' ' : c;
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

std::vector<TextRow> ask(PGconn* connection, const std::string& sql, std::size_t limit) {
  std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection, sql.c_str()), PQclear);
  auto status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    throw Unreadable(one_line(PQerrorMessage(connection)) + " (" + sql + ")");
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

// A transaction, which sees all schemas as they were at one moment.
class PostgresLook : public Look {
 public:
  explicit PostgresLook(PGconn* connection) : connection_(connection) {
    ask(connection_, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", 0);
    ask(connection_, "SELECT 1", 1);
  }
  ~PostgresLook() override { PQclear(PQexec(connection_, "ROLLBACK")); }
  PostgresLook(const PostgresLook&) = delete;

  std::vector<TextRow> query(const std::string& sql, std::size_t limit) override {
    return ask(connection_, sql, limit);
  }

 private:
  PGconn* connection_;
};

class PostgresStores : public Stores {
 public:
  explicit PostgresStores(const std::string& conninfo) : connection_(connect(conninfo), PQfinish) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) {
      throw Unreadable(one_line(PQerrorMessage(connection_.get())));
    }
    for (const auto& row : ask(connection_.get(), "SELECT nspname FROM pg_namespace", 10'000)) {
      if (modules_with_stores().contains(row.front())) modules_.insert(row.front());
    }
    if (modules_.empty()) throw Unreadable("the database has no schema of a module");
  }

  const std::set<std::string>& modules() const override { return modules_; }

  std::unique_ptr<Look> look_at(const std::vector<std::string>&) override {
    return std::make_unique<PostgresLook>(connection_.get());
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
