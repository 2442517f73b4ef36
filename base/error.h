// The only exception type that ends a request, and a word for each kind of failure. An outcome that the
// caller branches on (out of stock, declined) is a value of the reply, not an Error.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace bramble {

// Mapped once to HTTP: 400/422, 401, 403, 404, 409, 429, 503, 504, 500.
enum class ErrorCode {
  invalid,
  unauthenticated,
  forbidden,
  not_found,
  conflict,
  exhausted,
  unavailable,
  timeout,
  internal,
};

std::string_view to_string(ErrorCode code);

// A wrong field of an input: its path ("items[2].quantity"), a stable word, and what is allowed.
struct FieldError {
  std::string field;
  std::string code;
  std::string detail;
  bool operator==(const FieldError&) const = default;
};

// `reason` is a stable word for programs ("order_packed"). `message` is a sentence for people; it contains
// no secrets.
class Error : public std::exception {
 public:
  Error(ErrorCode code, std::string reason, std::string message, std::vector<FieldError> fields = {})
      : code(code), reason(std::move(reason)), message(std::move(message)), fields(std::move(fields)) {}

  const char* what() const noexcept override { return message.c_str(); }

  ErrorCode code;
  std::string reason;
  std::string message;
  std::vector<FieldError> fields;
};

// Throws Error invalid for one wrong field.
[[noreturn]] void throw_invalid(std::string field, std::string code, std::string detail);

}  // namespace bramble
