// Rights that a site takes back, since it undid a receipt.
#include "services/inventory/inventory_stand.h"

namespace bramble::inventory {
namespace {

class Withdrawing : public InventoryStand {
 public:
  Withdrawing() { grant(near, 1, 1, {{shoe, 5}, {sock, 2}}); }

  WithdrawReply withdraw(std::vector<Placement> lines, std::int64_t seq = 1) {
    return run_sync(inventory.withdraw(database.call, {near, "rcp_1", 1, seq, std::move(lines)}));
  }
  WithdrawOutcome withdraw_in_round(std::int64_t round, bool restore = false) {
    WithdrawRequest request{near, "rcp_1", 1, 1, {{shoe, near, 5}}, restore, round};
    return run_sync(inventory.withdraw(database.call, request)).outcome;
  }
  std::int64_t granted(const SkuId& sku) { return stock(sku).at(0).granted; }
};

TEST_F(Withdrawing, TakesFreeRightsOnce) {  // I6
  auto reply = withdraw({{shoe, near, 5}, {sock, near, 1}});
  EXPECT_EQ(reply.outcome, WithdrawOutcome::withdrawn);
  EXPECT_EQ(withdraw({{shoe, near, 5}, {sock, near, 1}}), reply);
  EXPECT_EQ(granted(shoe), 0);
  EXPECT_EQ(granted(sock), 1);
  EXPECT_EQ(turns(shoe), (std::vector<bool>{true, false}));
  EXPECT_EQ(turns(sock), (std::vector<bool>{true}));
  EXPECT_EQ(reserve("ord_1", {{shoe, 1}}).outcome, ReserveOutcome::out_of_stock);
  check_sums();
}

TEST_F(Withdrawing, LeavesAllWhereSomethingIsHeld) {
  reserve("ord_1", {{shoe, 3}});
  auto reply = withdraw({{shoe, near, 3}, {sock, near, 2}});
  EXPECT_EQ(reply.outcome, WithdrawOutcome::sold);
  EXPECT_EQ(reply.short_, (std::vector<Level>{{shoe, 2}}));
  EXPECT_EQ(granted(shoe), 5);
  EXPECT_EQ(granted(sock), 2);
  release("ord_1");
  EXPECT_EQ(withdraw({{shoe, near, 3}, {sock, near, 2}}).outcome, WithdrawOutcome::withdrawn);
  check_sums();
}

TEST_F(Withdrawing, GivesBackWhatWasNotUndoneAfterAll) {
  withdraw({{shoe, near, 5}});
  for (int i = 0; i < 2; ++i)
    run_sync(inventory.withdraw(database.call, {near, "rcp_1", 1, 1, {{shoe, near, 5}}, true}));
  EXPECT_EQ(granted(shoe), 5);
  EXPECT_EQ(turns(shoe), (std::vector<bool>{true, false, true}));
  check_sums();
}

TEST_F(Withdrawing, WhatComesLateOfAWishThatWasGivenUpTakesAndGivesNothing) {  // I6
  withdraw_in_round(1, true);
  EXPECT_EQ(withdraw_in_round(1), WithdrawOutcome::sold);
  EXPECT_EQ(granted(shoe), 5);
  EXPECT_EQ(withdraw_in_round(2), WithdrawOutcome::withdrawn);
  withdraw_in_round(1, true);
  EXPECT_EQ(granted(shoe), 0);
  withdraw_in_round(2, true);
  EXPECT_EQ(granted(shoe), 5);
  check_sums();
}

TEST_F(Withdrawing, WaitsForAGrantThatIsOnItsWay) {
  EXPECT_EQ(failure_of(inventory.withdraw(database.call, {near, "rcp_1", 1, 2, {{shoe, near, 1}}})).reason,
            "not_yet");
  grant(near, 1, 2, {{shoe, 1}});
  EXPECT_EQ(withdraw({{shoe, near, 6}}, 2).outcome, WithdrawOutcome::withdrawn);
  check_sums();
}

TEST_F(Withdrawing, RacingABuyerForTheLastUnitsHasOneWinner) {
  WithdrawReply taken;
  ReserveReply bought;
  auto take = [&]() -> Task<void> {
    taken = co_await inventory.withdraw(database.call, {near, "rcp_1", 1, 1, {{shoe, near, 5}}});
  };
  auto buy = [&]() -> Task<void> { bought = co_await reserving("ord_1", {{shoe, 1}}); };
  std::vector<Task<void>> both;
  both.push_back(take());
  both.push_back(buy());
  run_sync(all(std::move(both)));
  EXPECT_NE(taken.outcome == WithdrawOutcome::withdrawn, bought.outcome == ReserveOutcome::reserved);
  check_sums();
}

}  // namespace
}  // namespace bramble::inventory
