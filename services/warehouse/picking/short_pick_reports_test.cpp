#include "services/warehouse/warehouse_stand.h"

namespace bramble::warehouse {
namespace {

using Goods = std::vector<std::int64_t>;  // on_hand, reserved, picked

class ShortPicks : public WarehouseStand {
 public:
  ShortPicks() {
    receive("r-1", moscow, {{shoe, 5, "A-1"}, {sock, 9, "B-1"}});
    receive("r-2", tver, {{shoe, 5, "C-1"}});
  }
  std::size_t completed() { return database.events<AssemblyComplete>().size(); }
};

TEST_F(ShortPicks, WhatIsNotFoundIsWrittenOffAtOnceAndTheOrderIsTold) {  // I1
  pay("ord_1", {{moscow, shoe, 3}});
  auto task = task_at("ord_1", moscow);
  auto reply = report(task, "short-1", "A-1", shoe_code, 2);
  EXPECT_EQ(reply.outcome, ShortOutcome::recorded);
  EXPECT_EQ(reply.task.lines.front().missing, 2);
  EXPECT_EQ(reply.task.status, TaskStatus::open);
  EXPECT_EQ(goods(shoe), (Goods{8, 1, 0}));
  auto told = database.events<PickShort>();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0], (PickShort{OrderId("ord_1"), "short-1", task.task_id, moscow, shoe, 2,
                                ShortReason::not_found, told[0].at}));
  // The order is being assembled, even if nothing of it was picked.
  EXPECT_EQ(database.events<AssemblyStarted>().size(), 1u);
  check_goods();
}

TEST_F(ShortPicks, DamagedGoodsGoToQuarantineAndAreNeverReservedAgain) {  // I1, I2
  pay("ord_1", {{moscow, shoe, 3}});
  report(task_at("ord_1", moscow), "short-1", "A-1", shoe_code, 2, ShortReason::damaged);
  EXPECT_EQ(goods(shoe), (Goods{10, 1, 0}));
  EXPECT_EQ(quarantined(shoe), 2);
  pay("ord_2", {{moscow, shoe, 2}});
  pay("ord_3", {{moscow, shoe, 1}});
  EXPECT_EQ(task_at("ord_3", moscow).lines.front().missing, 1);
  for (const auto& line : task_at("ord_2", moscow).lines) EXPECT_EQ(line.bin, "A-1");
  check_goods();
}

TEST_F(ShortPicks, TheRestOfTheTaskCanBePackedAndTheOrderWaitsForTheDecision) {
  pay("ord_1", {{moscow, shoe, 3}});
  auto task = task_at("ord_1", moscow);
  report(task, "short-1", "A-1", shoe_code, 1, ShortReason::wrong_goods_in_bin);
  EXPECT_EQ(scan(task, "s-1", "A-1", shoe_code, 3).outcome, ScanOutcome::wrong_goods);
  EXPECT_EQ(scan(task, "s-2", "A-1", shoe_code, 2).outcome, ScanOutcome::picked);
  EXPECT_EQ(complete(task, "PKG-1").outcome, ScanOutcome::picked);
  EXPECT_EQ(completed(), 0u);
  decide("ord_1", "short-1", {}, 1);
  EXPECT_EQ(completed(), 1u);
  decide("ord_1", "short-1", {}, 1);
  EXPECT_EQ(completed(), 1u);
  check_goods();
}

TEST_F(ShortPicks, WhatComesFromAnotherSiteIsATaskThereAndTheOrderWaitsForBothParcels) {
  pay("ord_1", {{moscow, shoe, 3}});
  auto task = task_at("ord_1", moscow);
  report(task, "short-1", "A-1", shoe_code, 1);
  decide("ord_1", "short-1", {{tver, shoe, 1}}, 0);
  auto other = task_at("ord_1", tver);
  EXPECT_EQ(other.lines, (std::vector<TaskLine>{{shoe, shoe_code, "C-1", 1, 0, 0}}));
  scan(task, "s-1", "A-1", shoe_code, 2);
  complete(task, "PKG-M");
  EXPECT_EQ(completed(), 0u);
  pick_all(other);
  complete(other, "PKG-T");
  ASSERT_EQ(completed(), 1u);
  EXPECT_EQ(database.events<AssemblyComplete>().front().package_barcodes.size(), 2u);
  check_goods();
}

TEST_F(ShortPicks, WhatWasSoldAndIsInNoBinIsShortFromTheStart) {  // I16
  pay("ord_1", {{moscow, shoe, 4}});
  pay("ord_2", {{moscow, shoe, 3}, {moscow, sock, 1}});
  auto task = task_at("ord_2", moscow);
  EXPECT_EQ(task.status, TaskStatus::open);
  auto told = database.events<PickShort>();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].order_id, OrderId("ord_2"));
  EXPECT_EQ(told[0].sku_id, shoe);
  EXPECT_EQ(told[0].quantity, 2);
  EXPECT_EQ(told[0].reason, ShortReason::not_found);
  EXPECT_EQ(goods(shoe), (Goods{10, 5, 0}));
  // What there is can be packed; the order waits for the decision.
  scan(task, "s-1", "A-1", shoe_code, 1);
  scan(task, "s-2", "B-1", sock_code, 1);
  EXPECT_EQ(complete(task, "PKG-1").outcome, ScanOutcome::picked);
  EXPECT_EQ(completed(), 0u);
  decide("ord_2", told[0].short_id, {}, 2);
  EXPECT_EQ(completed(), 1u);
  check_goods();
}

TEST_F(ShortPicks, AnOrderOfWhichNothingIsInABinHasNothingToPickAndIsDecidedElsewhere) {  // I16
  pay("ord_1", {{moscow, shoe, 5}});
  pay("ord_2", {{moscow, shoe, 1}});
  EXPECT_EQ(task_at("ord_2", moscow).status, TaskStatus::cancelled);
  EXPECT_EQ(cancel("ord_2"), CancelPickOutcome::undecided);
  auto short_id = database.events<PickShort>().front().short_id;
  decide("ord_2", short_id, {{tver, shoe, 1}}, 0);
  auto other = task_at("ord_2", tver);
  pick_all(other);
  complete(other, "PKG-T");
  EXPECT_EQ(completed(), 1u);
  check_goods();
}

TEST_F(ShortPicks, ATaskOfWhichNothingIsThereClosesItself) {
  pay("ord_1", {{moscow, shoe}, {moscow, sock, 2}});
  auto task = task_at("ord_1", moscow);
  EXPECT_EQ(report(task, "short-1", "A-1", shoe_code, 1).task.status, TaskStatus::open);
  EXPECT_EQ(report(task, "short-2", "B-1", sock_code, 2).task.status, TaskStatus::cancelled);
  EXPECT_EQ(complete(task, "PKG-1").outcome, ScanOutcome::task_closed);
  EXPECT_EQ(report(task, "short-3", "A-1", shoe_code, 1).outcome, ShortOutcome::task_closed);
  decide("ord_1", "short-1", {}, 1);
  decide("ord_1", "short-2", {}, 2);
  EXPECT_EQ(completed(), 0u);
  EXPECT_EQ(cancel("ord_1"), CancelPickOutcome::accepted);
  check_goods();
}

TEST_F(ShortPicks, ARepeatedReportCountsOnce) {
  pay("ord_1", {{moscow, shoe, 2}});
  auto task = task_at("ord_1", moscow);
  report(task, "short-1", "A-1", shoe_code, 1);
  auto again = report(task, "short-1", "A-1", shoe_code, 1);
  EXPECT_EQ(again.outcome, ShortOutcome::recorded);
  EXPECT_EQ(again.task.lines.front().missing, 1);
  EXPECT_EQ(report(task, "short-1", "A-1", shoe_code, 2).outcome, ShortOutcome::short_reused);
  EXPECT_EQ(report(task, "short-1", "A-1", shoe_code, 1, ShortReason::damaged).outcome,
            ShortOutcome::short_reused);
  report(task, "short-2", "A-1", shoe_code, 1);
  // Also after the task is closed.
  EXPECT_EQ(report(task, "short-2", "A-1", shoe_code, 1).outcome, ShortOutcome::recorded);
  EXPECT_EQ(database.events<PickShort>().size(), 2u);
  EXPECT_EQ(goods(shoe), (Goods{8, 0, 0}));
  check_goods();
}

TEST_F(ShortPicks, WhatIsPickedOrNotOfTheTaskIsNotMissing) {
  pay("ord_1", {{moscow, shoe, 2}});
  auto task = task_at("ord_1", moscow);
  scan(task, "s-1", "A-1", shoe_code, 1);
  EXPECT_EQ(report(task, "short-1", "A-1", shoe_code, 2).outcome, ShortOutcome::not_left);
  EXPECT_EQ(report(task, "short-1", "A-2", shoe_code, 1).outcome, ShortOutcome::wrong_goods);
  EXPECT_EQ(report(task, "short-1", "B-1", sock_code, 1).outcome, ShortOutcome::wrong_goods);
  scan(task, "s-2", "A-1", shoe_code, 1);
  EXPECT_EQ(report(task, "short-1", "A-1", shoe_code, 1).outcome, ShortOutcome::not_left);
  EXPECT_TRUE(database.events<PickShort>().empty());
  EXPECT_EQ(goods(shoe), (Goods{10, 0, 2}));
  check_goods();
}

TEST_F(ShortPicks, OnlyAWorkerOfTheSiteReports) {  // I25
  pay("ord_1", {{moscow, shoe}});
  auto task = task_at("ord_1", moscow);
  ShortRequest request{task.task_id, "short-1", "A-1", shoe_code, 1, ShortReason::not_found};
  EXPECT_EQ(failure_of(warehouse.report_short(worker(tver), request)).code, ErrorCode::forbidden);
  request.task_id = TaskId("tsk_none");
  EXPECT_EQ(failure_of(warehouse.report_short(worker(), request)).code, ErrorCode::not_found);
}

TEST_F(ShortPicks, ACancelWaitsForTheDecisionAndGivesBackWhatIsThere) {  // I1
  pay("ord_1", {{moscow, shoe, 3}});
  auto task = task_at("ord_1", moscow);
  scan(task, "s-1", "A-1", shoe_code, 1);
  report(task, "short-1", "A-1", shoe_code, 1);
  EXPECT_EQ(cancel("ord_1"), CancelPickOutcome::undecided);
  EXPECT_EQ(task_at("ord_1", moscow).status, TaskStatus::open);
  decide("ord_1", "short-1", {}, 1);
  EXPECT_EQ(cancel("ord_1"), CancelPickOutcome::accepted);
  EXPECT_EQ(goods(shoe), (Goods{9, 0, 0}));
  check_goods();
}

TEST_F(ShortPicks, RacingACancelHasOneWinner) {
  pay("ord_1", {{moscow, shoe}});
  auto task = task_at("ord_1", moscow);
  auto reported = ShortOutcome::wrong_goods;
  auto outcome = CancelPickOutcome::packed;
  auto find_nothing = [&]() -> Task<void> {
    ShortRequest request{task.task_id, "short-1", "A-1", shoe_code, 1, ShortReason::not_found};
    reported = (co_await warehouse.report_short(worker(), request)).outcome;
  };
  auto stop = [&]() -> Task<void> {
    outcome = (co_await warehouse.cancel_pick(database.call, {OrderId("ord_1")})).outcome;
  };
  std::vector<Task<void>> tasks;
  tasks.push_back(stop());
  tasks.push_back(find_nothing());
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(reported == ShortOutcome::recorded, outcome == CancelPickOutcome::undecided);
  EXPECT_EQ(goods(shoe)[0], reported == ShortOutcome::recorded ? 9 : 10);
  check_goods();
}

}  // namespace
}  // namespace bramble::warehouse
