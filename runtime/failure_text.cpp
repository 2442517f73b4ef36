#include "runtime/failure_text.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"

namespace bramble {
namespace {

constexpr std::size_t most_bytes = 500;

}  // namespace

std::string failure_text(const std::exception& failure) {
  std::string text;
  if (const auto* error = dynamic_cast<const Error*>(&failure)) {
    text.append(to_string(error->code)).append(" ").append(error->reason).append(": ").append(error->message);
  } else {
    text = failure.what();
  }
  std::string clean;
  for (std::size_t at = 0; at < text.size() && clean.size() < most_bytes - 4;) {
    auto length = utf8_sequence_length(text, at);
    if (length == 0 || text[at] == '\0') {
      clean.push_back('?');
      ++at;
    } else {
      clean.append(text, at, length);
      at += length;
    }
  }
  return clean;
}

bool is_passing(const std::exception& failure) {
  const auto* error = dynamic_cast<const Error*>(&failure);
  return error != nullptr && (error->code == ErrorCode::unavailable || error->code == ErrorCode::timeout);
}

bool is_of_own_store(const std::exception& failure) {
  // As the engines name it; a call to another service brings the word along.
  constexpr std::array<std::string_view, 3> reasons = {"database_unavailable", "commit_unknown",
                                                       "database_busy"};
  const auto* error = dynamic_cast<const Error*>(&failure);
  return error != nullptr && std::find(reasons.begin(), reasons.end(), error->reason) != reasons.end();
}

}  // namespace bramble
