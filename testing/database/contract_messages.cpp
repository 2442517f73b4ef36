// Contract of the database port: an event or job is there if and only if its unit committed; order per key is
// kept.
#include <atomic>
#include <set>

#include "testing/database/database_stand.h"

namespace bramble {
namespace {

struct Noted {
  static constexpr std::string_view type = "test.Noted";
  std::string id;
  std::int64_t number = 0;
  std::string key() const { return id; }
  std::string encode() const { return std::to_string(number); }
};

struct Remind {
  static constexpr std::string_view type = "test.Remind";
  std::string id;
  std::string text;
  std::string key() const { return id; }
  std::string encode() const { return text; }
};

TEST_P(DatabaseContract, MessagesAreThereIfAndOnlyIfTheUnitCommits) {  // I20
  call.trace = {1, 2, 3};
  transact([&](Tx& tx) {
    tx.publish(Noted{"ord_a", 1});
    tx.schedule(Remind{"ord_a", "in a minute"}, tx.now() + minutes(1));
  });
  EXPECT_THROW(transact([](Tx& tx) {
                 tx.publish(Noted{"ord_b", 2});
                 tx.schedule(Remind{"ord_b", "never"}, tx.now());
                 throw std::runtime_error("no");
               }),
               std::runtime_error);
  read([&](Tx& tx) {
    Rows events =
        tx.query("SELECT event_id, type, key, payload, trace, created_at, published_at FROM outbox");
    ASSERT_EQ(events.size(), 1u);
    EXPECT_TRUE(is_id_text("evt", events.front().get<std::string>(0)));
    EXPECT_EQ(bucket_of(events.front().get<std::string>(0)), bucket_of("ord_a"));
    EXPECT_EQ(events.front().get<std::string>(1), "test.Noted");
    EXPECT_EQ(events.front().get<std::string>(2), "ord_a");
    EXPECT_EQ(events.front().get<std::string>(3), "1");
    EXPECT_EQ(parse_traceparent(events.front().get<std::string>(4)), call.trace);
    EXPECT_EQ(events.front().get<Time>(5), clock.now());
    EXPECT_TRUE(events.front().is_null(6));
    Rows jobs = tx.query("SELECT job_id, type, key, payload, trace, run_at, attempts FROM jobs");
    ASSERT_EQ(jobs.size(), 1u);
    EXPECT_TRUE(is_id_text("job", jobs.front().get<std::string>(0)));
    EXPECT_EQ(jobs.front().get<std::string>(2), "ord_a");
    EXPECT_EQ(jobs.front().get<std::string>(3), "in a minute");
    EXPECT_EQ(jobs.front().get<Time>(5), clock.now() + minutes(1));
    EXPECT_EQ(jobs.front().get<int>(6), 0);
  });
}

TEST_P(DatabaseContract, AJobReplacesTheOneOfItsTypeAndKeyThatWaits) {
  transact([](Tx& tx) {
    tx.schedule(Remind{"ord_a", "first"}, tx.now() + minutes(1));
    tx.schedule(Remind{"ord_b", "other"}, tx.now() + minutes(1));
  });
  auto first = value<std::string>("SELECT job_id FROM jobs WHERE key = 'ord_a'");
  transact([](Tx& tx) {
    tx.exec("UPDATE jobs SET attempts = 3, last_error = 'x', dead_at = 1 WHERE key = 'ord_a'");
  });
  transact([](Tx& tx) { tx.schedule(Remind{"ord_a", "second"}, tx.now() + minutes(2)); });
  read([&](Tx& tx) {
    Rows jobs = tx.query(
        "SELECT payload, run_at, attempts, last_error, dead_at, job_id FROM jobs WHERE key = 'ord_a'");
    ASSERT_EQ(jobs.size(), 1u);
    EXPECT_EQ(jobs.front().get<std::string>(0), "second");
    EXPECT_EQ(jobs.front().get<Time>(1), clock.now() + minutes(2));
    EXPECT_EQ(jobs.front().get<int>(2), 0);
    EXPECT_EQ(jobs.front().get<std::string>(3), "");
    EXPECT_TRUE(jobs.front().is_null(4));
    EXPECT_NE(jobs.front().get<std::string>(5), first);
    EXPECT_EQ(tx.query("SELECT key FROM jobs").size(), 2u);
  });
}

TEST_P(DatabaseContract, AUnitMayContinueTheTracesOfSeveralRequests) {
  Trace other{7, 8, 9};
  call.trace = {1, 2, 3};
  transact([&](Tx& tx) {
    tx.publish(Noted{"ord_a", 1});
    tx.continue_trace(to_traceparent(other));
    tx.publish(Noted{"ord_a", 2});
    tx.schedule(Remind{"ord_a", "x"}, tx.now());
  });
  transact([](Tx& tx) { tx.publish(Noted{"ord_a", 3}); });
  read([&](Tx& tx) {
    Rows events = tx.query("SELECT trace FROM outbox ORDER BY seq");
    ASSERT_EQ(events.size(), 3u);
    EXPECT_EQ(parse_traceparent(events[0].get<std::string>(0)), call.trace);
    EXPECT_EQ(parse_traceparent(events[1].get<std::string>(0)), other);
    EXPECT_EQ(parse_traceparent(events[2].get<std::string>(0)), call.trace);
    EXPECT_EQ(parse_traceparent(tx.query("SELECT trace FROM jobs").front().get<std::string>(0)), other);
  });
}

TEST_P(DatabaseContract, EventsOfAKeyAreNumberedInTheOrderOfTheirUnits) {  // I20
  database->run_script("CREATE TABLE counters (id TEXT PRIMARY KEY, n BIGINT NOT NULL);"
                       "INSERT INTO counters VALUES ('ord_a', 0), ('ord_b', 0), ('ord_c', 0)");
  auto note = [&](std::string key) -> Task<void> {
    for (int i = 0; i < 10; ++i) {
      co_await database->transact(call, key, [key](Tx& tx) {
        Rows rows = tx.query("UPDATE counters SET n = n + 1 WHERE id = $1 RETURNING n", key);
        tx.publish(Noted{key, rows.front().get<std::int64_t>(0)});
      });
    }
  };
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 3; ++i) {
    for (const char* key : {"ord_a", "ord_b", "ord_c"}) tasks.push_back(note(key));
  }
  run_sync(all(std::move(tasks)));
  read([](Tx& tx) {
    std::set<std::string> ids;
    for (const char* key : {"ord_a", "ord_b", "ord_c"}) {
      Rows events = tx.query("SELECT payload, event_id FROM outbox WHERE key = $1 ORDER BY seq", key);
      ASSERT_EQ(events.size(), 30u);
      int expected = 0;
      for (Row event : events) {
        EXPECT_EQ(event.get<std::string>(0), std::to_string(++expected));
        ids.insert(event.get<std::string>(1));
      }
    }
    EXPECT_EQ(ids.size(), 90u);
  });
}

TEST_P(DatabaseContract, CommittedMessagesWakeTheDispatchers) {
  // Waits for the wakes, since they follow the answer.
  std::promise<void> first, second, third;
  std::array<std::promise<void>*, 3> promises = {&first, &second, &third};
  std::atomic<int> wakes = 0;
  std::vector<CommittedMessages> told;
  database->on_messages([&](const CommittedMessages& messages) {
    told.push_back(messages);
    promises.at(static_cast<std::size_t>(wakes++))->set_value();
  });
  transact([](Tx& tx) {
    tx.publish(Noted{"ord_a", 1});
    tx.publish(Noted{"ord_a", 2});
  });
  first.get_future().wait();
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY)");
  transact([](Tx& tx) { tx.exec("INSERT INTO notes (id) VALUES (1)"); });
  EXPECT_THROW(transact([](Tx& tx) {
                 tx.publish(Noted{"ord_a", 3});
                 throw std::runtime_error("no");
               }),
               std::runtime_error);
  transact([](Tx& tx) { tx.schedule(Remind{"ord_a", "x"}, tx.now() + seconds(5)); });
  second.get_future().wait();
  EXPECT_EQ(wakes, 2);
  EXPECT_TRUE(told[0].published);
  EXPECT_FALSE(told[0].first_job);
  EXPECT_FALSE(told[1].published);
  EXPECT_EQ(told[1].first_job, clock.now() + seconds(5));
  database.reset();
}

TEST_P(DatabaseContract, EventsThatAreToldAreThoseOfTheOutbox) {  // I20
  std::promise<void> last;
  std::vector<PublishedEvent> told;
  bool whole = true;
  database->on_messages([&](const CommittedMessages& messages) {
    whole = whole && !messages.events.empty();
    told.insert(told.end(), messages.events.begin(), messages.events.end());
    if (messages.first_job) last.set_value();
  });
  transact([](Tx& tx) {
    tx.publish(Noted{"ord_a", 1});
    tx.publish(Noted{"ord_b", 2});
  });
  EXPECT_THROW(transact([](Tx& tx) {
                 tx.publish(Noted{"ord_a", 3});
                 throw std::runtime_error("no");
               }),
               std::runtime_error);
  transact([](Tx& tx) { tx.publish(Noted{"ord_a", 4}); });
  transact([](Tx& tx) {
    tx.publish(Noted{"ord_a", 5});
    tx.schedule(Remind{"ord_a", "x"}, tx.now());
  });
  last.get_future().wait();
  if (whole) {  // an engine tells all events of a commit, or none
    read([&](Tx& tx) {
      Rows stored = tx.query("SELECT seq, event_id, key, payload, trace FROM outbox ORDER BY seq");
      ASSERT_EQ(stored.size(), told.size());
      for (std::size_t i = 0; i < told.size(); ++i) {
        EXPECT_EQ(stored[i].get<std::int64_t>(0), told[i].seq);
        EXPECT_EQ(stored[i].get<std::string>(1), told[i].event_id);
        EXPECT_EQ(stored[i].get<std::string>(2), told[i].key);
        EXPECT_EQ(stored[i].get<std::string>(3), told[i].payload);
        EXPECT_EQ(stored[i].get<std::string>(4), told[i].trace);
        EXPECT_EQ(told[i].type, Noted::type);
      }
    });
  } else {
    EXPECT_TRUE(told.empty());
  }
  database.reset();
}

TEST_P(DatabaseContract, TheTimeOfATransactionStandsStill) {
  auto [first, second] = transact([&](Tx& tx) {
    Time before = tx.now();
    clock.advance(seconds(3));
    return std::pair(before, tx.now());
  });
  EXPECT_EQ(first, second);
  EXPECT_EQ(transact([](Tx& tx) { return tx.now(); }), clock.now());
}

}  // namespace
}  // namespace bramble
