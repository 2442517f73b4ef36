// A failure with an answer of its own: a status that its code does not imply, or further members in the
// problem document. The Router writes it. Services throw plain Errors.
#pragma once

#include <string>
#include <utility>

#include "base/error.h"

namespace bramble::edge {

class Problem : public Error {
 public:
  // `members` is JSON without its braces: `"price":{"amount_minor":199900,"currency":"RUB"}`.
  Problem(int status, std::string reason, std::string message, std::string members = {},
          std::vector<FieldError> fields = {})
      : Error(code_of(status), std::move(reason), std::move(message), std::move(fields)),
        status(status),
        members(std::move(members)) {}

  int status;
  std::string members;

 private:
  // For code that reads only the code: metrics and logs.
  static ErrorCode code_of(int status) {
    switch (status) {
      case 401: return ErrorCode::unauthenticated;
      case 403: return ErrorCode::forbidden;
      case 404: return ErrorCode::not_found;
      case 409: return ErrorCode::conflict;
      case 429: return ErrorCode::exhausted;
      case 502:
      case 503: return ErrorCode::unavailable;
      case 504: return ErrorCode::timeout;
      default: return status >= 500 ? ErrorCode::internal : ErrorCode::invalid;
    }
  }
};

}  // namespace bramble::edge
