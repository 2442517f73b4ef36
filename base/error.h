// The one exception type that ends a request, and the word for each kind of failure.
// An outcome that a caller branches on (out of stock, declined) is a value in the reply, not an Error.
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

// One wrong field of an input: where ("items[2].quantity"), a stable word, and what is allowed.
struct FieldError {
  std::string field;
  std::string code;
  std::string detail;
  bool operator==(const FieldError&) const = default;
};

// `reason` is a stable word for programs ("order_packed"), `message` a sentence for people without secrets.
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

// A bad field of a request.
[[noreturn]] void throw_invalid(std::string field, std::string code, std::string detail);

}  // namespace bramble
