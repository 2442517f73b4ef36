// Changes many rows a few at a time. Each batch is a transaction of its own, with a pause in between so that
// others get their turn.
#pragma once

#include <cstdint>
#include <functional>

#include "base/task.h"

namespace bramble {

inline constexpr std::int64_t batch_rows = 500;

// Calls `batch` until it returns false, at most so many times.
Task<void> in_batches(int most, std::function<Task<bool>()> batch);

}  // namespace bramble
