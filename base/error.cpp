#include "base/error.h"

#include <array>

namespace bramble {

std::string_view to_string(ErrorCode code) {
  static constexpr std::array<std::string_view, 9> words = {"invalid",     "unauthenticated", "forbidden",
                                                            "not_found",   "conflict",        "exhausted",
                                                            "unavailable", "timeout",         "internal"};
  return words.at(static_cast<std::size_t>(code));
}

void throw_invalid(std::string field, std::string code, std::string detail) {
  auto message = field + ": " + detail;
  throw Error(ErrorCode::invalid, "invalid_input", std::move(message),
              {{std::move(field), std::move(code), std::move(detail)}});
}

}  // namespace bramble
