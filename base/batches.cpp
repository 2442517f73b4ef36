#include "base/batches.h"

#include "base/time.h"

namespace bramble {
namespace {

constexpr Duration pause = milliseconds(20);

}  // namespace

Task<void> in_batches(int most, std::function<Task<bool>()> batch) {
  for (int done = 0; done < most && co_await batch(); ++done) co_await pause_us(pause.us);
}

}  // namespace bramble
