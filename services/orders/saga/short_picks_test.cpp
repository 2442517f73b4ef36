// Units that a warehouse did not find: another site, otherwise a refund, and the order goes on.
#include "services/orders/orders_fixture.h"

namespace bramble::orders {
namespace {

using enum OrderStatus;

class SettlingShortPicks : public OrdersFixture {
 public:
  static constexpr std::int64_t price = 199'900;
  const SiteId other{"site_2"};

  OrderId create_assembled(std::int64_t shoes) {
    auto order = create_paid(shoes);
    on_assembly_started(order);
    return order;
  }
  // Quantity and status of each line of the order, sorted.
  using Lines = std::vector<std::pair<std::int64_t, OrderStatus>>;
  Lines lines(const OrderId& order) {
    Lines found;
    auto shown = view(order);
    for (const auto& line : shown.items) found.emplace_back(line.quantity, line.status);
    std::sort(found.begin(), found.end());
    return found;
  }
  // What the buyer is told: the change and the number of units.
  using Told = std::vector<std::pair<ItemsChange, std::int64_t>>;
  Told told() {
    Told found;
    for (const auto& event : database.events<OrderItemsChanged>())
      found.emplace_back(event.change, event.quantity);
    return found;
  }
  std::vector<PickShortDecided> decisions() { return database.events<PickShortDecided>(); }
};

TEST_F(SettlingShortPicks, AnotherSiteStepsInAndNobodyPaysLess) {
  inventory.elsewhere[shoe][other] = 5;
  auto order = create_assembled(3);
  on_pick_short(order, "short-1", 2);
  EXPECT_EQ(run_jobs(), 0);
  ASSERT_EQ(decisions().size(), 1u);
  EXPECT_EQ(decisions()[0].cancelled, 0);
  ASSERT_EQ(decisions()[0].replacements.size(), 2u);
  auto decision = decisions()[0];
  for (const auto& unit : decision.replacements) EXPECT_EQ(unit.site_id, other);
  EXPECT_EQ(lines(order), (Lines{{3, assembling}}));
  EXPECT_TRUE(account(order).refunds.empty());
  EXPECT_EQ(told(), (Told{{ItemsChange::replaced, 2}}));
  on_assembly_complete(order);
  EXPECT_EQ(status(order), ready_to_ship);
  check_orders();
}

TEST_F(SettlingShortPicks, WhatIsNowhereIsCancelledAndItsMoneyGoesBackWhileTheRestGoesOn) {  // I11, I16
  auto order = create_assembled(3);
  on_pick_short(order, "short-1", 1);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(lines(order), (Lines{{1, cancelled}, {2, assembling}}));
  EXPECT_EQ(account(order).refunds, (std::map<std::string, std::int64_t>{{"short-1", price}}));
  auto refunds = view(order).refunds;
  ASSERT_EQ(refunds.size(), 1u);
  EXPECT_EQ(refunds[0].amount, (Money{price, "RUB"}));
  EXPECT_EQ(refunds[0].reason, "not_found");
  EXPECT_FALSE(refunds[0].done);
  on_assembly_complete(order);
  EXPECT_EQ(lines(order), (Lines{{1, cancelled}, {2, ready_to_ship}}));
  on_refunded(order, {"short-1"});
  on_refunded(order, {"short-1"});
  EXPECT_EQ(lines(order), (Lines{{1, OrderStatus::refunded}, {2, ready_to_ship}}));
  EXPECT_TRUE(view(order).refunds[0].done);
  EXPECT_EQ(told(), (Told{{ItemsChange::cancelled, 1}, {ItemsChange::refunded, 1}}));
  EXPECT_FALSE(account(order).end_wished);
  EXPECT_EQ(view(order).total, (Money{3 * price, "RUB"}));
  check_orders();
}

TEST_F(SettlingShortPicks, OtherSitesGiveWhatTheyHaveAndTheRestIsCancelled) {
  inventory.elsewhere[shoe][other] = 1;
  auto order = create_assembled(3);
  on_pick_short(order, "short-1", 2);
  run_jobs();
  EXPECT_EQ(decisions()[0].replacements.size(), 1u);
  EXPECT_EQ(decisions()[0].cancelled, 1);
  EXPECT_EQ(account(order).refunds, (std::map<std::string, std::int64_t>{{"short-1", price}}));
  EXPECT_EQ(told(), (Told{{ItemsChange::replaced, 1}, {ItemsChange::cancelled, 1}}));
  // The other site does not find it either.
  on_pick_short(order, "short-2", 1, other);
  run_jobs();
  EXPECT_EQ(lines(order), (Lines{{1, assembling}, {2, cancelled}}));
  check_orders();
}

TEST_F(SettlingShortPicks, AnOrderOfWhichNothingIsLeftIsRefundedInFull) {  // I16
  auto order = create_assembled(2);
  on_pick_short(order, "short-1", 1);
  on_pick_short(order, "short-2", 1);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), cancelled);
  EXPECT_TRUE(account(order).end_wished);
  EXPECT_EQ(database.events<PaidOrderCancelled>().size(), 1u);
  // A part of the refund is not all of it.
  on_refunded(order, {"short-1"});
  EXPECT_EQ(status(order), cancelled);
  on_refunded(order, {"short-2"}, true);
  EXPECT_EQ(history(order),
            (std::vector<OrderStatus>{pending_payment, paid, assembling, cancelled, OrderStatus::refunded}));
  EXPECT_EQ(lines(order), (Lines{{2, OrderStatus::refunded}}));
  ASSERT_EQ(view(order).refunds.size(), 2u);
  EXPECT_TRUE(view(order).refunds[1].done);
  check_orders();
}

TEST_F(SettlingShortPicks, AReportThatComesTwiceCountsOnce) {  // I20
  auto order = create_assembled(3);
  on_pick_short(order, "short-1", 1);
  on_pick_short(order, "short-1", 1);
  run_jobs();
  on_pick_short(order, "short-1", 1);
  run_jobs();
  EXPECT_EQ(lines(order), (Lines{{1, cancelled}, {2, assembling}}));
  EXPECT_EQ(decisions().size(), 1u);
  EXPECT_EQ(inventory.trouble.calls["replace_short"], 1);
  check_orders();
}

class TroubledShortPicks : public SettlingShortPicks, public testing::WithParamInterface<const char*> {};

// A crash in between has the same effect: the job starts again from the stores.
TEST_P(TroubledShortPicks, AreSettledOnceWhateverFailsInBetween) {  // I19
  inventory.elsewhere[shoe][other] = 1;
  auto order = create_assembled(3);
  on_pick_short(order, "short-1", 2);
  for (auto when : {When::before, When::after}) {
    inventory.trouble.next(GetParam(), when);
    payments.trouble.next(GetParam(), when);
    EXPECT_EQ(run_jobs(), 1);
    database.clock.advance(seconds(1));
  }
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(lines(order), (Lines{{1, cancelled}, {2, assembling}}));
  EXPECT_EQ(decisions().size(), 1u);
  EXPECT_EQ(account(order).refunds, (std::map<std::string, std::int64_t>{{"short-1", price}}));
  EXPECT_EQ(inventory.elsewhere[shoe][other], 0);
  EXPECT_EQ(told(), (Told{{ItemsChange::replaced, 1}, {ItemsChange::cancelled, 1}}));
  check_orders();
}
INSTANTIATE_TEST_SUITE_P(Peers, TroubledShortPicks, testing::Values("replace_short", "refund"));

TEST_F(SettlingShortPicks, ABuyerWhoCancelsGetsNothingFromElsewhere) {  // docs/invariants.md, rule 8
  inventory.elsewhere[shoe][other] = 5;
  auto order = create_assembled(3);
  warehouse.undecided = true;
  EXPECT_EQ(cancel(order).outcome, CancelOutcome::pending);
  on_pick_short(order, "short-1", 1);
  EXPECT_EQ(run_jobs(), 1);
  EXPECT_EQ(lines(order), (Lines{{1, cancelled}, {2, assembling}}));
  EXPECT_EQ(inventory.elsewhere[shoe][other], 5);
  warehouse.undecided = false;
  database.clock.advance(seconds(1));
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), cancelled);
  EXPECT_TRUE(give_back(order));
  EXPECT_EQ(lines(order), (Lines{{3, OrderStatus::refunded}}));
  check_orders();
}

TEST_F(SettlingShortPicks, ACancelThatComesTooLateLeavesTheMissingUnitsCancelled) {
  auto order = create_assembled(2);
  on_pick_short(order, "short-1", 1);
  run_jobs();
  warehouse.packed = true;
  EXPECT_EQ(cancel(order).outcome, CancelOutcome::packed);
  on_assembly_complete(order);
  EXPECT_EQ(lines(order), (Lines{{1, ready_to_ship}, {1, cancelled}}));
  check_orders();
}

TEST_F(SettlingShortPicks, MoreThanTheOrderHasIsAFaultThatChangesNothing) {
  auto order = create_assembled(1);
  on_pick_short(order, "short-1", 2);
  EXPECT_EQ(run_jobs(), 1);
  EXPECT_EQ(lines(order), (Lines{{1, assembling}}));
  EXPECT_TRUE(decisions().empty());
}

}  // namespace
}  // namespace bramble::orders
