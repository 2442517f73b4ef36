#include "ports/rpc_calls.h"

namespace bramble {
namespace {

Task<std::string> send(RpcChannel& channel, const RpcMethod& about, Call& call, std::string& request) {
  if (about.repeatable) return channel.call(call, about, request);
  return channel.call(std::move(call), about, std::move(request));
}

void read_reply(ReadReply read, const std::string& bytes, void* reply) {
  try {
    read(bytes, reply);
  } catch (const Error& error) {
    throw Error(ErrorCode::internal, "malformed_reply", error.message);
  }
}

}  // namespace

void RpcAttempts::start_attempt() {
  ++attempt_;
  started_us_ = policy_.now_us();
  policy_.before(call_, method_);
}

void RpcAttempts::succeeded() { policy_.after(call_, method_, attempt_, started_us_, nullptr); }

std::int64_t RpcAttempts::failed() {
  Duration wait{-1};
  try {
    throw;
  } catch (const Error& error) {
    wait = policy_.after(call_, method_, attempt_, started_us_, &error);
  } catch (const std::exception& other) {
    Error error(ErrorCode::internal, "internal", other.what());
    wait = policy_.after(call_, method_, attempt_, started_us_, &error);
  }
  if (wait.us < 0 || !method_.repeatable) throw;
  return wait.us;
}

Task<void> attempt_remote(RpcChannel& channel, RpcPolicy& policy, const RpcMethod& about, Call call,
                          std::string request, ReadReply read, void* reply) {
  RpcAttempts attempts(policy, about, call);
  for (bool done = false; !done;) {
    std::int64_t wait_us = 0;
    attempts.start_attempt();
    try {
      read_reply(read, co_await send(channel, about, call, request), reply);
      done = true;
    } catch (...) {
      wait_us = attempts.failed();
    }
    if (wait_us > 0) co_await pause_us(wait_us);
  }
  attempts.succeeded();
}

}  // namespace bramble
