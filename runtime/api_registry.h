// Connects the APIs of modules. A caller reaches every service through the same policy, by a direct call or
// encoded, and sees no difference.
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
  encoded,               // as over a network
  encoded_with_repeats,  // every repeatable call is made twice
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
