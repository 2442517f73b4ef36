#include "services/security/security_service.h"

#include "base/text.h"
#include "security_schema.h"
#include "services/security/chain.h"
#include "testing/fakes/quiet_logger.h"
#include "testing/fakes/quiet_metrics.h"
#include "testing/service/service_database.h"

namespace bramble::security {
namespace {

class SecurityLog : public testing::Test {
 protected:
  Call admin() const {
    auto call = database.call;
    call.caller = {CallerKind::staff, "usr_admin", {"admin"}, ""};
    return call;
  }
  Call platform() const { return system_call("ops", Time{INT64_MAX}); }
  Task<Empty> noting(std::string kind, std::string principal = "usr_1", std::string subject = "") {
    NoteRequest request;
    request.sightings.push_back(
        {std::move(kind), std::move(principal), "192.0.2.1", std::move(subject), "", 1});
    return service.note(platform(), std::move(request));
  }
  void note(std::string kind, std::string principal = "usr_1", std::string subject = "") {
    run_sync(noting(std::move(kind), std::move(principal), std::move(subject)));
  }
  SearchReply search(SearchRequest request = {}) {
    if (request.limit == 0) request.limit = 100;
    return run_sync(service.search(admin(), std::move(request)));
  }
  void expect_whole(std::int64_t first, std::int64_t last) {
    auto items = search().items;
    ASSERT_EQ(std::ssize(items), last - first + 1);
    for (std::size_t i = 0; i < items.size(); ++i) {
      EXPECT_EQ(items[i].seq, last - static_cast<std::int64_t>(i));
      EXPECT_EQ(items[i].hash, hash_of(items[i]));
      if (i + 1 < items.size()) EXPECT_EQ(items[i].prev_hash, items[i + 1].hash);
    }
  }

  ServiceDatabase database{security_migrations()};
  QuietMetrics metrics;
  QuietLogger log;
  SecurityService service{*database, metrics, log, {.keep = days(30)}};
};

TEST_F(SecurityLog, EntriesAreNumberedAndChained_I25) {
  for (int i = 0; i < 5; ++i) note("sign_in", "usr_" + std::to_string(i));
  expect_whole(1, 5);
  EXPECT_EQ(search().items.back().prev_hash, "");
}

TEST_F(SecurityLog, EntriesAppendedAtOnceMakeOneChain_I25) {
  std::vector<Task<void>> tasks;
  auto append = [&](std::string who) -> Task<void> { co_await noting("sign_in", who); };
  for (int i = 0; i < 20; ++i) tasks.push_back(append("usr_" + std::to_string(i)));
  run_sync(all(std::move(tasks)));
  expect_whole(1, 20);
}

TEST_F(SecurityLog, AHashIsAboutEveryField_I25) {
  Entry entry{7, Time{100}, "sign_in", "usr_1", "192.0.2.1", "phone …4567", "by code", 1, "before", ""};
  auto hash = hash_of(entry);
  auto changed = [&](auto change) {
    auto other = entry;
    change(other);
    return hash_of(other) != hash;
  };
  EXPECT_TRUE(changed([](Entry& one) { one.seq = 8; }));
  EXPECT_TRUE(changed([](Entry& one) { one.at = Time{101}; }));
  EXPECT_TRUE(changed([](Entry& one) { one.kind = "sign_out"; }));
  EXPECT_TRUE(changed([](Entry& one) { one.principal = "usr_2"; }));
  EXPECT_TRUE(changed([](Entry& one) { one.address = "192.0.2.2"; }));
  EXPECT_TRUE(changed([](Entry& one) { one.subject = ""; }));
  EXPECT_TRUE(changed([](Entry& one) { one.detail = "by password"; }));
  EXPECT_TRUE(changed([](Entry& one) { one.times = 2; }));
  EXPECT_TRUE(changed([](Entry& one) { one.prev_hash = ""; }));
  // What moves from one field to the next is another entry.
  EXPECT_TRUE(changed([](Entry& one) { one.kind = "sign_inusr_1", one.principal = ""; }));
}

TEST_F(SecurityLog, WhatAuthDecidedIsTakenIn) {
  auth::SecurityNoted event{"usr_1",     "token_reused", "usr_1", "192.0.2.9",
                            "session f", "came again",   Time{5}};
  database.transact([&](Tx& tx) { service.on_noted(tx, event); });
  auto entry = search().items.at(0);
  EXPECT_EQ(entry.kind, "token_reused");
  EXPECT_EQ(entry.principal, "usr_1");
  EXPECT_EQ(entry.address, "192.0.2.9");
  EXPECT_EQ(entry.at, Time{5});
  EXPECT_EQ(entry.times, 1);
}

TEST_F(SecurityLog, HasWhatStaffDidToAnOrderAndHowItEnded_I25) {
  orders::StaffAction action{"act_1",
                             orders::StaffActionKind::refund_items,
                             orders::StaffActionState::wished,
                             {{SkuId("sku_1"), 2}},
                             "Anna called from +79005550301",
                             "usr_support",
                             Time{5}};
  orders::StaffActed event{OrderId("ord_1"), action, Time{5}};
  database.transact([&](Tx& tx) { service.on_staff_acted(tx, event); });
  event.action.state = orders::StaffActionState::refused;
  event.at = Time{9};
  database.transact([&](Tx& tx) { service.on_staff_acted(tx, event); });
  auto items = search({.subject = "ord_1"}).items;
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[1].kind, "order_action");
  EXPECT_EQ(items[1].principal, "usr_support");
  EXPECT_EQ(items[1].detail, "refund_items act_1, 2 of sku_1: wished");
  EXPECT_EQ(items[0].kind, "order_action_ended");
  EXPECT_EQ(items[0].at, Time{9});
  EXPECT_EQ(items[0].detail, "refund_items act_1, 2 of sku_1: refused");
  expect_whole(1, 2);
}

TEST_F(SecurityLog, IsSearchedByEachFieldAndTimeFromTheNewestOn) {
  note("sign_in", "usr_1");
  database.clock.advance(minutes(1));
  auto later = database.clock.now();
  note("sign_in", "usr_2");
  note("staff_action", "usr_2", "ord_1");
  auto numbers = [&](SearchRequest request) {
    std::vector<std::int64_t> found;
    for (const auto& entry : search(std::move(request)).items) found.push_back(entry.seq);
    return found;
  };
  using Numbers = std::vector<std::int64_t>;
  EXPECT_EQ(numbers({}), (Numbers{3, 2, 1}));
  EXPECT_EQ(numbers({.kind = "sign_in"}), (Numbers{2, 1}));
  EXPECT_EQ(numbers({.principal = "usr_2"}), (Numbers{3, 2}));
  EXPECT_EQ(numbers({.kind = "sign_in", .principal = "usr_2"}), (Numbers{2}));
  EXPECT_EQ(numbers({.address = "192.0.2.1"}), (Numbers{3, 2, 1}));
  EXPECT_EQ(numbers({.subject = "ord_1"}), (Numbers{3}));
  EXPECT_EQ(numbers({.since = later}), (Numbers{3, 2}));
  EXPECT_EQ(numbers({.until = later}), (Numbers{1}));
  auto page = search({.limit = 2});
  ASSERT_TRUE(page.next);
  EXPECT_EQ(numbers({.before = page.next}), (Numbers{1}));
}

TEST_F(SecurityLog, IsReadByAdminsAndWrittenByThePlatformAlone_I25) {
  auto support = admin();
  support.caller.roles = {"support", "warehouse"};
  auto buyer = admin();
  buyer.caller = {CallerKind::buyer, "usr_1", {"admin"}, ""};
  for (const auto& call : {support, buyer, database.call}) {
    EXPECT_EQ(failure_of(service.search(call, {.limit = 10})).code, ErrorCode::forbidden);
  }
  EXPECT_EQ(failure_of(service.note(admin(), {})).code, ErrorCode::forbidden);
  NoteRequest many;
  many.sightings.resize(1'001, {"forbidden", "", "", "", "", 1});
  EXPECT_EQ(failure_of(service.note(platform(), many)).code, ErrorCode::invalid);
}

TEST_F(SecurityLog, LongTextsAreCutWhereACharacterEnds) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += "ж";
  note("sign_in", "usr_1", text);
  auto subject = search().items.at(0).subject;
  EXPECT_EQ(subject.size(), 300u);
  EXPECT_TRUE(is_utf8(subject));
}

TEST_F(SecurityLog, TheOldestGoWhenTheirTimeIsOverAndTheChainGoesOn_I25) {
  for (int i = 0; i < 3; ++i) note("sign_in");
  database.clock.advance(days(20));
  for (int i = 0; i < 2; ++i) note("sign_in");
  database.clock.advance(days(11));
  run_sync(service.drop_old(database.call));
  expect_whole(4, 5);
  EXPECT_EQ(search().items.back().prev_hash,
            database.value<std::string>("SELECT hash FROM chain_end WHERE name = 'first'"));
  database.clock.advance(days(30));
  run_sync(service.drop_old(database.call));
  note("sign_in");
  expect_whole(6, 6);
}

}  // namespace
}  // namespace bramble::security
