#include "runtime/api_registry.h"

namespace bramble {

void ApiRegistry::serve(const RpcContract& contract, std::shared_ptr<void> service) {
  std::string name(contract.service);
  if (apis_.contains(name)) throw Error(ErrorCode::internal, "served_twice", name + " is served twice");
  policy_.declare(contract.methods);
  if (mode_ == RpcMode::direct) {
    apis_[name] = contract.direct(std::move(service), policy_);
  } else {
    channel_.add(name, contract.dispatcher(std::move(service)));
    apis_[name] = contract.remote(channel_, policy_);
  }
}

std::shared_ptr<void> ApiRegistry::find(const RpcContract& contract) const {
  auto it = apis_.find(contract.service);
  return it == apis_.end() ? nullptr : it->second;
}

}  // namespace bramble
