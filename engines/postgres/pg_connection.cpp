#include "engines/postgres/pg_connection.h"

#include <poll.h>

namespace bramble::postgres {
namespace {

std::string message_of(const PGresult* result) {
  std::string message = PQresultErrorMessage(result);
  while (!message.empty() && message.back() == '\n') message.pop_back();
  return message;
}

[[noreturn]] void throw_result(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  if (state == nullptr)
    throw ConnectionLost(message_of(result));  // libpq's own words: nothing came from the server
  throw_state(state, message_of(result));
}

bool succeeded(const PGresult* result) {
  ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

}  // namespace

std::string quoted_name(const std::string& name) {
  std::string quoted = "\"";
  for (char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

Connected connect(const PostgresOptions& options) {
  std::array<const char*, 5> keywords = {"dbname", "client_encoding", "application_name", "connect_timeout",
                                         nullptr};
  std::array<const char*, 5> values = {options.conninfo.c_str(), "UTF8", "bramble", "5", nullptr};
  Connected connection(PQconnectdbParams(keywords.data(), values.data(), 1));
  if (!connection) throw std::bad_alloc();
  if (PQstatus(connection.get()) != CONNECTION_OK) throw ConnectionLost(PQerrorMessage(connection.get()));
  PQsetNoticeProcessor(
      connection.get(), [](void*, const char*) {}, nullptr);
  // Without sequential scans, because one marks the whole table as read: every later insert would be a
  // conflict.
  run_simple(connection.get(),
             "SET search_path TO " + quoted_name(options.schema) +
                 "; SET synchronous_commit TO on; SET enable_seqscan TO off; SET jit TO off;"
                 " SET statement_timeout TO " +
                 std::to_string(options.statement_time.us / 1'000));
  return connection;
}

Result run_simple(PGconn* connection, const std::string& text) {
  Result result(PQexec(connection, text.c_str()));
  if (!result || PQstatus(connection) != CONNECTION_OK) throw ConnectionLost(PQerrorMessage(connection));
  if (!succeeded(result.get())) throw_result(result.get());
  return result;
}

bool Connection::is_alive() {
  if (!connection_ || PQstatus(connection_.get()) != CONNECTION_OK) return false;
  // Between units the server says nothing, unless it ends the session.
  pollfd socket{PQsocket(connection_.get()), POLLIN, 0};
  return ::poll(&socket, 1, 0) == 0;
}

void Connection::open() {
  close();
  Connected connection = connect(options_);
  if (PQenterPipelineMode(connection.get()) != 1) throw ConnectionLost(PQerrorMessage(connection.get()));
  connection_ = std::move(connection);
}

void Connection::close() {
  connection_.reset();
  prepared_.clear();
  pending_.clear();
}

void Connection::fail() {
  std::string message = connection_ ? PQerrorMessage(connection_.get()) : "not connected";
  close();
  throw ConnectionLost(message);
}

Connection::Prepared& Connection::prepare(std::string_view text) {
  const char* address = text.data();
  key_.assign(reinterpret_cast<const char*>(&address), sizeof address);
  key_ += parameters_.kinds();
  Prepared& prepared = prepared_[key_];
  // What was asked for comes before its use on the wire. If it fails, so does the use.
  if (prepared.state != Prepared::State::unknown) return prepared;
  if (prepared.name.empty()) prepared.name = "s" + std::to_string(++names_);
  if (PQsendPrepare(connection_.get(), prepared.name.c_str(), std::string(text).c_str(), parameters_.count(),
                    parameters_.types()) != 1) {
    fail();
  }
  prepared.state = Prepared::State::asked;
  pending_.push_back({&prepared});
  return prepared;
}

void Connection::queue(std::string_view text, std::span<const SqlValue> values) {
  if (!connection_) fail();
  parameters_.set(values);
  Prepared& prepared = prepare(text);
  if (PQsendQueryPrepared(connection_.get(), prepared.name.c_str(), parameters_.count(), parameters_.values(),
                          parameters_.lengths(), parameters_.formats(), 1) != 1) {
    fail();
  }
  pending_.push_back({});
}

Result Connection::next_result() {
  Result result(PQgetResult(connection_.get()));
  if (!result) fail();
  return result;
}

Result Connection::receive() {
  if (!connection_ || PQpipelineSync(connection_.get()) != 1) fail();
  Result last;
  Result failure;
  for (; !pending_.empty(); pending_.pop_front()) {
    Result result = next_result();
    bool good = succeeded(result.get());
    if (Prepared* prepared = pending_.front().prepares) {
      prepared->state = good ? Prepared::State::ready : Prepared::State::unknown;
    }
    if (good) last = std::move(result);
    else if (!failure) failure = std::move(result);
    // The end of this statement's results.
    Result end(PQgetResult(connection_.get()));
    if (end || PQstatus(connection_.get()) == CONNECTION_BAD) break;
  }
  if (failure && PQstatus(connection_.get()) == CONNECTION_BAD) {
    close();
    throw ConnectionLost(message_of(failure.get()));
  }
  if (!pending_.empty()) fail();
  Result sync = next_result();
  if (PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC) fail();
  if (failure) throw_result(failure.get());
  return last;
}

}  // namespace bramble::postgres
