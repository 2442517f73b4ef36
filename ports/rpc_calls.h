// The loops around one call that rpcgen's wrappers share: attempts in this process, attempts over a channel,
// and the receiving end. What a call throws is what the last attempt threw.
#pragma once

#include <optional>
#include <type_traits>

#include "ports/rpc.h"

namespace bramble {

// One call seen from its caller: asks the policy before and after each attempt.
class RpcAttempts {
 public:
  RpcAttempts(RpcPolicy& policy, const RpcMethod& method, const Call& call)
      : policy_(policy), method_(method) {
    // The call itself may be moved into its only attempt.
    told_.deadline = call.deadline;
    told_.trace = call.trace;
  }

  void begin();
  void succeeded();
  // In a handler: keeps the exception. Returns how long to pause before the next attempt; throws the
  // exception if there is to be none.
  std::int64_t failed();

 private:
  RpcPolicy& policy_;
  const RpcMethod& method_;
  Call told_;
  int attempt_ = 0;
  std::int64_t started_us_ = 0;
};

template <class Api, class Request, class Reply>
Task<Reply> call_direct(Api& service, Task<Reply> (Api::*method)(Call, Request), RpcPolicy& policy,
                        const RpcMethod& about, Call call, Request request) {
  RpcAttempts attempts(policy, about, call);
  std::optional<Reply> reply;
  for (;;) {
    std::int64_t wait_us = 0;
    attempts.begin();
    try {
      if (about.repeatable) {
        reply.emplace(co_await (service.*method)(call, request));
      } else {
        reply.emplace(co_await (service.*method)(std::move(call), std::move(request)));
      }
    } catch (...) {
      wait_us = attempts.failed();
    }
    if (reply) break;
    if (wait_us > 0) co_await pause_us(wait_us);
  }
  attempts.succeeded();
  co_return std::move(*reply);
}

// Bytes that are no reply are the other side's failure, not a bad request.
template <class Reply>
Reply read_reply(std::string_view bytes) {
  try {
    return Reply::decode(bytes);
  } catch (const Error& error) {
    throw Error(ErrorCode::internal, "malformed_reply", error.message);
  }
}

template <class Reply>
Task<Reply> call_remote(RpcChannel& channel, RpcPolicy& policy, const RpcMethod& about, Call call,
                        std::string request) {
  RpcAttempts attempts(policy, about, call);
  std::optional<Reply> reply;
  for (;;) {
    std::int64_t wait_us = 0;
    attempts.begin();
    try {
      std::string bytes;
      if (about.repeatable) {
        bytes = co_await channel.call(call, about, request);
      } else {
        bytes = co_await channel.call(std::move(call), about, std::move(request));
      }
      reply.emplace(read_reply<Reply>(bytes));
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
Task<std::string> answer_call(Api& service, Task<Reply> (Api::*method)(Call, Request), Call call,
                              std::string request) {
  auto reply = co_await (service.*method)(std::move(call), Request::decode(request));
  co_return reply.encode();
}

}  // namespace bramble
