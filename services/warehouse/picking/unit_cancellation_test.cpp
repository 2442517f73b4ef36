// Units that the buyer does not want any more: nobody picks them, and they stay for sale.
#include "services/warehouse/warehouse_stand.h"

namespace bramble::warehouse {
namespace {

class Stops : public WarehouseStand {
 public:
  Stops() {
    receive("r-1", moscow, {{shoe, 9, "A-1"}, {sock, 4, "B-1"}});
    pay("ord_1", {{moscow, shoe, 3}, {moscow, sock, 1}});
    task = task_at("ord_1", moscow);
  }
  StopUnitsOutcome stop(const std::string& id, std::vector<UnitsOf> units) {
    return run_sync(warehouse.stop_units(database.call, {OrderId("ord_1"), id, std::move(units)})).outcome;
  }

  PickTask task;
};

TEST_F(Stops, TheUnitsLeaveTheTaskAndStayOnTheShelf) {  // I1
  EXPECT_EQ(stop("act_1", {{shoe, 2}}), StopUnitsOutcome::stopped);
  EXPECT_EQ(stop("act_1", {{shoe, 2}}), StopUnitsOutcome::stopped);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{9, 1, 0}));
  auto events = database.events<PickShort>();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].reason, ShortReason::called_off);
  EXPECT_EQ(events[0].quantity, 2);
  EXPECT_EQ(scan(task, "s-1", "A-1", shoe_code, 2).outcome, ScanOutcome::wrong_goods);
  pick_all(task_at("ord_1", moscow));
  EXPECT_EQ(complete(task, "PKG-1").outcome, ScanOutcome::picked);
  EXPECT_TRUE(database.events<AssemblyComplete>().empty());
  decide("ord_1", "act_1.1", {}, 2);
  EXPECT_EQ(database.events<AssemblyComplete>().size(), 1u);
  check_goods();
}

// It would go into the parcel: nobody tells the worker to take it out again.
TEST_F(Stops, WhatLiesInAWorkersBagIsNotStoppedAndThenNothingIs) {
  scan(task, "s-1", "A-1", shoe_code, 2);
  EXPECT_EQ(stop("act_1", {{shoe, 2}}), StopUnitsOutcome::packed);
  EXPECT_EQ(stop("act_2", {{sock, 1}, {shoe, 2}}), StopUnitsOutcome::packed);
  EXPECT_TRUE(database.events<PickShort>().empty());
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{9, 1, 2}));
  EXPECT_EQ(stop("act_3", {{shoe, 1}}), StopUnitsOutcome::stopped);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{9, 0, 2}));
  EXPECT_EQ(task_at("ord_1", moscow).lines.at(0).picked, 2);
  check_goods();
}

TEST_F(Stops, WhatIsPackedIsNotStoppedAndThenNothingIs) {
  pick_all(task);
  complete(task, "PKG-1");
  EXPECT_EQ(stop("act_1", {{sock, 1}}), StopUnitsOutcome::packed);
  EXPECT_EQ(goods(sock), (std::vector<std::int64_t>{4, 0, 1}));
  EXPECT_TRUE(database.events<PickShort>().empty());
  EXPECT_EQ(stop("act_2", {{shoe, 4}}), StopUnitsOutcome::packed);
}

TEST_F(Stops, WhatHasNotComeYetIsWaitedFor) {
  EXPECT_EQ(failure_of(warehouse.stop_units(database.call, {OrderId("ord_2"), "act_1", {{shoe, 1}}})).reason,
            "not_yet");
}

TEST_F(Stops, AWorkerCannotCallGoodsOff) {
  auto failure = failure_of(warehouse.report_short(worker(), {task.task_id, "short-1", "A-1", shoe_code, 1,
                                                              ShortReason::called_off, std::nullopt}));
  EXPECT_EQ(failure.code, ErrorCode::invalid);
}

}  // namespace
}  // namespace bramble::warehouse
