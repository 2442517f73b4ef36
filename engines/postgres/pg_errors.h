// What can go wrong on a connection to PostgreSQL, as the worker tells it apart.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace bramble::postgres {

// The server is gone, or has ended the connection.
class ConnectionLost : public Error {
 public:
  explicit ConnectionLost(std::string message)
      : Error(ErrorCode::unavailable, "database_unavailable", std::move(message)) {}
};

// A conflict with another transaction: the unit has to run again.
class Conflict : public Error {
 public:
  explicit Conflict(std::string message) : Error(ErrorCode::unavailable, "contention", std::move(message)) {}
};

// The schema has changed under a prepared statement: everything prepared has to be forgotten, then the unit
// runs again.
class StalePlan : public Error {
 public:
  explicit StalePlan(std::string message) : Error(ErrorCode::unavailable, "contention", std::move(message)) {}
};

// Throws what an SQLSTATE stands for.
[[noreturn]] void throw_state(std::string_view state, const std::string& message);

}  // namespace bramble::postgres
