#include "runtime/message_history.h"

#include <gtest/gtest.h>

#include "runtime/process.h"
#include "runtime/test_messages.h"

namespace bramble::runtime_test {
namespace {

constexpr Migration shop_schema[] = {{"0001_sales", "CREATE TABLE sales (text TEXT NOT NULL)"}};

class MessageHistoryTest : public testing::Test {
 public:
  MessageHistoryTest() {
    Platform platform;
    platform.clock = std::make_shared<SystemClock>();
    platform.random = std::make_shared<SystemRandom>();
    platform.open_database = [this](const std::string& name) { return stand.open_engine(name); };
    process = std::make_unique<Process>(std::vector<Module>{shop(), mail()}, std::move(platform), settings,
                                        *stand.logger, *stand.metrics,
                                        ProcessOptions{.data_folder = stand.folder.path()});
    process->start();
  }

  Module shop() {
    Module module{.name = "shop", .calls = {}, .migrations = shop_schema, .start = {}};
    module.start = [this](ModuleHost& host) -> std::shared_ptr<void> {
      histories = &host.message_histories();
      report = [&host] { return host.report(); };
      host.on_job<Work>([](Call, Work) -> Task<void> {
        throw Error(ErrorCode::unavailable, "not_yet", "comes later");
        co_return;
      });
      return std::make_shared<int>(0);
    };
    return module;
  }
  Module mail() {
    Module module{.name = "mail", .calls = {}, .migrations = shop_schema, .start = {}};
    module.start = [this](ModuleHost& host) -> std::shared_ptr<void> {
      host.consume<Happened>([this](Tx&, const Happened&) {
        if (broken) throw std::runtime_error("broken");
      });
      return std::make_shared<int>(0);
    };
    return module;
  }
  void publish(const std::string& key, const std::string& text) {
    auto call = test_call();
    call.trace = {1, 2, 3};
    process->run(process->database("shop")->transact(call, key, [&](Tx& tx) {
      tx.publish(Happened{key, text});
      tx.publish(Happened{"another", text});
    }));
  }
  MessageHistory find(const std::string& key, std::vector<TimeSpan> spans,
                      std::vector<std::string> jobs = {}) {
    return process->run(histories->find(test_call(), key, std::move(jobs), std::move(spans)));
  }
  std::vector<TimeSpan> around_now() {
    return {{stand.clock.now() - seconds(60), stand.clock.now() + seconds(60)}};
  }
  std::int64_t in_shop(const Sql& sql) { return stand.number(*process->database("shop"), sql); }

  Stand stand;
  Settings settings;
  std::atomic<bool> broken = false;
  MessageHistories* histories = nullptr;
  std::function<ProcessReport()> report;
  std::unique_ptr<Process> process;
};

TEST_F(MessageHistoryTest, AnEventIsShownWithWhoHasTakenIt) {
  for (int i = 0; i < 20; ++i) publish(i == 11 ? "a" : "b", std::to_string(i));
  ASSERT_TRUE(process->settle(seconds(20)));
  auto history = find("a", around_now());
  EXPECT_TRUE(history.complete);
  EXPECT_TRUE(history.unread.empty());
  ASSERT_EQ(history.events.size(), 1u);
  const auto& event = history.events[0];
  EXPECT_EQ(event.publisher, "shop");
  EXPECT_EQ(event.type, "test.Happened");
  EXPECT_EQ(event.payload, "a:11");
  EXPECT_EQ(trace_id_of(parse_traceparent(event.trace)), "00000000000000010000000000000002");
  EXPECT_TRUE(event.published_at);
  ASSERT_EQ(event.receipts.size(), 1u);
  EXPECT_EQ(event.receipts[0].consumer, "mail");
  EXPECT_EQ(event.receipts[0].state, EventReceipt::State::taken);
  EXPECT_GE(event.receipts[0].at, event.created_at);
}

TEST_F(MessageHistoryTest, OutsideTheSpansOnlyWhatStillWaitsIsFound) {
  publish("a", "old");
  ASSERT_TRUE(process->settle(seconds(20)));
  broken = true;
  publish("a", "waits");
  std::vector<TimeSpan> long_ago{{Time{0}, Time{1}}};
  auto history = find("a", long_ago);
  ASSERT_EQ(history.events.size(), 1u);
  EXPECT_EQ(history.events[0].payload, "a:waits");
  EXPECT_FALSE(history.events[0].published_at);
  EXPECT_EQ(history.events[0].receipts.at(0).state, EventReceipt::State::waiting);
  EXPECT_EQ(find("a", around_now()).events.size(), 2u);
}

TEST_F(MessageHistoryTest, AGivenUpEventSaysWhy) {
  publish("a", "1");
  ASSERT_TRUE(process->settle(seconds(20)));
  auto event = find("a", around_now()).events.at(0).event_id;
  process->run(process->database("mail")->transact(test_call(), "a", [&](Tx& tx) {
    tx.exec("INSERT INTO dead_events (consumer, event_id, type, key, payload, trace, attempts, last_error, "
            "dead_at)"
            " VALUES ('mail', $1, 'test.Happened', 'a', $2, '', 20, 'broken', 5)",
            event, Blob{"a:1"});
  }));
  auto history = find("a", around_now());
  const auto& receipt = history.events.at(0).receipts.at(0);
  EXPECT_EQ(receipt.state, EventReceipt::State::dead);
  EXPECT_EQ(receipt.attempts, 20);
  EXPECT_EQ(receipt.last_error, "broken");
}

TEST_F(MessageHistoryTest, JobsAreFoundByAnyOfTheKeys) {
  auto later = stand.clock.now() + hours(1);
  process->run(process->database("shop")->transact(test_call(), "a", [&](Tx& tx) {
    tx.schedule(Work{"pay_1", "x"}, later);
    tx.schedule(Work{"pay_2", "y"}, later);
  }));
  auto history = find("ord_1", {}, {"ord_1", "pay_1"});
  ASSERT_EQ(history.jobs.size(), 1u);
  EXPECT_EQ(history.jobs[0].module, "shop");
  EXPECT_EQ(history.jobs[0].key, "pay_1");
  EXPECT_EQ(history.jobs[0].run_at, later);
  EXPECT_FALSE(history.jobs[0].dead_at);
}

TEST_F(MessageHistoryTest, ALetterIsFoundWithWhatItHolds) {
  process->run(process->database("shop")->transact(test_call(), "a", [](Tx& tx) {
    tx.exec("INSERT INTO jobs (job_id, type, key, payload, trace, run_at, attempts, last_error, dead_at, "
            "created_at)"
            " VALUES ('job_1', 'test.Work', 'a', $1, '', 1, 20, 'why', 4, 1)",
            Blob{"a:1"});
  }));
  auto& letters = process->dead_letters();
  auto found = process->run(letters.find(test_call(), "shop", "job", "job_1"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->payload, "a:1");
  EXPECT_EQ(found->letter.last_error, "why");
  EXPECT_FALSE(process->run(letters.find(test_call(), "shop", "job", "job_2")));
  EXPECT_FALSE(process->run(letters.find(test_call(), "shop", "event", "x")));
  EXPECT_FALSE(process->run(letters.find(test_call(), "nobody", "job", "job_1")));
}

TEST_F(MessageHistoryTest, TheReportCountsWhatEachDatabaseDid) {
  publish("a", "1");
  auto told = report();
  ASSERT_EQ(told.modules.size(), 2u);
  EXPECT_EQ(told.modules[0].module, "shop");
  EXPECT_GT(told.modules[0].units, 0u);
  EXPECT_FALSE(told.version.empty());
  EXPECT_GT(told.resident_bytes, 0);
  EXPECT_GE(told.now, told.started_at);
}

}  // namespace
}  // namespace bramble::runtime_test
