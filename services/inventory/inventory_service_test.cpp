#include "services/inventory/inventory_service.h"

#include "services/inventory/inventory_stand.h"

namespace bramble::inventory {
namespace {

class Reserving : public InventoryStand {};
class Holds : public InventoryStand {};
class Availability : public InventoryStand {};

TEST_F(Reserving, TheLastItemGoesToExactlyOneBuyer) {  // I6
  grant(near, 1, 1, {{shoe, 1}});
  constexpr int buyers = 64;
  int reserved = 0;
  int refused = 0;
  auto buy = [&](int number) -> Task<void> {
    auto reply = co_await reserving("ord_" + std::to_string(number), {{shoe, 1}});
    ++(reply.outcome == ReserveOutcome::reserved ? reserved : refused);
  };
  std::vector<Task<void>> tasks;
  for (int i = 0; i < buyers; ++i) tasks.push_back(buy(i));
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(reserved, 1);
  EXPECT_EQ(refused, buyers - 1);
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 1, 1, 0}}));
  check_sums();
}

TEST_F(Reserving, ManyOrdersOfSeveralUnitsNeverTakeMoreThanWasGranted) {  // I6, I3
  grant(near, 1, 1, {{shoe, 7}, {sock, 5}});
  grant(far, 1, 1, {{shoe, 6}, {sock, 20}});
  std::int64_t shoes = 0;
  auto buy = [&](int number) -> Task<void> {
    std::int64_t wanted = 1 + number % 3;
    auto reply = co_await reserving("ord_" + std::to_string(number), {{shoe, wanted}, {sock, 1}});
    if (reply.outcome == ReserveOutcome::reserved) shoes += wanted;
  };
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 30; ++i) tasks.push_back(buy(i));
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(shoes, 13);
  check_sums();
}

TEST_F(Reserving, TakesFromTheNearestSite) {
  grant(far, 1, 1, {{shoe, 5}});
  grant(near, 1, 1, {{shoe, 5}});
  EXPECT_EQ(reserve("ord_1", {{shoe, 2}}).placements, (std::vector<Placement>{{shoe, near, 2}}));
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, far, 5, 0, 0}, {shoe, near, 5, 2, 0}}));
}

TEST_F(Reserving, RepeatedItAnswersTheSameAndTakesNothingMore) {  // I3
  grant(near, 1, 1, {{shoe, 3}});
  auto first = reserve("ord_1", {{shoe, 2}});
  EXPECT_EQ(reserve("ord_1", {{shoe, 2}}), first);
  EXPECT_EQ(begin_payment("ord_1"), HoldState::paying);
  EXPECT_EQ(reserve("ord_1", {{shoe, 2}}), first);
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 3, 2, 0}}));
  check_sums();
}

TEST_F(Reserving, TheSameOrderManyTimesAtOnceIsHeldOnce) {  // I3
  grant(near, 1, 1, {{shoe, 50}});
  auto again = [&]() -> Task<void> { co_await reserving("ord_1", {{shoe, 2}}); };
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 10; ++i) tasks.push_back(again());
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 50, 2, 0}}));
}

TEST_F(Reserving, WhatWasReleasedIsNotReservedByARepeat) {
  grant(near, 1, 1, {{shoe, 3}});
  reserve("ord_1", {{shoe, 2}});
  release("ord_1");
  auto repeated = reserve("ord_1", {{shoe, 2}});
  EXPECT_EQ(repeated.outcome, ReserveOutcome::out_of_stock);
  EXPECT_TRUE(repeated.placements.empty());
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 3, 0, 0}}));
}

TEST_F(Reserving, AReleaseThatComesLateLeavesALaterAttemptAlone) {  // I7
  grant(near, 1, 1, {{shoe, 3}});
  reserve("ord_1", {{shoe, 2}});
  EXPECT_EQ(release("ord_1", 2), HoldState::released);
  reserve("ord_1", {{shoe, 2}}, 3);
  EXPECT_EQ(release("ord_1", 2), HoldState::held);
  begin_payment("ord_1");
  EXPECT_EQ(release("ord_1", 2), HoldState::paying);
  EXPECT_EQ(release("ord_1", 3), HoldState::released);
  check_sums();
}

TEST_F(Reserving, AnAttemptThatComesAfterTheEndOfItsOrderIsRefused) {  // I3
  grant(near, 1, 1, {{shoe, 3}});
  reserve("ord_1", {{shoe, 2}});
  EXPECT_EQ(release("ord_1", 4), HoldState::released);
  for (std::int64_t attempt : {2, 4})
    EXPECT_EQ(reserve("ord_1", {{shoe, 2}}, attempt).outcome, ReserveOutcome::out_of_stock) << attempt;
  EXPECT_EQ(release("ord_1", 3), HoldState::released);
  EXPECT_EQ(reserve("ord_1", {{shoe, 2}}, 4).outcome, ReserveOutcome::out_of_stock);
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 3, 0, 0}}));
  EXPECT_EQ(reserve("ord_1", {{shoe, 2}}, 5).outcome, ReserveOutcome::reserved);
  check_sums();
}

TEST_F(Reserving, TheFirstAttemptIsRefusedToo) {
  grant(near, 1, 1, {{shoe, 3}});
  EXPECT_EQ(release("ord_1", 1), HoldState::none);
  EXPECT_EQ(reserve("ord_1", {{shoe, 2}}).outcome, ReserveOutcome::out_of_stock);
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 3, 0, 0}}));
  EXPECT_EQ(reserve("ord_1", {{shoe, 2}}, 2).outcome, ReserveOutcome::reserved);
  check_sums();
}

TEST_F(Reserving, WhoDoesNotNameAnAttemptReleasesTheLast) {
  grant(near, 1, 1, {{shoe, 3}});
  EXPECT_EQ(release("ord_1", 0), HoldState::none);
  reserve("ord_1", {{shoe, 2}});
  EXPECT_EQ(release("ord_1", 0), HoldState::released);
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 3, 0, 0}}));
  EXPECT_EQ(reserve("ord_1", {{shoe, 2}}).outcome, ReserveOutcome::out_of_stock);
  check_sums();
}

TEST_F(Reserving, WhatIsSoldIsClosedByNoRelease) {  // I7
  grant(near, 1, 1, {{shoe, 3}});
  reserve("ord_1", {{shoe, 2}});
  begin_payment("ord_1");
  pay("ord_1");
  EXPECT_EQ(release("ord_1", 9), HoldState::claimed);
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 3, 0, 2}}));
  check_sums();
}

TEST_F(Reserving, ASecondAttemptHoldsAgainWhatTheFirstLost) {  // I18
  grant(near, 1, 1, {{shoe, 3}});
  reserve("ord_1", {{shoe, 2}});
  release("ord_1");
  EXPECT_EQ(reserve("ord_1", {{shoe, 2}}, 2).outcome, ReserveOutcome::reserved);
  EXPECT_EQ(state("ord_1"), HoldState::held);
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 3, 2, 0}}));
  check_sums();
}

TEST_F(Reserving, AnOrderNeverHasTwoOpenHolds) {  // I3
  grant(near, 1, 1, {{shoe, 9}});
  auto first = reserve("ord_1", {{shoe, 2}});
  EXPECT_EQ(reserve("ord_1", {{shoe, 2}}, 2), first);
  begin_payment("ord_1");
  EXPECT_EQ(reserve("ord_1", {{shoe, 2}}, 3), first);
  pay("ord_1");
  EXPECT_EQ(reserve("ord_1", {{shoe, 2}}, 4), first);
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 9, 0, 2}}));
  check_sums();
}

TEST_F(Reserving, OutOfStockNamesWhatIsShortAndHoldsNothing) {
  grant(near, 1, 1, {{shoe, 3}, {sock, 9}});
  reserve("ord_1", {{shoe, 2}});
  auto refused = reserve("ord_2", {{shoe, 2}, {sock, 1}, {SkuId("sku_unknown"), 4}});
  EXPECT_EQ(refused.outcome, ReserveOutcome::out_of_stock);
  EXPECT_EQ(refused.short_, (std::vector<Level>{{shoe, 1}, {SkuId("sku_unknown"), 0}}));
  EXPECT_TRUE(refused.placements.empty());
  EXPECT_EQ(state("ord_2"), HoldState::none);
  EXPECT_EQ(stock(sock), (std::vector<Stock>{{sock, near, 9, 0, 0}}));
  check_sums();
}

TEST_F(Reserving, AHoldMaySpanSites) {
  grant(near, 1, 1, {{shoe, 2}});
  grant(far, 1, 1, {{shoe, 2}});
  EXPECT_EQ(reserve("ord_1", {{shoe, 3}}).placements,
            (std::vector<Placement>{{shoe, near, 2}, {shoe, far, 1}}));
  EXPECT_EQ(begin_payment("ord_1"), HoldState::paying);
  pay("ord_1");
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, far, 2, 0, 1}, {shoe, near, 2, 0, 2}}));
  check_sums();
}

TEST_F(Reserving, RefusesRequestsThatMakeNoSense) {
  EXPECT_EQ(failure_of(reserving("", {{shoe, 1}})).code, ErrorCode::invalid);
  EXPECT_EQ(failure_of(reserving("ord_1", {})).code, ErrorCode::invalid);
  EXPECT_EQ(failure_of(reserving("ord_1", {{shoe, 0}})).code, ErrorCode::invalid);
  EXPECT_EQ(failure_of(reserving("ord_1", {{shoe, -1}})).code, ErrorCode::invalid);
  EXPECT_EQ(failure_of(reserving("ord_1", std::vector<Line>(201, Line{shoe, 1}))).code, ErrorCode::invalid);
}

TEST_F(Holds, GoTheirWayAndNoOther) {  // I7
  grant(near, 1, 1, {{shoe, 9}});
  EXPECT_EQ(begin_payment("ord_none"), HoldState::none);
  EXPECT_EQ(release("ord_none"), HoldState::none);
  reserve("ord_1", {{shoe, 1}});
  EXPECT_EQ(begin_payment("ord_1"), HoldState::paying);
  EXPECT_EQ(begin_payment("ord_1"), HoldState::paying);
  pay("ord_1");
  EXPECT_EQ(release("ord_1"), HoldState::claimed);
  EXPECT_EQ(begin_payment("ord_1"), HoldState::claimed);
  cancel_paid("ord_1");
  EXPECT_EQ(state("ord_1"), HoldState::returned);
  EXPECT_EQ(release("ord_1"), HoldState::returned);
  EXPECT_EQ(begin_payment("ord_1"), HoldState::returned);
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 9, 0, 0}}));
  check_sums();
}

TEST_F(Holds, AReleasedOneIsNeverClaimed) {  // I7
  grant(near, 1, 1, {{shoe, 1}});
  reserve("ord_1", {{shoe, 1}});
  EXPECT_EQ(release("ord_1"), HoldState::released);
  EXPECT_EQ(release("ord_1"), HoldState::released);
  EXPECT_EQ(begin_payment("ord_1"), HoldState::released);
  EXPECT_THROW(pay("ord_1"), Error);
  EXPECT_THROW(cancel_paid("ord_1"), Error);
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 1, 0, 0}}));
}

TEST_F(Holds, AClaimNeedsAHoldThatIsBeingPaid) {  // I7
  grant(near, 1, 1, {{shoe, 1}});
  reserve("ord_1", {{shoe, 1}});
  EXPECT_THROW(pay("ord_1"), Error);
  EXPECT_THROW(pay("ord_unknown"), Error);
  EXPECT_EQ(state("ord_1"), HoldState::held);
  check_sums();
}

TEST_F(Holds, ExpireWhenTheirTimeIsOverAndTheGoodsAreOnSaleAgain) {
  grant(near, 1, 1, {{shoe, 2}});
  reserve("ord_1", {{shoe, 2}});
  database.clock.advance(minutes(10));
  expire();
  EXPECT_EQ(state("ord_1"), HoldState::held);
  database.clock.advance(minutes(5));
  expire();
  expire();
  EXPECT_EQ(state("ord_1"), HoldState::released);
  EXPECT_EQ(database.events<HoldExpired>(), (std::vector<HoldExpired>{{OrderId("ord_1")}}));
  EXPECT_EQ(reserve("ord_2", {{shoe, 2}}).outcome, ReserveOutcome::reserved);
  check_sums();
}

TEST_F(Holds, OneThatIsBeingPaidDoesNotExpire) {  // I7
  grant(near, 1, 1, {{shoe, 1}});
  reserve("ord_1", {{shoe, 1}});
  begin_payment("ord_1");
  database.clock.advance(days(3));
  expire();
  EXPECT_EQ(state("ord_1"), HoldState::paying);
  EXPECT_TRUE(database.events<HoldExpired>().empty());
  pay("ord_1");
  EXPECT_EQ(state("ord_1"), HoldState::claimed);
}

TEST_F(Holds, ExpiryAndPaymentAtOnceHaveOneWinner) {  // I7
  grant(near, 1, 1, {{shoe, 40}});
  for (int i = 0; i < 40; ++i) reserve("ord_" + std::to_string(i), {{shoe, 1}});
  database.clock.advance(minutes(15));
  int paying = 0;
  auto begin = [&](int number) -> Task<void> {
    auto hold = co_await inventory.begin_payment(database.call, {OrderId("ord_" + std::to_string(number))});
    if (hold.state == HoldState::paying) ++paying;
  };
  std::vector<Task<void>> tasks;
  tasks.push_back(inventory.expire_holds(database.call));
  for (int i = 0; i < 40; ++i) tasks.push_back(begin(i));
  tasks.push_back(inventory.expire_holds(database.call));
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM hold WHERE state = 1"), paying);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM hold WHERE state = 3"), 40 - paying);
  EXPECT_EQ(std::ssize(database.events<HoldExpired>()), 40 - paying);
  check_sums();
}

TEST_F(Holds, EachChangeCountsTheVersionUpByOne) {  // I17
  grant(near, 1, 1, {{shoe, 1}});
  reserve("ord_1", {{shoe, 1}});
  EXPECT_EQ(database.value("SELECT version FROM hold"), 1);
  begin_payment("ord_1");
  pay("ord_1");
  cancel_paid("ord_1");
  EXPECT_EQ(database.value("SELECT version FROM hold"), 4);
}

TEST_F(Availability, IsWhatIsFreeOverAllSites) {
  grant(near, 1, 1, {{shoe, 2}});
  grant(far, 1, 1, {{shoe, 3}});
  auto levels = [&] {
    return run_sync(inventory.availability(database.call, {{sock, shoe, SkuId("sku_unknown")}})).levels;
  };
  EXPECT_EQ(levels(), (std::vector<Level>{{sock, 0}, {shoe, 5}, {SkuId("sku_unknown"), 0}}));
  reserve("ord_1", {{shoe, 4}});
  EXPECT_EQ(levels()[1].available, 1);
  reserve("ord_1", {{shoe, 4}});
  EXPECT_EQ(levels()[1].available, 1);
  release("ord_1");
  EXPECT_EQ(levels()[1].available, 5);
  grant(near, 1, 2, {{shoe, 10}});
  database.clock.advance(milliseconds(500));
  EXPECT_EQ(levels()[1].available, 15);
  EXPECT_TRUE(run_sync(inventory.availability(database.call, {})).levels.empty());
}

}  // namespace
}  // namespace bramble::inventory
