// Pages of lists, as all gateways count them: the first page is 1.
#pragma once

#include <cstdint>
#include <optional>

namespace bramble::edge {

// The rows of a page if the request names no number.
inline constexpr std::int64_t usual_limit = 25;

// The number of rows before a page.
inline std::int64_t offset_of(std::optional<std::int64_t> page, std::int64_t limit) {
  return (page.value_or(1) - 1) * limit;
}

}  // namespace bramble::edge
