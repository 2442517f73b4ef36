// Short picks: rights that vanish with the goods, and goods of other sites in their place.
#include "services/inventory/inventory_stand.h"

namespace bramble::inventory {
namespace {

using Placements = std::vector<Placement>;

class Replacing : public InventoryStand {
 public:
  // Paid for, from the near site.
  void sell(const std::string& order, std::int64_t quantity) {
    EXPECT_EQ(reserve(order, {{shoe, quantity}}).outcome, ReserveOutcome::reserved);
    begin_payment(order);
    pay(order);
  }
};

TEST_F(Replacing, TheRightsVanishAndAnotherSiteStepsIn) {  // I6
  grant(near, 1, 1, {{shoe, 3}});
  grant(far, 1, 1, {{shoe, 5}});
  sell("ord_1", 3);
  EXPECT_EQ(replace("ord_1", "short-1", shoe, near, 2), (Placements{{shoe, far, 2}}));
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, far, 5, 0, 2}, {shoe, near, 1, 0, 1}}));
  auto hold = run_sync(inventory.get_hold(database.call, {OrderId("ord_1")}));
  EXPECT_EQ(hold.state, HoldState::claimed);
  EXPECT_EQ(hold.placements, (Placements{{shoe, far, 2}, {shoe, near, 1}}));
  check_sums();
}

TEST_F(Replacing, OnceForAShortPick) {  // I19
  grant(near, 1, 1, {{shoe, 3}});
  grant(far, 1, 1, {{shoe, 5}});
  sell("ord_1", 3);
  auto first = replace("ord_1", "short-1", shoe, near, 2);
  EXPECT_EQ(replace("ord_1", "short-1", shoe, near, 2), first);
  // Whoever asked first has decided.
  EXPECT_EQ(replace("ord_1", "short-1", shoe, near, 2, false), first);
  EXPECT_EQ(failure_of(replacing("ord_1", "short-1", shoe, near, 1)).code, ErrorCode::conflict);
  EXPECT_EQ(stock(shoe)[0].spent, 2);
  check_sums();
}

TEST_F(Replacing, AsFarAsTheGoodsGo) {
  grant(near, 1, 1, {{shoe, 3}});
  grant(far, 1, 1, {{shoe, 1}});
  sell("ord_1", 3);
  EXPECT_EQ(replace("ord_1", "short-1", shoe, near, 2), (Placements{{shoe, far, 1}}));
  EXPECT_EQ(turns(shoe), (std::vector<bool>{true, false}));
  EXPECT_EQ(replace("ord_1", "short-2", shoe, near, 1), Placements{});
  check_sums();
}

TEST_F(Replacing, NeverFromASiteThatWasShortOfItForThisOrder) {
  grant(near, 1, 1, {{shoe, 9}});
  grant(far, 1, 1, {{shoe, 9}});
  sell("ord_1", 1);
  EXPECT_EQ(replace("ord_1", "short-1", shoe, near, 1), (Placements{{shoe, far, 1}}));
  EXPECT_EQ(replace("ord_1", "short-2", shoe, far, 1), Placements{});
  // What others may buy there is another matter: nothing else was counted.
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, far, 8, 0, 0}, {shoe, near, 8, 0, 0}}));
  check_sums();
}

TEST_F(Replacing, NotIfTheOrderDoesNotWantIt) {
  grant(near, 1, 1, {{shoe, 2}});
  grant(far, 1, 1, {{shoe, 5}});
  sell("ord_1", 2);
  EXPECT_EQ(replace("ord_1", "short-1", shoe, near, 1, false), Placements{});
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, far, 5, 0, 0}, {shoe, near, 1, 0, 1}}));
  check_sums();
}

TEST_F(Replacing, ACancelAfterwardsPutsBackOnlyWhatIsThere) {  // I6
  grant(near, 1, 1, {{shoe, 3}});
  sell("ord_1", 3);
  replace("ord_1", "short-1", shoe, near, 2);
  cancel_paid("ord_1");
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 1, 0, 0}}));
  check_sums();
}

TEST_F(Replacing, AnOrderOfWhichNothingIsThereCanStillEnd) {
  grant(near, 1, 1, {{shoe, 2}});
  sell("ord_1", 2);
  replace("ord_1", "short-1", shoe, near, 2);
  cancel_paid("ord_1");
  EXPECT_EQ(state("ord_1"), HoldState::returned);
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 0, 0, 0}}));
  check_sums();
}

TEST_F(Replacing, WaitsForTheNewsThatTheOrderIsPaid) {
  grant(near, 1, 1, {{shoe, 2}});
  reserve("ord_1", {{shoe, 2}});
  begin_payment("ord_1");
  EXPECT_EQ(failure_of(replacing("ord_1", "short-1", shoe, near, 1)).code, ErrorCode::unavailable);
  pay("ord_1");
  EXPECT_EQ(replace("ord_1", "short-1", shoe, near, 1), Placements{});
  check_sums();
}

TEST_F(Replacing, MoreThanTheOrderHasThereIsAFault) {  // I2
  grant(near, 1, 1, {{shoe, 5}});
  sell("ord_1", 2);
  EXPECT_EQ(failure_of(replacing("ord_1", "short-1", shoe, near, 3)).code, ErrorCode::internal);
  EXPECT_EQ(failure_of(replacing("ord_1", "short-1", shoe, far, 1)).code, ErrorCode::internal);
  EXPECT_EQ(failure_of(replacing("ord_none", "short-1", shoe, near, 1)).code, ErrorCode::internal);
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 5, 0, 2}}));
  check_sums();
}

TEST_F(Replacing, ManyShortPicksForTheLastUnitGetItOnce) {  // I6
  grant(near, 1, 1, {{shoe, 6}});
  grant(far, 1, 1, {{shoe, 1}});
  for (int i = 0; i < 6; ++i) sell("ord_" + std::to_string(i), 1);
  std::size_t replaced = 0;
  auto replace_one = [&](std::string number) -> Task<void> {
    auto reply = co_await replacing("ord_" + number, "short-" + number, shoe, near, 1);
    replaced += reply.placements.size();
  };
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 6; ++i) tasks.push_back(replace_one(std::to_string(i)));
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(replaced, 1u);
  check_sums();
}

}  // namespace
}  // namespace bramble::inventory
