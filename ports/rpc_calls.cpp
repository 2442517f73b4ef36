#include "ports/rpc_calls.h"

namespace bramble {

void RpcAttempts::begin() {
  ++attempt_;
  started_us_ = policy_.now_us();
  policy_.before(told_, method_);
}

void RpcAttempts::succeeded() { policy_.after(told_, method_, attempt_, started_us_, nullptr); }

std::int64_t RpcAttempts::failed() {
  Duration wait{-1};
  try {
    throw;
  } catch (const Error& error) {
    wait = policy_.after(told_, method_, attempt_, started_us_, &error);
  } catch (const std::exception& other) {
    Error error(ErrorCode::internal, "internal", other.what());
    wait = policy_.after(told_, method_, attempt_, started_us_, &error);
  }
  if (wait.us < 0 || !method_.repeatable) throw;
  return wait.us;
}

}  // namespace bramble
