// The retry loops that the code of rpcgen uses: calls within this process, calls over a channel, and the
// receiving end. A call throws what its last attempt threw. The compiler emits a coroutine per template
// argument, so these coroutines depend on the reply's type only and are short (docs/build.md).
#pragma once

#include <memory>
#include <optional>

#include "ports/rpc.h"

namespace bramble {

// The attempts of one call, on the caller's side. Asks the policy before and after each attempt.
class RpcAttempts {
 public:
  RpcAttempts(RpcPolicy& policy, const RpcMethod& method, const Call& call)
      : policy_(policy), method_(method) {
    // A copy, because the call may be moved into its only attempt.
    call_.deadline = call.deadline;
    call_.trace = call.trace;
  }

  void start_attempt();
  void succeeded();
  // Called in a catch block. Returns the pause before the next attempt, or rethrows the exception if there is
  // to be none.
  std::int64_t failed();

 private:
  RpcPolicy& policy_;
  const RpcMethod& method_;
  Call call_;
  int attempt_ = 0;
  std::int64_t started_us_ = 0;
};

// A call to a service of this process, with its request.
template <class Reply>
class DirectCall {
 public:
  virtual ~DirectCall() = default;
  // A repeatable call keeps its request for the next attempt; any other moves it.
  virtual Task<Reply> attempt() = 0;
  virtual const Call& call() const = 0;
};

template <class Api, class Request, class Reply>
class DirectCallOf final : public DirectCall<Reply> {
 public:
  using Method = Task<Reply> (Api::*)(Call, Request);

  DirectCallOf(Api& service, Method method, bool repeatable, Call&& call, Request&& request)
      : service_(service),
        method_(method),
        repeatable_(repeatable),
        call_(std::move(call)),
        request_(std::move(request)) {}

  Task<Reply> attempt() override {
    if (repeatable_) return (service_.*method_)(call_, request_);
    return (service_.*method_)(std::move(call_), std::move(request_));
  }
  const Call& call() const override { return call_; }

 private:
  Api& service_;
  Method method_;
  bool repeatable_;
  Call call_;
  Request request_;
};

template <class Reply>
Task<Reply> attempt_direct(RpcPolicy& policy, const RpcMethod& about,
                           std::unique_ptr<DirectCall<Reply>> work) {
  RpcAttempts attempts(policy, about, work->call());
  std::optional<Reply> reply;
  for (;;) {
    std::int64_t wait_us = 0;
    attempts.start_attempt();
    try {
      reply.emplace(co_await work->attempt());
    } catch (...) {
      wait_us = attempts.failed();
    }
    if (reply) break;
    if (wait_us > 0) co_await pause_us(wait_us);
  }
  attempts.succeeded();
  co_return std::move(*reply);
}

template <class Api, class Request, class Reply>
Task<Reply> call_direct(Api& service, Task<Reply> (Api::*method)(Call, Request), RpcPolicy& policy,
                        const RpcMethod& about, Call&& call, Request&& request) {
  return attempt_direct<Reply>(policy, about,
                               std::make_unique<DirectCallOf<Api, Request, Reply>>(
                                   service, method, about.repeatable, std::move(call), std::move(request)));
}

// Decodes `bytes` into `*reply`. Throws Error if they are not a reply.
using ReadReply = void (*)(std::string_view bytes, void* reply);

// Calls over a channel. A malformed reply is an internal error of the other side, not a bad request.
Task<void> attempt_remote(RpcChannel& channel, RpcPolicy& policy, const RpcMethod& about, Call call,
                          std::string request, ReadReply read, void* reply);

template <class Reply>
Task<Reply> replied(Task<void> attempts, std::unique_ptr<Reply> reply) {
  co_await std::move(attempts);
  co_return std::move(*reply);
}

template <class Reply>
Task<Reply> call_remote(RpcChannel& channel, RpcPolicy& policy, const RpcMethod& about, Call&& call,
                        std::string request) {
  auto reply = std::make_unique<Reply>();
  ReadReply read = [](std::string_view bytes, void* place) {
    *static_cast<Reply*>(place) = Reply::decode(bytes);
  };
  auto attempts =
      attempt_remote(channel, policy, about, std::move(call), std::move(request), read, reply.get());
  return replied(std::move(attempts), std::move(reply));
}

template <class Reply>
Task<std::string> encoded(Task<Reply> answer) {
  auto reply = co_await std::move(answer);
  co_return reply.encode();
}

template <class Api, class Request, class Reply>
Task<std::string> answer_call(Api& service, Task<Reply> (Api::*method)(Call, Request), Call&& call,
                              const std::string& request) {
  return encoded<Reply>((service.*method)(std::move(call), Request::decode(request)));
}

}  // namespace bramble
