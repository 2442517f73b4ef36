#include "runtime/message_store.h"

#include <gtest/gtest.h>

#include "runtime/message_retention.h"
#include "runtime/test_messages.h"

namespace bramble::runtime_test {
namespace {

class MessageStore : public testing::Test {
 protected:
  std::vector<OutboxRowPtr> read() {
    return run_here(
        database->read(test_call(), "test", [](Tx& tx) { return read_outbox(tx, 0, INT64_MAX, 100); }));
  }
  void publish(int count) {
    stand.write(*database, [&](Tx& tx) {
      for (int i = 0; i < count; ++i) tx.publish(Happened{"a", std::to_string(i)});
    });
  }

  Stand stand;
  std::unique_ptr<Database> database = stand.open("shop");
};

TEST_F(MessageStore, OnlyTheMarkedRowsAreMarked) {
  publish(8);
  std::vector<std::int64_t> seqs{1, 2, 3, 5, 8};
  stand.write(*database, [&](Tx& tx) { mark_published(tx, seqs); });
  auto rows = read();
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0]->seq, 4);
  EXPECT_EQ(rows[1]->seq, 6);
  EXPECT_EQ(rows[2]->seq, 7);
  EXPECT_EQ(rows[0]->payload, "a:3");
}

TEST_F(MessageStore, TheInboxTakesAnEventOnceForEachConsumerI20) {
  publish(3);
  auto rows = read();
  stand.write(*database, [&](Tx& tx) {
    std::vector<OutboxRowPtr> first{rows[1]};
    EXPECT_EQ(take_into_inbox(tx, "mail", first).size(), 1u);
    auto taken = take_into_inbox(tx, "mail", rows);
    ASSERT_EQ(taken.size(), 2u);
    EXPECT_EQ(taken[0]->seq, 1);
    EXPECT_EQ(taken[1]->seq, 3);
    EXPECT_EQ(take_into_inbox(tx, "stock", rows).size(), 3u);
  });
}

TEST_F(MessageStore, WhatIsWithinTheRetentionOrUndeliveredIsNeverPurged) {
  publish(6);
  auto rows = read();
  auto now = stand.clock.now();
  stand.write(*database, [&](Tx& tx) {
    take_into_inbox(tx, "mail", rows);
    std::vector<std::int64_t> seqs{1, 2, 3, 4};
    mark_published(tx, seqs);
  });
  auto purge = [&](Time before) {
    std::pair<std::int64_t, std::int64_t> gone;
    stand.write(*database, [&](Tx& tx) {
      gone = {purge_outbox(tx, before, 3), purge_inbox(tx, "mail", before, 4)};
    });
    return gone;
  };
  EXPECT_EQ(purge(now - days(7)), std::pair(std::int64_t{0}, std::int64_t{0}));
  auto later = now + hours(1);
  EXPECT_EQ(purge(later), std::pair(std::int64_t{3}, std::int64_t{4}));
  EXPECT_EQ(purge(later), std::pair(std::int64_t{1}, std::int64_t{2}));
  EXPECT_EQ(purge(later), std::pair(std::int64_t{0}, std::int64_t{0}));
  EXPECT_EQ(read().size(), 2u);
}

TEST_F(MessageStore, CountsWhatWaitsAndWhatIsDead) {
  publish(2);
  stand.write(*database, [&](Tx& tx) {
    tx.schedule(Work{"due", ""}, tx.now());
    tx.schedule(Work{"later", ""}, tx.now() + hours(1));
    tx.schedule(Work{"dead", ""}, tx.now());
    tx.exec("UPDATE jobs SET dead_at = $1 WHERE key = 'dead'", tx.now());
    OutboxRow row;
    row.event_id = "evt_1";
    bury_event(tx, "mail", row, 20, "poison");
  });
  auto now = stand.clock.now();
  auto counts =
      run_here(database->read(test_call(), "test", [=](Tx& tx) { return count_messages(tx, now); }));
  EXPECT_EQ(counts.unpublished, 2);
  EXPECT_TRUE(counts.oldest_unpublished.has_value());
  EXPECT_EQ(counts.due_jobs, 1);
  EXPECT_EQ(counts.dead_jobs, 1);
  EXPECT_EQ(counts.dead_events, 1);
}

}  // namespace
}  // namespace bramble::runtime_test
