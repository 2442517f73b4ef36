// Metrics, deadline and retries of calls between services. Only this class retries: repeatable methods,
// after Error unavailable or timeout, at most four attempts, within the deadline.
#pragma once

#include <map>
#include <memory>
#include <unordered_map>

#include "base/mutex.h"
#include "ports/clock.h"
#include "ports/rpc.h"
#include "runtime/metrics.h"

namespace bramble {

class StandardRpcPolicy : public RpcPolicy {
 public:
  StandardRpcPolicy(const Clock& clock, Random& random, Metrics& metrics);
  ~StandardRpcPolicy() override;

  // Makes the metrics of a service's methods, before its first call, so that calls need no lock.
  void declare(std::span<const RpcMethod> methods);

  void before(const Call& call, const RpcMethod& method) override;
  Duration after(const Call& call, const RpcMethod& method, int attempt, std::int64_t started_us,
                 const Error* failure) override;
  std::int64_t now_us() const override { return clock_.now().us; }

 private:
  struct Instruments;
  Instruments& instruments_of(const RpcMethod& method);

  const Clock& clock_;
  Random& random_;
  Metrics& metrics_;
  std::map<std::string, std::vector<std::unique_ptr<Instruments>>, std::less<>> declared_;
  Mutex mutex_;
  std::map<std::string, std::unique_ptr<Instruments>> others_ GUARDED_BY(mutex_);
};

// The pause before attempt `attempt` + 1: it doubles from `first` up to `longest`, minus a random part of up
// to a half.
Duration back_off(Duration first, Duration longest, std::int64_t attempt, std::uint64_t random);

}  // namespace bramble
