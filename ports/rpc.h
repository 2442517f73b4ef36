// Calls between services. Promise: every call has a deadline and ends with a reply or an Error. After Error
// unavailable or timeout the call may or may not have taken effect. The retry wrapper repeats only methods
// that are marked repeatable. For each service, rpcgen makes the typed API and an RpcContract that connects
// it to a channel.
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
  std::string_view name;     // "reserve": with `service`, the address on the wire
  std::uint32_t index = 0;   // in `methods` of this build's contract; never sent
  bool repeatable = false;
};

// Carries an encoded request to the process of the service, and returns the encoded reply. Throws the Error
// that the service threw.
class RpcChannel {
 public:
  virtual ~RpcChannel() = default;
  virtual Task<std::string> call(Call call, const RpcMethod& method, std::string request) = 0;
};

// The receiving end: decodes the request, calls the service and encodes the reply. Throws Error not_found for
// a method that the service does not have.
class RpcDispatcher {
 public:
  virtual ~RpcDispatcher() = default;
  virtual Task<std::string> dispatch(Call call, std::string_view method, std::string request) = 0;
};

// Metrics, deadline and retries of every call, local or remote. One per process.
class RpcPolicy {
 public:
  virtual ~RpcPolicy() = default;
  // Throws Error timeout if the deadline has passed.
  virtual void before(const Call& call, const RpcMethod& method) = 0;
  // `failure` is null after a success. Returns the pause before the next attempt, or a negative Duration if
  // there is to be none.
  virtual Duration after(const Call& call, const RpcMethod& method, int attempt, std::int64_t started_us,
                         const Error* failure) = 0;
  virtual std::int64_t now_us() const = 0;
};

// One service's API with its type erased, for the process. Made by rpcgen; each shared_ptr<void> holds the
// Api.
struct RpcContract {
  std::string_view service;
  std::span<const RpcMethod> methods;
  // Wraps a service of this process: calls are not encoded; the policy is applied to each.
  std::function<std::shared_ptr<void>(std::shared_ptr<void> service, RpcPolicy& policy)> direct;
  // Makes a client that encodes calls and sends them through the channel; the policy is applied to each.
  std::function<std::shared_ptr<void>(RpcChannel& channel, RpcPolicy& policy)> remote;
  std::function<std::shared_ptr<RpcDispatcher>(std::shared_ptr<void> service)> dispatcher;
};

// Specialised in each generated *.api.h.
template <class Api>
const RpcContract& rpc_contract();

}  // namespace bramble
