// Generated calls: in this process and over a channel, with the policy around each attempt.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "tools/rpcgen/testdata/sample.api.h"

namespace bramble::sample {
namespace {

template <class T>
T run(Task<T> task) {
  boost::asio::io_context context;
  std::optional<T> result;
  std::exception_ptr failure;
  boost::asio::co_spawn(context, std::move(task), [&](std::exception_ptr error, T value) {
    failure = error;
    if (!error) result.emplace(std::move(value));
  });
  context.run();
  if (failure) std::rethrow_exception(failure);
  return std::move(*result);
}

// Fails as often as it is told to, then answers what it was asked.
class Service final : public SampleApi {
 public:
  int failures = 0;
  ErrorCode failure = ErrorCode::unavailable;
  std::vector<ReserveRequest> seen;
  std::vector<Call> calls;

  Task<ReserveReply> reserve(Call call, ReserveRequest request) override { return answer(call, request); }
  Task<ReserveReply> take(Call call, ReserveRequest request) override { return answer(call, request); }
  Task<Empty> forget(Call call, Empty) override {
    calls.push_back(call);
    co_return Empty{};
  }

 private:
  Task<ReserveReply> answer(Call call, ReserveRequest request) {
    seen.push_back(request);
    calls.push_back(call);
    if (failures-- > 0) throw Error(failure, "not_now", "try again", {{"f", "c", "d"}});
    co_return ReserveReply{Outcome::out_of_stock, Time{5}, request.note};
  }
};

// Allows three attempts of a call that failed with unavailable.
class Policy final : public RpcPolicy {
 public:
  std::vector<std::string> log;

  void before(const Call& call, const RpcMethod& method) override {
    if (call.deadline.us < now_us()) throw Error(ErrorCode::timeout, "deadline", "too late");
    log.push_back("before " + std::string(method.service) + "." + std::string(method.name));
  }
  Duration after(const Call&, const RpcMethod& method, int attempt, std::int64_t,
                 const Error* failure) override {
    log.push_back("after " + std::to_string(attempt) + " " +
                  (failure ? std::string(to_string(failure->code)) : "well"));
    bool again = failure && failure->code == ErrorCode::unavailable && attempt < 3 && method.repeatable;
    return again ? microseconds(1) : microseconds(-1);
  }
  std::int64_t now_us() const override { return 1000; }
};

// Carries calls to a dispatcher in the same process, as bytes.
class Channel final : public RpcChannel {
 public:
  explicit Channel(std::shared_ptr<RpcDispatcher> dispatcher) : dispatcher_(std::move(dispatcher)) {}
  Task<std::string> call(Call call, const RpcMethod& method, std::string request) override {
    return dispatcher_->dispatch(std::move(call), method.name, std::move(request));
  }

 private:
  std::shared_ptr<RpcDispatcher> dispatcher_;
};

// One service behind its direct and its encoded form.
class Calls : public testing::TestWithParam<bool> {
 protected:
  Calls() {
    const auto& contract = rpc_contract<SampleApi>();
    auto hidden = std::static_pointer_cast<void>(std::static_pointer_cast<SampleApi>(service_));
    channel_ = std::make_unique<Channel>(contract.dispatcher(hidden));
    auto made = GetParam() ? contract.remote(*channel_, policy_) : contract.direct(hidden, policy_);
    api_ = std::static_pointer_cast<SampleApi>(made);
  }

  std::shared_ptr<Service> service_ = std::make_shared<Service>();
  Policy policy_;
  std::unique_ptr<Channel> channel_;
  std::shared_ptr<SampleApi> api_;
  ReserveRequest request_{OrderId("ord_1"), {Line{SkuId("sku_1"), 2, rub(5)}}, "note"};
};

TEST_P(Calls, ArriveWholeAndAreAnswered) {
  Call call;
  call.caller.id = "usr_1";
  auto reply = run(api_->reserve(call, request_));
  EXPECT_EQ(reply, (ReserveReply{Outcome::out_of_stock, Time{5}, "note"}));
  EXPECT_EQ(service_->seen, std::vector{request_});
  EXPECT_EQ(service_->calls, std::vector{call});
  EXPECT_EQ(policy_.log, (std::vector<std::string>{"before sample.reserve", "after 1 well"}));
  run(api_->forget(call, {}));
  EXPECT_EQ(service_->calls.size(), 2U);
}

TEST_P(Calls, ARepeatableCallIsRepeatedWhole) {
  service_->failures = 2;
  Call call;
  call.caller.id = "a caller whose name is long enough to be moved away";
  run(api_->reserve(call, request_));
  EXPECT_EQ(service_->seen, (std::vector{request_, request_, request_}));
  EXPECT_EQ(service_->calls, (std::vector{call, call, call}));
  EXPECT_EQ(policy_.log.back(), "after 3 well");
}

TEST_P(Calls, OneThatIsNotRepeatableIsMadeOnce) {
  service_->failures = 1;
  EXPECT_THROW(run(api_->take({}, request_)), Error);
  EXPECT_EQ(service_->seen.size(), 1U);
}

TEST_P(Calls, TheLastFailureIsThrownAsItWas) {
  service_->failures = 100;
  try {
    run(api_->reserve({}, request_));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code, ErrorCode::unavailable);
    EXPECT_EQ(error.reason, "not_now");
    EXPECT_EQ(error.fields.size(), 1U);
  }
  EXPECT_EQ(service_->seen.size(), 3U);
}

TEST_P(Calls, OtherFailuresAreNotRepeated) {
  service_->failures = 1;
  service_->failure = ErrorCode::conflict;
  EXPECT_THROW(run(api_->reserve({}, request_)), Error);
  EXPECT_EQ(service_->seen.size(), 1U);
}

TEST_P(Calls, NothingIsCalledAfterTheDeadline) {
  Call call;
  call.deadline = Time{1};
  try {
    run(api_->reserve(call, request_));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code, ErrorCode::timeout);
  }
  EXPECT_TRUE(service_->seen.empty());
}

TEST(Remote, AMalformedReplyIsNotTheCallersFault) {
  class Babbler final : public RpcChannel {
    Task<std::string> call(Call, const RpcMethod&, std::string) override { co_return "\x08"; }
  };
  Babbler channel;
  Policy policy;
  auto api = std::static_pointer_cast<SampleApi>(rpc_contract<SampleApi>().remote(channel, policy));
  try {
    run(api->take({}, {}));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code, ErrorCode::internal);
  }
}

INSTANTIATE_TEST_SUITE_P(Forms, Calls, testing::Bool(),
                         [](const auto& form) { return form.param ? "Encoded" : "Direct"; });

TEST(Contract, NamesItsMethods) {
  const auto& contract = rpc_contract<SampleApi>();
  EXPECT_EQ(contract.service, "sample");
  ASSERT_EQ(contract.methods.size(), 3U);
  EXPECT_EQ(contract.methods[1].name, "take");
  EXPECT_EQ(contract.methods[1].index, 1U);
  EXPECT_TRUE(contract.methods[0].repeatable);
  EXPECT_FALSE(contract.methods[1].repeatable);
}

TEST(Contract, AnUnknownMethodAndMalformedBytesAreErrors) {
  auto service = std::static_pointer_cast<SampleApi>(std::make_shared<Service>());
  auto dispatcher = rpc_contract<SampleApi>().dispatcher(service);
  EXPECT_THROW(run(dispatcher->dispatch({}, "takes", "")), Error);
  EXPECT_THROW(run(dispatcher->dispatch({}, "reserve", "\x08")), Error);
}

// A number would be another method once somebody inserts one.
TEST(Contract, AMethodIsAddressedByItsName) {
  auto service = std::static_pointer_cast<SampleApi>(std::make_shared<Service>());
  auto dispatcher = rpc_contract<SampleApi>().dispatcher(service);
  for (const auto& method : rpc_contract<SampleApi>().methods) {
    EXPECT_NO_THROW(run(dispatcher->dispatch({}, method.name, ""))) << method.name;
  }
}

}  // namespace
}  // namespace bramble::sample
