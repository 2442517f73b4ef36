#include "runtime/outbox_dispatcher.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "runtime/test_messages.h"

namespace bramble::runtime_test {
namespace {

constexpr Sql unpublished = "SELECT COUNT(*) FROM outbox WHERE published_at IS NULL";
constexpr Sql effects = "SELECT COUNT(*) FROM effects";
constexpr Sql dead = "SELECT COUNT(*) FROM dead_events";
constexpr DeliveryRules fast{.first_pause = milliseconds(1), .longest_pause = milliseconds(4), .attempts = 5};

class Delivery : public testing::Test {
 protected:
  Delivery() : shop(stand.open("shop")) {}
  ~Delivery() override {
    stop();
    stand.loop.stop();
  }

  // A consumer that writes each event into its table `effects`, after `before` had its chance to fail.
  Database& consumer(const std::string& name, std::function<void(const Happened&)> before = {}) {
    auto& database = *databases.emplace_back(stand.open(name));
    std::string number = database.dialect() == Dialect::sqlite
                             ? "INTEGER PRIMARY KEY AUTOINCREMENT"
                             : "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
    database.run_script("CREATE TABLE IF NOT EXISTS effects (at " + number + ", text TEXT NOT NULL)");
    EventConsumer one{name, &database, {}};
    one.handlers[std::string(Happened::type)] = [before](Tx& tx, std::string_view payload) {
      if (before) before(Happened::decode(payload));
      tx.exec("INSERT INTO effects (text) VALUES ($1)", payload);
    };
    handlers.consumers.push_back(std::move(one));
    return database;
  }

  void start(DeliveryRules rules = fast) {
    EventLane::Dependencies uses{stand.loop.executor(), stand.clock,    stand.random,
                                 *stand.logger,         *stand.metrics, "shop"};
    dispatcher = std::make_shared<OutboxDispatcher>(uses, *shop, handlers, rules);
    shop->on_messages(dispatcher->listener());
    stand.loop.call([&] { dispatcher->start(); });
  }

  void stop() {
    if (dispatcher) stand.loop.wait_for(dispatcher->stop(seconds(10)));
    dispatcher.reset();
  }

  void publish(const std::vector<Happened>& events) {
    stand.write(*shop, [&](Tx& tx) {
      for (const auto& event : events) tx.publish(event);
    });
  }

  std::vector<std::string> effects_of(Database& database, const std::string& key) {
    return run_here(database.read(test_call(), "test", [&](Tx& tx) {
      std::vector<std::string> texts;
      for (auto row : tx.query("SELECT text FROM effects ORDER BY at")) {
        auto text = row.get<std::string>(0);
        if (text.starts_with(key + ":")) texts.push_back(text);
      }
      return texts;
    }));
  }

  Stand stand;
  std::unique_ptr<Database> shop;
  std::vector<std::unique_ptr<Database>> databases;
  EventHandlers handlers;
  std::shared_ptr<OutboxDispatcher> dispatcher;
};

// False after 20 s.
bool eventually(std::function<bool()> condition) {
  auto wait = [](std::function<bool()> holds) -> Task<bool> {
    for (int i = 0; i < 10'000; ++i) {
      if (holds()) co_return true;
      co_await pause_us(2'000);
    }
    co_return false;
  };
  return run_here(wait(std::move(condition)));
}

std::vector<Happened> series(const std::string& key, int count) {
  std::vector<Happened> events;
  for (int i = 0; i < count; ++i) events.push_back({key, std::to_string(i)});
  return events;
}

std::vector<std::string> texts(const std::string& key, int count) {
  std::vector<std::string> all;
  for (const auto& event : series(key, count)) all.push_back(event.encode());
  return all;
}

TEST_F(Delivery, WhatOurOwnStoreHeldUpGoesOnAsSoonAsTheStoreDoes) {
  std::atomic<int> calls = 0;
  auto& database = consumer("stock", [&](const Happened&) {
    if (++calls <= 40) throw Error(ErrorCode::unavailable, "database_unavailable", "the disk is full");
  });
  start({.first_pause = milliseconds(1), .longest_pause = hours(1), .store_pause = milliseconds(2)});
  publish(series("a", 1));
  ASSERT_TRUE(stand.becomes(database, effects, 1));
  EXPECT_EQ(calls, 41);
}

TEST_F(Delivery, EveryConsumerHasTheEffectOnceAndThenTheEventIsPublishedI20) {
  auto& one = consumer("one");
  auto& two = consumer("two");
  start();
  publish(series("a", 700));
  ASSERT_TRUE(stand.becomes(*shop, unpublished, 0));
  EXPECT_EQ(effects_of(one, "a"), texts("a", 700));
  EXPECT_EQ(effects_of(two, "a"), texts("a", 700));
}

TEST_F(Delivery, WhatWasPublishedBeforeTheStartIsDelivered) {
  auto& one = consumer("one");
  publish(series("a", 3));
  start();
  ASSERT_TRUE(stand.becomes(*shop, unpublished, 0));
  EXPECT_EQ(effects_of(one, "a"), texts("a", 3));
}

TEST_F(Delivery, EventsCommittedWhileABacklogIsReadAreDeliveredOnceAndInOrderI20) {
  auto& one = consumer("one");
  constexpr int before = 3'000;  // more than a lane holds
  constexpr int meanwhile = 300;
  auto events = series("a", before + meanwhile);
  publish({events.begin(), events.begin() + before});
  start();
  for (int i = before; i < before + meanwhile; ++i) publish({events[static_cast<std::size_t>(i)]});
  ASSERT_TRUE(stand.becomes(*shop, unpublished, 0));
  EXPECT_EQ(effects_of(one, "a"), texts("a", before + meanwhile));
}

TEST_F(Delivery, WhatIsCommittedWhileALaneCatchesUpIsNotForgottenI20) {
  auto& one = consumer("one");
  auto rules = fast;
  rules.lane_rows = 16;
  start(rules);
  constexpr int commits = 300;
  constexpr int at_once = 8;
  auto events = series("a", commits * at_once);
  for (int i = 0; i < commits; ++i)
    publish({events.begin() + i * at_once, events.begin() + (i + 1) * at_once});
  ASSERT_TRUE(stand.becomes(*shop, unpublished, 0));
  EXPECT_EQ(effects_of(one, "a"), texts("a", commits * at_once));
}

TEST_F(Delivery, AnEventWaitsAsLongAsItsConsumerAsksFor) {
  constexpr Duration pause = milliseconds(80);
  std::atomic<std::int64_t> handled_us = 0;
  consumer("one", [&](const Happened&) { handled_us = stand.clock.now().us; });
  handlers.consumers.back().not_before[std::string(Happened::type)] = pause;
  start();
  auto published = stand.clock.now();
  publish({{"a", "0"}, {"b", "0"}});
  ASSERT_TRUE(stand.becomes(*shop, unpublished, 0));
  EXPECT_GE(handled_us - published.us, pause.us);
}

TEST_F(Delivery, ACrashBeforeTheMarkDeliversAgainWithoutASecondEffectI20) {
  auto& one = consumer("one");
  start();
  publish(series("a", 40));
  ASSERT_TRUE(stand.becomes(*shop, unpublished, 0));
  stop();
  // As if the process had ended after the consumer's commit and before the mark's.
  stand.write(*shop, [](Tx& tx) { tx.exec("UPDATE outbox SET published_at = NULL WHERE seq > 10"); });
  start();
  publish({{"a", "new"}});
  ASSERT_TRUE(stand.becomes(*shop, unpublished, 0));
  EXPECT_EQ(stand.number(one, effects), 41);
  EXPECT_EQ(stand.number(one, "SELECT COUNT(*) FROM inbox"), 41);
}

TEST_F(Delivery, AKeyKeepsItsOrderWhileItsEventsFailAndOtherKeysGoOnI20) {
  std::atomic<int> failures = 0;
  auto& one = consumer("one", [&](const Happened& event) {
    if (event.id == "bad" && event.text == "1" && failures++ < 4) throw std::runtime_error("not yet");
  });
  std::vector<Happened> mixed;
  for (int i = 0; i < 30; ++i) {
    mixed.push_back({"bad", std::to_string(i)});
    mixed.push_back({"good", std::to_string(i)});
  }
  start();
  publish(mixed);
  ASSERT_TRUE(stand.becomes(*shop, unpublished, 0));
  EXPECT_EQ(effects_of(one, "bad"), texts("bad", 30));
  EXPECT_EQ(effects_of(one, "good"), texts("good", 30));
  EXPECT_EQ(stand.number(one, dead), 0);
}

TEST_F(Delivery, AnEventThatNeverSucceedsIsADeadLetterAndTheNextOfItsKeyGoesOn) {
  auto& one = consumer("one", [](const Happened& event) {
    if (event.text == "1") throw Error(ErrorCode::invalid, "poison", "cannot be taken");
  });
  start();
  publish(series("a", 3));
  ASSERT_TRUE(stand.becomes(*shop, unpublished, 0));
  EXPECT_EQ(effects_of(one, "a"), (std::vector<std::string>{"a:0", "a:2"}));
  EXPECT_EQ(stand.number(one, "SELECT attempts FROM dead_events"), 5);
  EXPECT_EQ(stand.number(one, "SELECT COUNT(*) FROM dead_events WHERE last_error LIKE 'invalid poison%'"), 1);
  EXPECT_EQ(stand.number(one, "SELECT COUNT(*) FROM inbox"), 3);
}

TEST_F(Delivery, AnUnavailableConsumerIsWaitedForHoweverLong) {
  std::atomic<int> calls = 0;
  auto& one = consumer("one", [&](const Happened&) {
    if (++calls <= 12) throw Error(ErrorCode::unavailable, "down", "comes back");
  });
  start();
  publish(series("a", 2));
  ASSERT_TRUE(stand.becomes(*shop, unpublished, 0));
  EXPECT_EQ(effects_of(one, "a"), texts("a", 2));
  EXPECT_EQ(stand.number(one, dead), 0);
}

TEST_F(Delivery, AStoreThatFailsIsAStandstillAndAnEventThatFailsIsNone) {
  std::atomic<bool> down = true;
  std::atomic<int> refused = 0;
  auto& sick = consumer("sick", [&](const Happened&) {
    if (down) throw Error(ErrorCode::unavailable, "down", "comes back");
  });
  consumer("picky", [&](const Happened&) {
    ++refused;
    throw Error(ErrorCode::internal, "bug", "never succeeds");
  });
  start({.first_pause = milliseconds(1), .longest_pause = milliseconds(4), .attempts = 1'000'000});
  EXPECT_EQ(dispatcher->standstill({}), "");
  publish(series("a", 3));
  ASSERT_TRUE(eventually([&] { return !dispatcher->standstill({}).empty(); }));
  EXPECT_EQ(dispatcher->standstill({}), "events of shop wait: sick cannot store what they change");
  EXPECT_EQ(dispatcher->standstill(hours(1)), "") << "it may come back";
  down = false;
  ASSERT_TRUE(stand.becomes(sick, effects, 3));
  auto before = refused.load();
  ASSERT_TRUE(eventually([&] { return refused > before + 3; }));
  EXPECT_EQ(dispatcher->standstill({}), "");
}

TEST_F(Delivery, AConsumerThatIsStuckDoesNotHoldUpTheOthersAndCatchesUpI20) {
  std::atomic<bool> stuck = true;
  auto& slow = consumer("slow", [&](const Happened&) {
    if (stuck) throw Error(ErrorCode::unavailable, "down", "comes back");
  });
  auto& quick = consumer("quick");
  auto rules = fast;
  rules.lane_rows = 16;
  rules.poll = milliseconds(5);
  start(rules);
  std::vector<Happened> events;
  for (int i = 0; i < 1'500; ++i) events.push_back({"k" + std::to_string(i % 50), std::to_string(i)});
  publish(events);
  ASSERT_TRUE(stand.becomes(quick, effects, 1'500));
  EXPECT_EQ(stand.number(slow, effects), 0);
  EXPECT_EQ(stand.number(*shop, unpublished), 1'500);
  stuck = false;
  ASSERT_TRUE(stand.becomes(*shop, unpublished, 0));
  EXPECT_EQ(stand.number(slow, effects), 1'500);
  EXPECT_EQ(stand.number(quick, effects), 1'500);
  for (int key = 0; key < 50; ++key) {
    EXPECT_EQ(effects_of(slow, "k" + std::to_string(key)), effects_of(quick, "k" + std::to_string(key)));
  }
}

TEST_F(Delivery, WhatNobodyConsumesIsPublishedAtOnce) {
  consumer("one");
  start();
  stand.write(*shop, [](Tx& tx) { tx.publish(Ignored{"x", "y"}); });
  EXPECT_TRUE(stand.becomes(*shop, unpublished, 0));
}

TEST_F(Delivery, AConsumerIsToldWhenItsEffectIsThereAndWhatItThrowsThenHarmsNobody) {
  Seen told;
  auto& one = consumer("one");
  handlers.consumers[0].after_commit[std::string(Happened::type)] = [&](std::string_view payload) {
    told.add(std::string(payload));
    throw std::runtime_error("nobody minds");
  };
  start();
  publish(series("a", 3));
  ASSERT_TRUE(told.wait_for(3));
  ASSERT_TRUE(stand.becomes(*shop, unpublished, 0));
  EXPECT_EQ(stand.number(one, effects), 3);
}

TEST_F(Delivery, WatchersHearOfEachCommittedEventOnce) {
  Seen seen;
  handlers.watchers.emplace(std::string(Happened::type),
                            EventWatcher{stand.loop.executor(), [&](std::string_view payload) {
                                           seen.add(std::string(payload));
                                           if (payload == "a:1") throw std::runtime_error("nobody minds");
                                         }});
  start();
  publish(series("a", 3));
  EXPECT_THROW(stand.write(*shop,
                           [](Tx& tx) {
                             tx.publish(Happened{"a", "never"});
                             throw std::runtime_error("rolled back");
                           }),
               std::exception);
  publish({{"a", "3"}});
  ASSERT_TRUE(seen.wait_for(4));
  ASSERT_TRUE(stand.becomes(*shop, unpublished, 0));
  EXPECT_EQ(seen.values(), texts("a", 4));
}

}  // namespace
}  // namespace bramble::runtime_test
