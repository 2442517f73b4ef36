// Connects the modules' APIs: each caller gets every service behind the same policy, as a direct call or
// through the codec, and cannot tell which.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "ports/rpc.h"
#include "runtime/rpc_loopback.h"
#include "runtime/rpc_policy.h"

namespace bramble {

enum class RpcMode {
  direct,
  encoded,               // through bytes, as over a network
  encoded_with_repeats,  // and every repeatable call is made twice
};

class ApiRegistry {
 public:
  ApiRegistry(RpcMode mode, StandardRpcPolicy& policy)
      : mode_(mode), policy_(policy), channel_(mode == RpcMode::encoded_with_repeats) {}

  void serve(const RpcContract& contract, std::shared_ptr<void> service);
  // Null if the service is not served.
  std::shared_ptr<void> find(const RpcContract& contract) const;

 private:
  RpcMode mode_;
  StandardRpcPolicy& policy_;
  LoopbackChannel channel_;
  std::map<std::string, std::shared_ptr<void>, std::less<>> apis_;
};

}  // namespace bramble
