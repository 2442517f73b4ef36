// A task is one worker's: who may work on it, and how it passes on.
#include "services/warehouse/warehouse_stand.h"

namespace bramble::warehouse {
namespace {

ParcelNumber numbered(int number, int of) {
  return {number, of, std::to_string(number) + "/" + std::to_string(of), false};
}

class Claims : public WarehouseStand {
 public:
  Claims() {
    receive("r-1", moscow, {{shoe, 9, "A-1"}});
    pay("ord_1", {{moscow, shoe, 3}});
    task = task_at("ord_1", moscow);
  }
  ScanReply scan_by(const Call& call, const std::string& id, std::optional<Time> at = std::nullopt) {
    return run_sync(warehouse.scan(call, {task.task_id, id, "A-1", shoe_code, 1, at}));
  }
  ScanReply take(const Call& call, bool over = false) {
    return run_sync(warehouse.take_task(call, {task.task_id, over}));
  }
  ScanReply release(const Call& call) { return run_sync(warehouse.release_task(call, {task.task_id})); }
  std::string holder() {
    auto now = task_at("ord_1", moscow);
    return now.worker ? now.worker->user_id.text() : "";
  }

  PickTask task;
};

TEST_F(Claims, TheFirstScanTakesTheTaskAndASecondWorkerIsToldWhose) {
  EXPECT_EQ(holder(), "");
  EXPECT_EQ(scan_by(worker(), "s-1").outcome, ScanOutcome::picked);
  EXPECT_EQ(holder(), "usr_worker");
  auto refused = scan_by(colleague(), "s-2");
  EXPECT_EQ(refused.outcome, ScanOutcome::task_taken);
  EXPECT_EQ(refused.task.worker->user_id.text(), "usr_worker");
  auto report = run_sync(warehouse.report_short(
      colleague(), {task.task_id, "short-1", "A-1", shoe_code, 1, ShortReason::not_found, {}}));
  EXPECT_EQ(report.outcome, ShortOutcome::task_taken);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{9, 2, 1}));
  // Of one worker two devices are the same.
  EXPECT_EQ(scan_by(worker(), "s-3").outcome, ScanOutcome::picked);
  EXPECT_EQ(scan_by(worker(), "s-4").outcome, ScanOutcome::picked);
  EXPECT_EQ(run_sync(warehouse.complete(colleague(), {task.task_id, "PKG-1", {}})).outcome,
            ScanOutcome::task_taken);
  EXPECT_EQ(complete(task, "PKG-1").outcome, ScanOutcome::picked);
  EXPECT_EQ(holder(), "usr_worker");
  EXPECT_EQ(take(colleague()).outcome, ScanOutcome::task_closed);
}

// A10: the audit of claims reads their times.
TEST_F(Claims, FollowOneAnotherAlsoWhenTheClockIsSetBack) {
  take(worker());
  database.clock.advance(minutes(-10));
  release(worker());
  take(colleague());
  EXPECT_EQ(holder(), colleague().caller.id);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM task_claim a JOIN task_claim b ON b.task_id = a.task_id"
                           " AND b.number = a.number + 1 WHERE b.since < a.ended_at OR a.ended_at < a.since"),
            0);
}

TEST_F(Claims, AWrongScanTakesNothing) {
  run_sync(warehouse.scan(worker(), {task.task_id, "s-1", "B-7", shoe_code, 1, {}}));
  EXPECT_EQ(holder(), "");
}

TEST_F(Claims, OfTwoWhoTakeATaskAtOnceOneHasIt) {
  int taken = 0;
  auto take_it = [&](Call call) -> Task<void> {
    auto reply = co_await warehouse.take_task(call, {task.task_id, false});
    if (reply.outcome == ScanOutcome::picked) ++taken;
  };
  std::vector<Task<void>> both;
  both.push_back(take_it(worker()));
  both.push_back(take_it(colleague()));
  run_sync(all(std::move(both)));
  EXPECT_EQ(taken, 1);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM task_claim WHERE ended_at IS NULL"), 1);
}

TEST_F(Claims, WhatIsGivenBackIsAnybodys) {
  take(worker());
  EXPECT_EQ(release(colleague()).outcome, ScanOutcome::task_taken);
  EXPECT_EQ(release(worker()).outcome, ScanOutcome::picked);
  EXPECT_EQ(release(worker()).outcome, ScanOutcome::picked);
  EXPECT_EQ(holder(), "");
  EXPECT_EQ(scan_by(colleague(), "s-1").outcome, ScanOutcome::picked);
}

TEST_F(Claims, ASupervisorTakesATaskOver) {
  take(worker());
  EXPECT_EQ(failure_of(warehouse.take_task(colleague(), {task.task_id, true})).reason, "not_a_supervisor");
  EXPECT_EQ(take(colleague({"warehouse", "supervisor"})).outcome, ScanOutcome::task_taken);
  EXPECT_EQ(take(colleague({"warehouse", "supervisor"}), true).outcome, ScanOutcome::picked);
  EXPECT_EQ(holder(), "usr_colleague");
  EXPECT_EQ(scan_by(worker(), "s-1").outcome, ScanOutcome::task_taken);
  EXPECT_EQ(release(worker()).outcome, ScanOutcome::task_taken);
}

TEST_F(Claims, AWorkerWhoIsNotHeardOfHasTheTaskNoMore) {
  scan_by(worker(), "s-1");
  database.clock.advance(minutes(10));
  scan_by(worker(), "s-2");
  database.clock.advance(minutes(15));
  EXPECT_EQ(scan_by(colleague(), "s-3").outcome, ScanOutcome::task_taken);
  database.clock.advance(seconds(1));
  EXPECT_EQ(holder(), "");
  EXPECT_EQ(scan_by(colleague(), "s-3").outcome, ScanOutcome::picked);
  EXPECT_EQ(holder(), "usr_colleague");
  EXPECT_EQ(scan_by(worker(), "s-4").outcome, ScanOutcome::task_taken);
}

TEST_F(Claims, WhatWasScannedOfflineWhileTheTaskWasTheirsCounts) {
  take(worker());
  database.clock.advance(minutes(1));
  auto offline = database.clock.now();
  database.clock.advance(minutes(30));
  take(colleague());
  database.clock.advance(seconds(1));
  EXPECT_EQ(scan_by(worker(), "s-1", offline).outcome, ScanOutcome::picked);
  EXPECT_EQ(holder(), "usr_colleague");
  EXPECT_EQ(scan_by(worker(), "s-1", offline).outcome, ScanOutcome::picked);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{9, 2, 1}));
  EXPECT_EQ(scan_by(worker(), "s-2", database.clock.now()).outcome, ScanOutcome::task_taken);
  EXPECT_EQ(scan_by(worker(), "s-3").outcome, ScanOutcome::task_taken);
  check_goods();
}

TEST_F(Claims, ADevicesTimeIsTheWorkersWordAndNoMore) {
  auto began = database.clock.now();
  take(worker());
  database.clock.advance(minutes(30));
  take(colleague());
  database.clock.advance(minutes(5));
  auto now = database.clock.now();
  // Neither of these is a time at which the task was the worker's.
  EXPECT_EQ(scan_by(worker(), "s-1", now + minutes(1)).outcome, ScanOutcome::task_taken);
  EXPECT_EQ(scan_by(worker(), "s-2", began - seconds(1)).outcome, ScanOutcome::task_taken);
  // The worker was not heard of for 15 minutes: from then on the task was nobody's.
  EXPECT_EQ(scan_by(worker(), "s-3", began + minutes(16)).outcome, ScanOutcome::task_taken);
  EXPECT_EQ(scan_by(worker(), "s-4", began + minutes(15)).outcome, ScanOutcome::picked);
  // A terminal keeps nothing for longer than that: whoever names such a time has chosen it.
  database.clock.advance(hours(12));
  take(colleague());
  EXPECT_EQ(scan_by(worker(), "s-5", began + minutes(10)).outcome, ScanOutcome::task_taken);
  check_goods();
}

TEST_F(Claims, ADevicesTimeIsRecordedWithinItsBounds) {
  auto now = database.clock.now();
  scan_by(worker(), "s-1", now - minutes(5));
  scan_by(worker(), "s-2", now + hours(1));
  scan_by(worker(), "s-3", now - hours(100));
  auto recorded = [&](const std::string& scan) {
    return database.transact([&](Tx& tx) {
      return tx.query("SELECT device_at FROM scan WHERE scan_id = $1", scan).front().get<Time>(0);
    });
  };
  EXPECT_EQ(recorded("s-1"), now - minutes(5));
  EXPECT_EQ(recorded("s-2"), now);
  EXPECT_EQ(recorded("s-3"), now - hours(12));
  EXPECT_EQ(database.value("SELECT COUNT(DISTINCT at) FROM scan"), 1);
}

TEST_F(Claims, AParcelKnowsItsPlaceAndWhichOfTheOrdersItIs) {
  pay("ord_2", {{moscow, shoe}, {tver, sock, 0}});
  receive("r-2", tver, {{sock, 5, "A-1"}});
  pay("ord_3", {{moscow, shoe}, {tver, sock}});
  auto both = tasks("ord_3");
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[0].parcel, numbered(1, 2));
  EXPECT_EQ(both[1].parcel, numbered(2, 2));
  EXPECT_EQ(both[0].pickup_point_id, PickupPointId("pp_1"));
  EXPECT_EQ(task_at("ord_2", moscow).parcel, numbered(1, 1));
}

TEST_F(Claims, APackedParcelKeepsItsNumberWhateverBecomesOfTheOthers) {
  receive("r-2", tver, {{sock, 5, "A-1"}});
  pay("ord_3", {{moscow, shoe}, {tver, sock}});
  auto both = tasks("ord_3");
  ASSERT_EQ(both.size(), 2u);
  const auto& first = both[0];
  const auto& second = both[1];
  pick_all(second);
  EXPECT_EQ(complete(second, "PKG-2").task.parcel, numbered(2, 2));
  auto line = first.lines.at(0);
  EXPECT_EQ(report(first, "short-1", line.bin, line.barcode, 1).outcome, ShortOutcome::recorded);
  // Nobody knows yet how many there will be.
  auto parcel_of = [&](const TaskId& task) { return run_sync(warehouse.get_task(worker(), {task})).parcel; };
  EXPECT_EQ(parcel_of(second.task_id), numbered(2, 0));
  EXPECT_EQ(parcel_of(first.task_id), std::nullopt);
  auto elsewhere = first.site_id == moscow ? tver : moscow;
  receive("r-3", elsewhere, {{line.sku_id, 1, "B-1"}});
  decide("ord_3", "short-1", {{elsewhere, line.sku_id}}, 0);
  EXPECT_EQ(parcel_of(second.task_id), numbered(2, 2));
  PickTask replacement;
  for (auto& task : tasks("ord_3")) {
    if (task.status == TaskStatus::open) replacement = std::move(task);
  }
  EXPECT_EQ(replacement.parcel, numbered(1, 2));
  pick_all(replacement);
  EXPECT_EQ(complete(replacement, "PKG-3").task.parcel, numbered(1, 2));
}

TEST_F(Claims, ALabelOfAPackedParcelIsOutdatedWhenItsTotalChanges) {
  receive("r-2", tver, {{sock, 5, "A-1"}});
  pay("ord_3", {{moscow, shoe}, {tver, sock}});
  auto both = tasks("ord_3");
  ASSERT_EQ(both.size(), 2u);
  pick_all(both[0]);
  EXPECT_FALSE(complete(both[0], "PKG-1").task.parcel->label_outdated);
  auto line = both[1].lines.at(0);
  report(both[1], "short-1", line.bin, line.barcode, 1);
  auto parcel = [&] { return run_sync(warehouse.get_task(worker(), {both[0].task_id})).parcel.value(); };
  // What to print instead is known when orders has decided.
  EXPECT_EQ(parcel(), numbered(1, 0));
  decide("ord_3", "short-1", {}, 1);
  EXPECT_EQ(parcel().of, 1);
  EXPECT_TRUE(parcel().label_outdated);
}

TEST_F(Claims, ALabelThatWasPrintedBeforeTheOtherTaskWentShortIsOutdatedAtPacking) {
  receive("r-2", tver, {{sock, 5, "A-1"}});
  pay("ord_3", {{moscow, shoe}, {tver, sock}});
  auto both = tasks("ord_3");
  ASSERT_EQ(both.size(), 2u);
  pick_all(both[0]);
  auto printed = both[0].parcel->label;
  auto line = both[1].lines.at(0);
  report(both[1], "short-1", line.bin, line.barcode, 1);
  decide("ord_3", "short-1", {}, 1);
  auto complete_with = [&](std::optional<std::string> label) {
    return run_sync(warehouse.complete(worker(), {both[0].task_id, "PKG-1", {}, label})).task.parcel.value();
  };
  auto packed = complete_with(printed);
  EXPECT_EQ(packed.of, 1);
  EXPECT_TRUE(packed.label_outdated);
  // The terminal sends its first report again: that is no new label.
  EXPECT_TRUE(complete_with(printed).label_outdated);
  EXPECT_TRUE(complete_with(std::nullopt).label_outdated);
  EXPECT_FALSE(complete_with(packed.label).label_outdated);
  EXPECT_FALSE(run_sync(warehouse.get_task(worker(), {both[0].task_id})).parcel->label_outdated);
}

TEST_F(Claims, ABagWithoutALabelIsNeverOutdated) {
  receive("r-2", tver, {{sock, 5, "A-1"}});
  pay("ord_3", {{moscow, shoe}, {tver, sock}});
  auto both = tasks("ord_3");
  ASSERT_EQ(both.size(), 2u);
  pick_all(both[0]);
  run_sync(warehouse.complete(worker(), {both[0].task_id, "BAG-1", {}, ""}));
  auto line = both[1].lines.at(0);
  report(both[1], "short-1", line.bin, line.barcode, 1);
  decide("ord_3", "short-1", {}, 1);
  auto packed = run_sync(warehouse.get_task(worker(), {both[0].task_id})).parcel.value();
  EXPECT_EQ(packed.of, 1);
  EXPECT_FALSE(packed.label_outdated);
}

}  // namespace
}  // namespace bramble::warehouse
