// Work on many rows, a few at a time: each batch is a transaction of its own, and between two of them is a
// pause for whoever waits.
#pragma once

#include <cstdint>
#include <functional>

#include "base/task.h"

namespace bramble {

inline constexpr std::int64_t batch_rows = 500;

// Calls `batch` until it says that no more is to be done, at most so many times.
Task<void> in_batches(int most, std::function<Task<bool>()> batch);

}  // namespace bramble
