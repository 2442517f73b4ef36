#include "services/warehouse/warehouse_stand.h"

namespace bramble::warehouse {
namespace {

class Picking : public WarehouseStand {
 public:
  Picking() {
    receive("r-1", moscow, {{shoe, 5, "A-1"}, {shoe, 2, "A-2"}, {sock, 9, "B-1"}});
    receive("r-2", tver, {{shoe, 5, "C-1"}});
  }
};
class CancellingPicks : public Picking {};

TEST_F(Picking, APaidOrderIsATaskAtEachSiteThatHoldsSomeOfIt) {
  pay("ord_1", {{moscow, shoe, 2}, {moscow, sock}, {tver, shoe}});
  auto at_moscow = task_at("ord_1", moscow);
  EXPECT_EQ(at_moscow.lines,
            (std::vector<TaskLine>{{shoe, shoe_code, "A-1", 2, 0}, {sock, sock_code, "B-1", 1, 0}}));
  EXPECT_EQ(at_moscow.status, TaskStatus::open);
  EXPECT_EQ(task_at("ord_1", tver).lines, (std::vector<TaskLine>{{shoe, shoe_code, "C-1", 1, 0}}));
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{12, 3, 0}));
  check_goods();
}

TEST_F(Picking, TakesFromTheFullestBinFirst) {
  pay("ord_1", {{moscow, shoe, 6}});
  EXPECT_EQ(task_at("ord_1", moscow).lines,
            (std::vector<TaskLine>{{shoe, shoe_code, "A-1", 5, 0}, {shoe, shoe_code, "A-2", 1, 0}}));
  check_goods();
}

TEST_F(Picking, TheSameOrderAgainMakesNoOtherTask) {  // I20
  pay("ord_1", {{moscow, shoe}});
  pay("ord_1", {{moscow, shoe}});
  EXPECT_EQ(tasks("ord_1").size(), 1u);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{12, 1, 0}));
}

TEST_F(Picking, GoodsThatAreNotThereAreNeverReserved) {  // I2
  pay("ord_1", {{moscow, shoe, 8}});
  pay("ord_2", {{moscow, shoe, 1}});
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{12, 7, 0}));
  EXPECT_EQ(database.events<PickShort>().size(), 2u);
  check_goods();
}

TEST_F(Picking, ScansMoveGoodsFromReservedToPicked) {  // I1
  pay("ord_1", {{moscow, shoe, 2}});
  auto task = task_at("ord_1", moscow);
  auto reply = scan(task, "s-1", "A-1", shoe_code, 1);
  EXPECT_EQ(reply.outcome, ScanOutcome::picked);
  EXPECT_EQ(reply.task.lines.front().picked, 1);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{12, 1, 1}));
  EXPECT_EQ(database.events<AssemblyStarted>(), (std::vector<AssemblyStarted>{{OrderId("ord_1")}}));
  scan(task, "s-2", "A-1", shoe_code, 1);
  EXPECT_EQ(database.events<AssemblyStarted>().size(), 1u);
  EXPECT_EQ(run_sync(warehouse.get_task(worker(), {task.task_id})).lines.front().picked, 2);
  check_goods();
}

TEST_F(Picking, AWrongScanChangesNothing) {
  pay("ord_1", {{moscow, shoe, 2}});
  auto task = task_at("ord_1", moscow);
  struct Wrong {
    std::string bin;
    std::string barcode;
    std::int64_t quantity;
  };
  for (const auto& [bin, barcode, quantity] : {Wrong{"A-2", shoe_code, 1}, Wrong{"A-1", sock_code, 1},
                                               Wrong{"A-1", shoe_code, 3}, Wrong{"A-1", "x", 1}}) {
    auto reply = scan(task, "s-1", bin, barcode, quantity);
    EXPECT_EQ(reply.outcome, ScanOutcome::wrong_goods);
    EXPECT_NE(reply.detail, "");
  }
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{12, 2, 0}));
  EXPECT_TRUE(database.events<AssemblyStarted>().empty());
  // The id of a scan that was refused was not used up.
  EXPECT_EQ(scan(task, "s-1", "A-1", shoe_code, 1).outcome, ScanOutcome::picked);
  check_goods();
}

TEST_F(Picking, ARepeatedScanCountsOnce) {
  pay("ord_1", {{moscow, shoe, 2}});
  auto task = task_at("ord_1", moscow);
  scan(task, "s-1", "A-1", shoe_code, 1);
  auto again = scan(task, "s-1", "A-1", shoe_code, 1);
  EXPECT_EQ(again.outcome, ScanOutcome::picked);
  EXPECT_EQ(again.task.lines.front().picked, 1);
  EXPECT_EQ(scan(task, "s-1", "A-1", shoe_code, 2).outcome, ScanOutcome::scan_reused);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{12, 1, 1}));
  // Also after the task is closed.
  scan(task, "s-2", "A-1", shoe_code, 1);
  complete(task, "PKG-1");
  EXPECT_EQ(scan(task, "s-1", "A-1", shoe_code, 1).outcome, ScanOutcome::picked);
  check_goods();
}

TEST_F(Picking, ManyScannersAtOnceNeverPickTooMuch) {  // I2
  pay("ord_1", {{moscow, shoe, 3}});
  auto task = task_at("ord_1", moscow);
  int picked = 0;
  auto pick = [&](int number) -> Task<void> {
    auto reply =
        co_await warehouse.scan(worker(), {task.task_id, "s-" + std::to_string(number), "A-1", shoe_code, 1});
    if (reply.outcome == ScanOutcome::picked) ++picked;
  };
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 12; ++i) tasks.push_back(pick(i));
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(picked, 3);
  EXPECT_EQ(database.events<AssemblyStarted>().size(), 1u);
  check_goods();
}

TEST_F(Picking, IsCompleteOnlyWhenAllIsPicked) {
  pay("ord_1", {{moscow, shoe, 2}});
  auto task = task_at("ord_1", moscow);
  EXPECT_EQ(complete(task, "PKG-1").outcome, ScanOutcome::not_all_picked);
  scan(task, "s-1", "A-1", shoe_code, 1);
  EXPECT_EQ(complete(task, "PKG-1").outcome, ScanOutcome::not_all_picked);
  scan(task, "s-2", "A-1", shoe_code, 1);
  auto reply = complete(task, "PKG-1");
  EXPECT_EQ(reply.outcome, ScanOutcome::picked);
  EXPECT_EQ(reply.task.status, TaskStatus::done);
  EXPECT_EQ(reply.task.package_barcode, "PKG-1");
  EXPECT_EQ(complete(task, "PKG-1"), reply);
  EXPECT_EQ(complete(task, "PKG-2").outcome, ScanOutcome::task_closed);
  EXPECT_EQ(scan(task, "s-3", "A-1", shoe_code, 1).outcome, ScanOutcome::task_closed);
  EXPECT_EQ(database.events<AssemblyComplete>(),
            (std::vector<AssemblyComplete>{{OrderId("ord_1"), {"PKG-1"}}}));
  // What is packed stays on hand until it leaves.
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{12, 0, 2}));
  check_goods();
}

TEST_F(Picking, APackageHoldsOneParcel) {  // I5
  pay("ord_1", {{moscow, shoe}});
  pay("ord_2", {{moscow, shoe}});
  pick_all(task_at("ord_1", moscow));
  pick_all(task_at("ord_2", moscow));
  complete(task_at("ord_1", moscow), "PKG-1");
  EXPECT_EQ(complete(task_at("ord_2", moscow), "PKG-1").outcome, ScanOutcome::package_taken);
  EXPECT_EQ(task_at("ord_2", moscow).status, TaskStatus::open);
  EXPECT_EQ(complete(task_at("ord_2", moscow), "PKG-2").outcome, ScanOutcome::picked);
}

TEST_F(Picking, AParcelCannotHaveTheCodeOfGoods) {  // I5
  receive("r-bare", moscow, {{SkuId("sku_bare"), 1, "A-3"}});
  pay("ord_1", {{moscow, shoe}});
  auto task = task_at("ord_1", moscow);
  pick_all(task);
  // On its own goods, on goods of another task, an article that was never here, a label without a
  // barcode, and a unit's own symbol.
  for (const auto& code : {shoe_code, sock_code, std::string("036000291452"), std::string("sku_bare"),
                           std::string("010460143993125321JgXJ5")}) {
    EXPECT_EQ(complete(task, code).outcome, ScanOutcome::package_is_goods) << code;
  }
  EXPECT_EQ(task_at("ord_1", moscow).status, TaskStatus::open);
  EXPECT_EQ(complete(task, "PKG-1").outcome, ScanOutcome::picked);
}

TEST_F(Picking, AnOrderFromSeveralSitesIsCompleteWithItsLastParcel) {
  pay("ord_1", {{moscow, shoe}, {tver, shoe}});
  pick_all(task_at("ord_1", tver));
  complete(task_at("ord_1", tver), "PKG-T");
  EXPECT_TRUE(database.events<AssemblyComplete>().empty());
  pick_all(task_at("ord_1", moscow));
  complete(task_at("ord_1", moscow), "PKG-M");
  auto complete = database.events<AssemblyComplete>();
  ASSERT_EQ(complete.size(), 1u);
  EXPECT_EQ(complete.front().package_barcodes.size(), 2u);
  EXPECT_EQ(database.events<AssemblyStarted>().size(), 1u);
}

TEST_F(Picking, TasksAreListedBySiteAndStatus) {
  pay("ord_1", {{moscow, shoe}});
  database.clock.advance(seconds(1));
  pay("ord_2", {{moscow, shoe}, {tver, shoe}});
  pick_all(task_at("ord_1", moscow));
  complete(task_at("ord_1", moscow), "PKG-1");
  ListTasksRequest request;
  request.page = 1;
  request.limit = 10;
  EXPECT_EQ(run_sync(warehouse.list_tasks(worker(), request)).total, 2);
  EXPECT_EQ(run_sync(warehouse.list_tasks(worker(moscow), request)).total, 1);
  request.status = TaskStatus::done;
  EXPECT_EQ(run_sync(warehouse.list_tasks(worker(), request)).items.front().order_id.text(), "ord_1");
  request.status = std::nullopt;
  request.type = "pack";
  EXPECT_EQ(failure_of(warehouse.list_tasks(worker(), request)).code, ErrorCode::invalid);
  request.type = "pick";
  request.order_id = OrderId("ord_2");
  request.site = tver;
  EXPECT_EQ(run_sync(warehouse.list_tasks(worker(), request)).total, 1);
  EXPECT_EQ(failure_of(warehouse.get_task(worker(), {TaskId("tsk_none")})).code, ErrorCode::not_found);
}

TEST_F(Picking, AnOrderOfAnotherSiteIsNotListedForABoundWorker) {  // I25
  pay("ord_1", {{tver, shoe}});
  ListTasksRequest request;
  request.page = 1;
  request.limit = 10;
  request.order_id = OrderId("ord_1");
  EXPECT_TRUE(run_sync(warehouse.list_tasks(worker(moscow), request)).items.empty());
  request.site = tver;
  EXPECT_EQ(failure_of(warehouse.list_tasks(worker(moscow), request)).code, ErrorCode::forbidden);
}

TEST_F(CancellingPicks, BeforeTheOrderComesKeepsItFromBeingPicked) {
  EXPECT_EQ(cancel("ord_1"), CancelPickOutcome::accepted);
  EXPECT_EQ(cancel("ord_1"), CancelPickOutcome::accepted);
  pay("ord_1", {{moscow, shoe}});
  EXPECT_TRUE(tasks("ord_1").empty());
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{12, 0, 0}));
  check_goods();
}

TEST_F(CancellingPicks, PutsEverythingBack) {  // I1
  pay("ord_1", {{moscow, shoe, 3}, {moscow, sock, 2}, {tver, shoe}});
  scan(task_at("ord_1", moscow), "s-1", "A-1", shoe_code, 2);
  EXPECT_EQ(cancel("ord_1"), CancelPickOutcome::accepted);
  EXPECT_EQ(cancel("ord_1"), CancelPickOutcome::accepted);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{12, 0, 0}));
  EXPECT_EQ(goods(sock), (std::vector<std::int64_t>{9, 0, 0}));
  for (const auto& task : tasks("ord_1")) EXPECT_EQ(task.status, TaskStatus::cancelled);
  auto task = task_at("ord_1", moscow);
  EXPECT_EQ(scan(task, "s-2", "A-1", shoe_code, 1).outcome, ScanOutcome::task_closed);
  EXPECT_EQ(complete(task, "PKG-1").outcome, ScanOutcome::task_closed);
  EXPECT_TRUE(database.events<AssemblyComplete>().empty());
  // The goods can be picked for another.
  pay("ord_2", {{moscow, shoe, 7}});
  check_goods();
}

TEST_F(CancellingPicks, WhatIsPackedStaysPacked) {
  pay("ord_1", {{moscow, shoe}, {tver, shoe}});
  pick_all(task_at("ord_1", tver));
  complete(task_at("ord_1", tver), "PKG-T");
  EXPECT_EQ(cancel("ord_1"), CancelPickOutcome::packed);
  EXPECT_EQ(task_at("ord_1", moscow).status, TaskStatus::open);
  pick_all(task_at("ord_1", moscow));
  complete(task_at("ord_1", moscow), "PKG-M");
  EXPECT_EQ(cancel("ord_1"), CancelPickOutcome::packed);
  EXPECT_EQ(database.events<AssemblyComplete>().size(), 1u);
  check_goods();
}

TEST_F(CancellingPicks, RacingTheLastScanHasOneWinner) {
  pay("ord_1", {{moscow, shoe}});
  auto task = task_at("ord_1", moscow);
  pick_all(task);
  auto packed = ScanOutcome::task_closed;
  auto outcome = CancelPickOutcome::packed;
  auto pack = [&]() -> Task<void> {
    packed = (co_await warehouse.complete(worker(), {task.task_id, "PKG-1"})).outcome;
  };
  auto stop = [&]() -> Task<void> {
    outcome = (co_await warehouse.cancel_pick(database.call, {OrderId("ord_1")})).outcome;
  };
  std::vector<Task<void>> tasks;
  tasks.push_back(stop());
  tasks.push_back(pack());
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(packed == ScanOutcome::picked, outcome == CancelPickOutcome::packed);
  EXPECT_EQ(goods(shoe)[2], packed == ScanOutcome::picked ? 1 : 0);
  check_goods();
}

}  // namespace
}  // namespace bramble::warehouse
