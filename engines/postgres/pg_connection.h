// One connection to PostgreSQL in pipeline mode, with its prepared statements. Statements are queued;
// `receive` sends them all and waits for their results. Used by one thread at a time.
#pragma once

#include <libpq-fe.h>

#include <deque>
#include <memory>
#include <string>
#include <unordered_map>

#include "engines/postgres/pg_errors.h"
#include "engines/postgres/pg_values.h"
#include "engines/postgres/postgres.h"

namespace bramble::postgres {

struct ConnectionDeleter {
  void operator()(PGconn* connection) const { PQfinish(connection); }
  void operator()(PGresult* result) const { PQclear(result); }
};
using Connected = std::unique_ptr<PGconn, ConnectionDeleter>;
using Result = std::unique_ptr<PGresult, ConnectionDeleter>;

// A session with the schema as its search path, not in pipeline mode. Throws ConnectionLost.
Connected connect(const PostgresOptions& options);
// One or several statements as they are, with a text result. Throws ConnectionLost or what the SQLSTATE
// stands for.
Result run_simple(PGconn* connection, const std::string& text);
// A name as SQL writes it.
std::string quoted_name(const std::string& name);

class Connection {
 public:
  explicit Connection(const PostgresOptions& options) : options_(options) {}

  // Whether there is a session that the server has not ended meanwhile.
  bool is_alive();
  // A new session. Throws ConnectionLost.
  void open();
  void close();

  // Queues a statement; the values are borrowed for this call only.
  void queue(std::string_view text, std::span<const SqlValue> values);
  std::size_t queued() const { return pending_.size(); }
  // Sends what is queued and gives the last statement's result. Throws the first failure among them; the
  // others after it have not been run then.
  Result receive();

 private:
  struct Prepared {
    std::string name;
    enum class State { unknown, asked, ready } state = State::unknown;
  };
  struct Pending {
    Prepared* prepares = nullptr;  // or else it runs a statement
  };

  Prepared& prepare(std::string_view text);
  [[noreturn]] void fail();
  Result next_result();

  const PostgresOptions& options_;
  Connected connection_;
  Parameters parameters_;
  std::unordered_map<std::string, Prepared> prepared_;  // by the text's address and the parameters' kinds
  std::string key_;
  std::uint64_t names_ = 0;
  std::deque<Pending> pending_;
};

}  // namespace bramble::postgres
