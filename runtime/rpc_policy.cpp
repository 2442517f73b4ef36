#include "runtime/rpc_policy.h"

namespace bramble {
namespace {

constexpr int most_attempts = 4;
constexpr Duration first_pause = milliseconds(20);
constexpr Duration longest_pause = seconds(1);
constexpr std::size_t outcome_count = 10;  // "ok" and every ErrorCode

std::string_view outcome_word(std::size_t outcome) {
  return outcome == 0 ? "ok" : to_string(static_cast<ErrorCode>(outcome - 1));
}

}  // namespace

struct StandardRpcPolicy::Instruments {
  Instruments(Metrics& metrics, const RpcMethod& method)
      : seconds(metrics.histogram("bramble_rpc_seconds", "Time of calls between services, by method.",
                                  {{"service", method.service}, {"method", method.name}})),
        retries(metrics.counter("bramble_rpc_retries_total", "Calls between services that were made again.",
                                {{"service", method.service}, {"method", method.name}})) {
    for (std::size_t i = 0; i < outcome_count; ++i) {
      outcomes[i] = &metrics.counter(
          "bramble_rpc_total", "Calls between services, by method and outcome.",
          {{"service", method.service}, {"method", method.name}, {"outcome", outcome_word(i)}});
    }
  }

  Histogram& seconds;
  Counter& retries;
  std::array<Counter*, outcome_count> outcomes{};
};

StandardRpcPolicy::StandardRpcPolicy(const Clock& clock, Random& random, Metrics& metrics)
    : clock_(clock), random_(random), metrics_(metrics) {}
StandardRpcPolicy::~StandardRpcPolicy() = default;

void StandardRpcPolicy::declare(std::span<const RpcMethod> methods) {
  for (const auto& method : methods) {
    auto& known = declared_[std::string(method.service)];
    if (known.size() <= method.index) known.resize(method.index + 1);
    if (!known[method.index]) known[method.index] = std::make_unique<Instruments>(metrics_, method);
  }
}

StandardRpcPolicy::Instruments& StandardRpcPolicy::instruments_of(const RpcMethod& method) {
  auto it = declared_.find(method.service);
  if (it != declared_.end() && method.index < it->second.size() && it->second[method.index]) {
    return *it->second[method.index];
  }
  MutexLock lock(mutex_);
  auto& other = others_[std::string(method.service) + "/" + std::string(method.name)];
  if (!other) other = std::make_unique<Instruments>(metrics_, method);
  return *other;
}

void StandardRpcPolicy::before(const Call& call, const RpcMethod& method) {
  if (clock_.now() < call.deadline) return;
  instruments_of(method).outcomes[1 + static_cast<std::size_t>(ErrorCode::timeout)]->add();
  throw Error(ErrorCode::timeout, "deadline_passed",
              "no time was left for " + std::string(method.service) + "." + std::string(method.name));
}

Duration StandardRpcPolicy::after(const Call& call, const RpcMethod& method, int attempt,
                                  std::int64_t started_us, const Error* failure) {
  auto now = clock_.now();
  auto& instruments = instruments_of(method);
  instruments.seconds.observe_us(std::max<std::int64_t>(0, now.us - started_us));
  auto outcome = failure == nullptr ? 0 : 1 + static_cast<std::size_t>(failure->code);
  instruments.outcomes[outcome]->add();
  if (failure == nullptr || !method.repeatable || attempt >= most_attempts) return {-1};
  if (failure->code != ErrorCode::unavailable && failure->code != ErrorCode::timeout) return {-1};
  auto pause = back_off(first_pause, longest_pause, attempt, random_.entropy().low);
  if (call.deadline.us - now.us <= pause.us) return {-1};
  instruments.retries.add();
  return pause;
}

Duration back_off(Duration first, Duration longest, std::int64_t attempt, std::uint64_t random) {
  auto doublings = std::clamp<std::int64_t>(attempt - 1, 0, 40);
  auto whole = std::min(longest.us, first.us << std::min<std::int64_t>(doublings, 30));
  auto half = std::max<std::int64_t>(1, whole / 2);
  return {whole - half + static_cast<std::int64_t>(random % static_cast<std::uint64_t>(half + 1))};
}

}  // namespace bramble
