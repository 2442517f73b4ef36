#include "runtime/jobs_runner.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/error.h"
#include "runtime/test_messages.h"

namespace bramble::runtime_test {
namespace {

constexpr Sql job_count = "SELECT COUNT(*) FROM jobs";
constexpr JobRules fast{.first_pause = milliseconds(1), .longest_pause = milliseconds(4), .attempts = 5};

class Jobs : public testing::Test {
 protected:
  Jobs() : shop(stand.open("shop")) {}
  ~Jobs() override {
    stop();
    stand.loop.stop();
  }

  void handle(std::function<Task<void>(Work)> work) {
    handlers[std::string(Work::type)] = [work](Call, std::string payload) {
      return work(Work::decode(payload));
    };
  }

  void start(JobRules rules = fast) {
    JobsRunner::Dependencies uses{stand.loop.executor(), stand.clock,    stand.random,
                                  *stand.logger,         *stand.metrics, "shop"};
    runner = std::make_shared<JobsRunner>(uses, *shop, handlers, rules);
    shop->on_messages(runner->listener());
    stand.loop.call([&] { runner->start(); });
  }

  void stop() {
    if (runner) stand.loop.wait_for(runner->stop(seconds(10)));
    runner.reset();
  }

  void schedule(const Work& job, Duration in = {}) {
    stand.write(*shop, [&](Tx& tx) { tx.schedule(job, tx.now() + in); });
  }

  Stand stand;
  std::unique_ptr<Database> shop;
  std::map<std::string, JobHandler, std::less<>> handlers;
  std::shared_ptr<JobsRunner> runner;
  Seen seen;
};

Task<void> note(Seen& seen, Work job) {
  seen.add(job.encode());
  co_return;
}

TEST_F(Jobs, AJobRunsWhenItIsDueAndIsGoneThen) {
  handle([&](Work job) { return note(seen, job); });
  start();
  schedule({"later", "1"}, hours(1));
  schedule({"soon", "1"}, milliseconds(20));
  for (int i = 0; i < 600; ++i) schedule({"k" + std::to_string(i), "now"});
  ASSERT_TRUE(stand.becomes(*shop, job_count, 1));
  EXPECT_EQ(seen.values().size(), 601u);
  EXPECT_EQ(seen.of("soon").size(), 1u);
  EXPECT_TRUE(seen.of("later").empty());
}

TEST_F(Jobs, AFailingJobIsTriedAgainUntilItIsADeadLetter) {
  handle([&](Work job) -> Task<void> {
    seen.add(job.encode());
    throw std::runtime_error("broken " + job.text);
    co_return;
  });
  start();
  schedule({"a", "1"});
  ASSERT_TRUE(stand.becomes(*shop, "SELECT COUNT(*) FROM jobs WHERE dead_at IS NOT NULL", 1));
  EXPECT_EQ(seen.values().size(), 5u);
  EXPECT_EQ(stand.number(*shop, "SELECT attempts FROM jobs WHERE last_error = 'broken 1'"), 5);
}

TEST_F(Jobs, UnavailableAndTimeoutDoNotCountAsAttempts) {
  std::atomic<int> calls = 0;
  handle([&](Work) -> Task<void> {
    if (++calls <= 9) throw Error(ErrorCode::unavailable, "down", "comes back");
    co_return;
  });
  start();
  schedule({"a", "1"});
  ASSERT_TRUE(stand.becomes(*shop, job_count, 0));
  EXPECT_EQ(calls, 10);
}

// A full disk may last for hours; what it held up does not wait for minutes more.
TEST_F(Jobs, WhatOurOwnStoreHeldUpGoesOnAsSoonAsTheStoreDoes) {
  std::atomic<int> calls = 0;
  handle([&](Work) -> Task<void> {
    if (++calls <= 40) throw Error(ErrorCode::unavailable, "database_unavailable", "the disk is full");
    co_return;
  });
  start({.first_pause = milliseconds(1), .longest_pause = hours(1), .store_pause = milliseconds(2)});
  schedule({"a", "1"});
  ASSERT_TRUE(stand.becomes(*shop, job_count, 0));
  EXPECT_EQ(calls, 41);
}

TEST_F(Jobs, AJobThatWasScheduledAnewWhileItRanRunsAgainAndNeverTwiceAtOnce) {
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  handle([&](Work job) -> Task<void> {
    most = std::max<int>(most, ++running);
    seen.add(job.encode());
    if (job.text == "1") {
      co_await shop->transact(test_call(), "a", [](Tx& tx) { tx.schedule(Work{"a", "2"}, tx.now()); });
      co_await pause_us(30'000);
    }
    --running;
  });
  start();
  schedule({"a", "1"});
  ASSERT_TRUE(stand.becomes(*shop, job_count, 0));
  EXPECT_EQ(seen.values(), (std::vector<std::string>{"a:1", "a:2"}));
  EXPECT_EQ(most, 1);
}

TEST_F(Jobs, AJobThatFailedAfterItWasScheduledAnewLeavesTheNewerOneAlone) {
  handle([&](Work job) -> Task<void> {
    seen.add(job.encode());
    if (job.text == "2") co_return;
    co_await shop->transact(test_call(), "a", [](Tx& tx) { tx.schedule(Work{"a", "2"}, tx.now()); });
    throw std::runtime_error("too late to matter");
  });
  start();
  schedule({"a", "1"});
  ASSERT_TRUE(stand.becomes(*shop, job_count, 0));
  EXPECT_EQ(seen.values(), (std::vector<std::string>{"a:1", "a:2"}));
}

TEST_F(Jobs, WhatARestartInterruptedRunsAgain) {
  handle([&](Work job) { return note(seen, job); });
  schedule({"a", "1"});
  start();
  ASSERT_TRUE(stand.becomes(*shop, job_count, 0));
  stop();
  // As if the process had ended between the job's effect and its removal.
  schedule({"a", "1"});
  start();
  ASSERT_TRUE(stand.becomes(*shop, job_count, 0));
  EXPECT_EQ(seen.values().size(), 2u);
}

TEST_F(Jobs, StoppingWaitsForWhatRunsAndForgetsNothing) {
  handle([&](Work job) -> Task<void> {
    co_await pause_us(20'000);
    seen.add(job.encode());
  });
  start();
  schedule({"a", "1"});
  while (runner->running() == 0) std::this_thread::yield();
  stop();
  EXPECT_EQ(seen.values().size(), 1u);
  EXPECT_EQ(stand.number(*shop, job_count), 0);
}

TEST_F(Jobs, AJobThatNobodyHandlesIsADeadLetterInTheEnd) {
  start();
  schedule({"a", "1"});
  ASSERT_TRUE(stand.becomes(*shop, "SELECT COUNT(*) FROM jobs WHERE dead_at IS NOT NULL", 1));
}

TEST_F(Jobs, MoreJobsThanRunAtOnceAllRun) {
  auto rules = fast;
  rules.at_once = 4;
  handle([&](Work job) -> Task<void> {
    co_await pause_us(500);
    seen.add(job.encode());
  });
  stand.write(*shop, [](Tx& tx) {
    for (int i = 0; i < 60; ++i) tx.schedule(Work{"k" + std::to_string(i), "x"}, tx.now());
  });
  start(rules);
  ASSERT_TRUE(stand.becomes(*shop, job_count, 0));
  EXPECT_EQ(seen.values().size(), 60u);
}

}  // namespace
}  // namespace bramble::runtime_test
