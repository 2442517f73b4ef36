// Calls between services. Promise: a deadline, an Error code, maybe a repeat: a call that failed with
// unavailable or timeout may or may not have happened, and one marked repeatable may be made again by the
// retry wrapper. rpcgen makes, for each service, the typed API and an RpcContract that connects it to a
// channel.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/call.h"
#include "base/error.h"
#include "base/task.h"

namespace bramble {

struct RpcMethod {
  std::string_view service;  // "inventory"
  std::string_view name;     // "reserve"
  std::uint32_t index = 0;   // within its service
  bool repeatable = false;
};

// Carries one encoded call to wherever the service runs, and its encoded answer back. Throws what the service
// threw.
class RpcChannel {
 public:
  virtual ~RpcChannel() = default;
  virtual Task<std::string> call(Call call, const RpcMethod& method, std::string request) = 0;
};

// The receiving end: decodes, calls the service, encodes.
class RpcDispatcher {
 public:
  virtual ~RpcDispatcher() = default;
  virtual Task<std::string> dispatch(Call call, std::uint32_t method_index, std::string request) = 0;
};

// What happens around every call, local or remote: metrics, the deadline, retries. One for the process.
class RpcPolicy {
 public:
  virtual ~RpcPolicy() = default;
  // Throws timeout if the deadline has passed.
  virtual void before(const Call& call, const RpcMethod& method) = 0;
  // `failure` null: it went well. Returns how long to wait before another attempt, or a negative Duration to
  // give up.
  virtual Duration after(const Call& call, const RpcMethod& method, int attempt, std::int64_t started_us,
                         const Error* failure) = 0;
  virtual std::int64_t now_us() const = 0;
};

// How the process treats one service's API without knowing its type. Made by rpcgen; shared_ptr<void> is the
// Api.
struct RpcContract {
  std::string_view service;
  std::span<const RpcMethod> methods;
  // Wraps a service in this process: no encoding, the policy around each call.
  std::function<std::shared_ptr<void>(std::shared_ptr<void> service, RpcPolicy& policy)> direct;
  // A client that encodes and sends through the channel, the policy around each call.
  std::function<std::shared_ptr<void>(RpcChannel& channel, RpcPolicy& policy)> remote;
  std::function<std::shared_ptr<RpcDispatcher>(std::shared_ptr<void> service)> dispatcher;
};

// Specialised in each generated *.api.h.
template <class Api>
const RpcContract& rpc_contract();

}  // namespace bramble
