// Metrics, logs, health and the policy around calls.
#include <gtest/gtest.h>

#include <set>

#include "base/error.h"
#include "runtime/admin.h"
#include "runtime/failure_text.h"
#include "runtime/rpc_policy.h"
#include "runtime/test_messages.h"

namespace bramble::runtime_test {
namespace {

TEST(Metrics, AreExposedAsPrometheusReadsThem) {
  auto metrics = make_metrics();
  auto& counter = metrics->counter("orders_total", "Orders.", {{"state", "paid"}, {"by", "a\"b\\c\n"}});
  counter.add(2);
  EXPECT_EQ(&counter, &metrics->counter("orders_total", "Orders.", {{"by", "a\"b\\c\n"}, {"state", "paid"}}));
  auto& histogram = metrics->histogram("wait_seconds", "Waiting.");
  histogram.observe_us(100);
  histogram.observe_us(300);
  histogram.observe_us(60'000'000);
  metrics->gauge("queue", "Waiting now.", [] { return 2.5; });
  auto text = metrics->expose();
  for (std::string_view line :
       {"# HELP orders_total Orders.\n# TYPE orders_total "
        "counter\norders_total{by=\"a\\\"b\\\\c\\n\",state=\"paid\"} 2\n",
        "# TYPE wait_seconds histogram\nwait_seconds_bucket{le=\"0.0001\"} "
        "1\nwait_seconds_bucket{le=\"0.00025\"} 1\n"
        "wait_seconds_bucket{le=\"0.0005\"} 2\n",
        "wait_seconds_bucket{le=\"10\"} 2\nwait_seconds_bucket{le=\"+Inf\"} 3\nwait_seconds_sum 60.0004\n"
        "wait_seconds_count 3\n",
        "# TYPE queue gauge\nqueue 2.5\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << "in\n" << text;
  }
  EXPECT_THROW(metrics->histogram("orders_total", "Orders."), Error);
}

TEST(Log, AValueCannotLeaveItsPlace) {
  std::string line;
  auto write = [&](std::string_view text) { line = text; };
  auto json = make_logger({.level = LogLevel::info, .form = LogForm::json, .write = write});
  Call call;
  call.trace = {1, 2, 3};
  call.request_id = "req-1";
  json->write(LogLevel::warn, "event failed", {{"key", "a\"\n{}\xff"}, {"attempts", 3}}, &call);
  EXPECT_NE(line.find(R"("level":"warn","event":"event failed","key":"a\"\n{})"), std::string::npos) << line;
  EXPECT_NE(line.find(R"("attempts":3)"), std::string::npos);
  EXPECT_NE(line.find(R"("request_id":"req-1"})"), std::string::npos);
  line.clear();
  json->debug("too small");
  EXPECT_EQ(line, "");
  auto human = make_logger({.level = LogLevel::debug, .form = LogForm::human, .write = write});
  human->debug("listening", {{"address", "http://x"}, {"why", "two\nlines"}});
  EXPECT_NE(line.find(R"(debug listening  address=http://x  why="two\nlines")"), std::string::npos) << line;
  EXPECT_EQ(log_level("warn"), LogLevel::warn);
  EXPECT_THROW(log_level("loud"), Error);
}

TEST(Health, OnePartThatIsNotWellMakesTheWholeUnwell) {
  auto good = health_response({{"process", true, "ready"}});
  EXPECT_EQ(good.status, 200);
  EXPECT_EQ(good.body, R"({"ok":true,"parts":[{"part":"process","ok":true,"detail":"ready"}]})");
  auto bad = health_response({{"process", true, "ready"}, {"outbox shop", false, "late"}});
  EXPECT_EQ(bad.status, 503);
  EXPECT_NE(bad.body.find(R"({"part":"outbox shop","ok":false,"detail":"late"})"), std::string::npos);
}

TEST(RpcPolicy, RetriesWithinTheDeadlineOnlyWhatMayBeRepeated) {
  Stand stand;
  StandardRpcPolicy policy(stand.clock, stand.random, *stand.metrics);
  RpcMethod repeatable{"shop", "get", 0, true};
  RpcMethod once{"shop", "buy", 1, false};
  Error down(ErrorCode::unavailable, "down", "");
  Error wrong(ErrorCode::invalid, "wrong", "");
  auto call = test_call();
  auto begun = policy.now_us();
  EXPECT_LT(policy.after(call, repeatable, 1, begun, nullptr).us, 0);
  EXPECT_LT(policy.after(call, repeatable, 1, begun, &wrong).us, 0);
  EXPECT_LT(policy.after(call, once, 1, begun, &down).us, 0);
  EXPECT_GE(policy.after(call, repeatable, 1, begun, &down).us, 10'000);
  EXPECT_GT(policy.after(call, repeatable, 3, begun, &down).us, 39'999);
  EXPECT_LT(policy.after(call, repeatable, 4, begun, &down).us, 0);
  call.deadline = stand.clock.now() + milliseconds(1);
  EXPECT_LT(policy.after(call, repeatable, 1, begun, &down).us, 0);
  call.deadline = stand.clock.now();
  EXPECT_THROW(policy.before(call, repeatable), Error);
}

TEST(BackOff, DoublesUpToItsEndAndLeavesOutAtMostHalf) {
  EXPECT_EQ(back_off(milliseconds(200), minutes(5), 1, 100'000).us, 200'000);
  EXPECT_EQ(back_off(milliseconds(200), minutes(5), 1, 0).us, 100'000);
  EXPECT_EQ(back_off(milliseconds(200), minutes(5), 4, 0).us, 800'000);
  EXPECT_EQ(back_off(milliseconds(200), minutes(5), 1'000, 0).us, minutes(5).us / 2);
}

TEST(FailureText, IsShortValidTextWithoutSurprises) {
  EXPECT_EQ(failure_text(Error(ErrorCode::timeout, "late", "too \xff late")), "timeout late: too ? late");
  EXPECT_LE(failure_text(std::runtime_error(std::string(10'000, 'x'))).size(), 500u);
}

TEST(SystemRandom, NeverRepeatsAndFillsAnyLength) {
  SystemRandom random;
  std::set<std::uint64_t> numbers;
  for (int i = 0; i < 1'000; ++i) numbers.insert(random.entropy().low);
  EXPECT_EQ(numbers.size(), 1'000u);
  EXPECT_EQ(random.bytes(5'000).size(), 5'000u);
  EXPECT_NE(random.bytes(32), random.bytes(32));
}

}  // namespace
}  // namespace bramble::runtime_test
