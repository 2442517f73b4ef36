// A channel to services of this process that encodes calls as a network would: for the encoded mode.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "ports/rpc.h"

namespace bramble {

class LoopbackChannel : public RpcChannel {
 public:
  // With `repeat`, every repeatable call is made twice and the second reply is returned, as after a lost
  // first reply.
  explicit LoopbackChannel(bool repeat) : repeat_(repeat) {}

  void add(std::string service, std::shared_ptr<RpcDispatcher> dispatcher);

  Task<std::string> call(Call call, const RpcMethod& method, std::string request) override;

 private:
  bool repeat_;
  std::map<std::string, std::shared_ptr<RpcDispatcher>, std::less<>> dispatchers_;
};

}  // namespace bramble
