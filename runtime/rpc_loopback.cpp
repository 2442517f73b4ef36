#include "runtime/rpc_loopback.h"

namespace bramble {

void LoopbackChannel::add(std::string service, std::shared_ptr<RpcDispatcher> dispatcher) {
  dispatchers_[std::move(service)] = std::move(dispatcher);
}

Task<std::string> LoopbackChannel::call(Call call, const RpcMethod& method, std::string request) {
  auto it = dispatchers_.find(method.service);
  if (it == dispatchers_.end()) {
    throw Error(ErrorCode::unavailable, "no_service",
                std::string(method.service) + " does not run in this process");
  }
  auto dispatcher = it->second;
  if (repeat_ && method.repeatable) {
    try {
      co_await dispatcher->dispatch(call, method.name, request);
    } catch (const std::exception&) {
      // The first answer is the one that gets lost, whatever it was.
    }
  }
  try {
    co_return co_await dispatcher->dispatch(std::move(call), method.name, std::move(request));
  } catch (const Error&) {
    throw;
  } catch (const std::exception& other) {
    throw Error(ErrorCode::internal, "internal", other.what());
  }
}

}  // namespace bramble
