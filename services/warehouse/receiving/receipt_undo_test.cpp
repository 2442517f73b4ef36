// Bins that a site has, and receipts that were mistakes.
#include "services/warehouse/warehouse_stand.h"

namespace bramble::warehouse {
namespace {

class Mistakes : public WarehouseStand {
 public:
  UndoReceiptReply undo(const std::string& receipt) {
    return run_sync(warehouse.undo_receipt(worker(), {receipt}));
  }
  Call admin() {
    auto call = worker();
    call.caller.roles = {"admin"};
    return call;
  }
  void put_bins(std::vector<std::string> plans) {
    run_sync(warehouse.put_bins(admin(), {moscow, std::move(plans), {}}));
  }
};

TEST_F(Mistakes, ABinThatTheSiteDoesNotHaveIsRefused) {
  receive("r-0", moscow, {{shoe, 1, "ANY"}});
  put_bins({"{A..C}-{01..20}", "DOCK"});
  receive("r-1", moscow, {{shoe, 1, "A-01"}, {sock, 1, "DOCK"}});
  auto failure = failure_of(receiving("r-2", moscow, {{shoe, 1, "A-20"}, {shoe, 1, "A-21"}}));
  EXPECT_EQ(failure.code, ErrorCode::conflict);
  EXPECT_EQ(failure.reason, "unknown_bin");
  ASSERT_EQ(failure.fields.size(), 1u);
  EXPECT_EQ(failure.fields[0].field, "lines[1].bin");
  EXPECT_EQ(goods(shoe)[0], 2);
  // Another site says for itself which bins it has.
  receive("r-3", tver, {{shoe, 1, "A-21"}});
  check_goods();
}

TEST_F(Mistakes, NothingIsReceivedIntoQuarantine) {
  EXPECT_EQ(failure_of(receiving("r-1", moscow, {{shoe, 1, "QUARANTINE"}})).reason, "unknown_bin");
}

TEST_F(Mistakes, AnOpeningStockBringsItsBins) {
  put_bins({"DOCK"});
  run_sync(warehouse.receive(admin(), {"r-1", moscow, {{shoe, 1, "I-01-1"}}, true}));
  receive("r-2", moscow, {{sock, 1, "I-01-1"}});
  EXPECT_EQ(run_sync(warehouse.list_bins(worker(), {moscow})).plans,
            (std::vector<std::string>{"DOCK", "I-01-1"}));
}

TEST_F(Mistakes, OnlyAnAdminSaysWhichBinsThereAre) {
  EXPECT_EQ(failure_of(warehouse.put_bins(worker(), {moscow, {"A"}, {}})).code, ErrorCode::forbidden);
  auto failure = failure_of(warehouse.put_bins(admin(), {moscow, {"A", "{9..1}"}, {}}));
  EXPECT_EQ(failure.fields.at(0).field, "plans[1]");
  EXPECT_EQ(failure_of(warehouse.put_bins(admin(), {moscow, {""}, {}})).fields.at(0).field, "plans[0]");
  EXPECT_EQ(failure_of(warehouse.put_bins(admin(), {SiteId("site_none"), {"A"}, {}})).code,
            ErrorCode::not_found);
  EXPECT_EQ(failure_of(warehouse.list_bins(admin(), {SiteId("site_none")})).code, ErrorCode::not_found);
}

TEST_F(Mistakes, PlansAreNotClearedWhileGoodsLieInTheBins) {
  put_bins({"A-{1..9}"});
  receive("r-1", moscow, {{shoe, 1, "A-2"}, {sock, 1, "A-7"}});
  auto failure = failure_of(warehouse.put_bins(admin(), {moscow, {}, {}}));
  EXPECT_EQ(failure.code, ErrorCode::conflict);
  EXPECT_EQ(failure.reason, "bins_in_use");
  EXPECT_EQ(failure.fields.at(0).detail, "goods lie in A-2, A-7");
  EXPECT_EQ(run_sync(warehouse.list_bins(worker(), {moscow})).plans, std::vector<std::string>{"A-{1..9}"});
  undo("r-1");
  EXPECT_TRUE(run_sync(warehouse.put_bins(admin(), {moscow, {}, {}})).bins.plans.empty());
  // A site that never had plans has nothing to lose.
  receive("r-2", tver, {{shoe, 1, "ANY"}});
  EXPECT_EQ(run_sync(warehouse.put_bins(admin(), {tver, {}, {}})).outcome, PutBinsOutcome::stored);
}

TEST_F(Mistakes, OfTwoChangesThatStartFromOnePlanTheSecondIsRefused) {
  auto seen = run_sync(warehouse.list_bins(admin(), {moscow})).version;
  auto first = run_sync(warehouse.put_bins(admin(), {moscow, {"A-{1..9}"}, {seen}}));
  EXPECT_EQ(first.outcome, PutBinsOutcome::stored);
  EXPECT_GT(first.bins.version, seen);
  auto second = run_sync(warehouse.put_bins(admin(), {moscow, {"B-{1..9}"}, {seen}}));
  EXPECT_EQ(second.outcome, PutBinsOutcome::changed);
  EXPECT_EQ(second.bins, first.bins);
  auto merged =
      run_sync(warehouse.put_bins(admin(), {moscow, {"A-{1..9}", "B-{1..9}"}, {second.bins.version}}));
  EXPECT_EQ(merged.outcome, PutBinsOutcome::stored);
  EXPECT_EQ(merged.bins.plans.size(), 2u);
  // An opening stock adds its bins to the plans: that is a change, too.
  run_sync(warehouse.receive(admin(), {"r-1", moscow, {{shoe, 1, "I-01-1"}}, true}));
  EXPECT_EQ(run_sync(warehouse.put_bins(admin(), {moscow, {"A-{1..9}"}, {merged.bins.version}})).outcome,
            PutBinsOutcome::changed);
}

TEST_F(Mistakes, AReceiptIsUndoneWhileItsGoodsAreFree) {  // I1, I6
  receive("r-1", moscow, {{shoe, 5, "A-1"}});
  receive("r-2", moscow, {{shoe, 2, "A-1"}, {shoe, 1, "A-1"}, {sock, 4, "B-1"}});
  auto reply = undo("r-2");
  EXPECT_EQ(reply.outcome, UndoOutcome::undone);
  EXPECT_TRUE(reply.receipt.undone_at);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{5, 0, 0}));
  EXPECT_EQ(goods(sock), (std::vector<std::int64_t>{0, 0, 0}));
  EXPECT_EQ(inventory.withdrawn.at("r-2"),
            (std::vector<inventory::Placement>{{shoe, moscow, 3}, {sock, moscow, 4}}));
  database.clock.advance(seconds(5));
  EXPECT_EQ(undo("r-2"), reply);
  EXPECT_EQ(inventory.trouble.calls["withdraw"], 1);
  // Sent again it is still the receipt that was undone, and puts nothing on the shelf.
  EXPECT_EQ(receive("r-2", moscow, {{shoe, 2, "A-1"}, {shoe, 1, "A-1"}, {sock, 4, "B-1"}}).undone_at,
            reply.receipt.undone_at);
  EXPECT_EQ(goods(shoe)[0], 5);
  EXPECT_EQ(failure_of(warehouse.undo_receipt(worker(), {"r-none"})).code, ErrorCode::not_found);
  check_goods();
}

TEST_F(Mistakes, WhatSomebodyIsToPickStays) {
  receive("r-1", moscow, {{shoe, 5, "A-1"}});
  pay("ord_1", {{moscow, shoe, 3}});
  auto reply = undo("r-1");
  EXPECT_EQ(reply.outcome, UndoOutcome::goods_gone);
  EXPECT_NE(reply.detail.find("A-1 has 2 of 5"), std::string::npos) << reply.detail;
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{5, 3, 0}));
  EXPECT_EQ(inventory.trouble.calls["withdraw"], 0);
  check_goods();
}

TEST_F(Mistakes, WhatIsSoldStaysAndMayBeTriedAgain) {
  receive("r-1", moscow, {{shoe, 5, "A-1"}});
  inventory.sold[shoe] = 4;
  EXPECT_EQ(undo("r-1").outcome, UndoOutcome::goods_gone);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{5, 0, 0}));
  inventory.sold.clear();
  EXPECT_EQ(undo("r-1").outcome, UndoOutcome::undone);
  check_goods();
}

TEST_F(Mistakes, AnUndoThatWasCutOffIsFinishedByItsJob) {
  receive("r-1", moscow, {{shoe, 5, "A-1"}});
  inventory.trouble.next("withdraw", Trouble::When::after);
  auto reply = undo("r-1");
  EXPECT_EQ(reply.outcome, UndoOutcome::pending);
  EXPECT_FALSE(reply.receipt.undone_at);
  // The goods stay until their rights are surely gone.
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{5, 0, 0}));
  ASSERT_EQ(database.jobs<FinishUndo>().size(), 1u);
  run_sync(warehouse.finish_undo(database.call, "r-1"));
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{0, 0, 0}));
  EXPECT_EQ(undo("r-1").outcome, UndoOutcome::undone);
  check_goods();
}

TEST_F(Mistakes, WhatIsTakenWhileInventoryIsAskedStaysWithItsRights) {
  receive("r-1", moscow, {{shoe, 5, "A-1"}});
  inventory.trouble.next("withdraw", Trouble::When::after);
  EXPECT_EQ(undo("r-1").outcome, UndoOutcome::pending);
  pay("ord_1", {{moscow, shoe, 2}});
  EXPECT_EQ(run_sync(warehouse.finish_undo(database.call, "r-1")).outcome, UndoOutcome::goods_gone);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{5, 2, 0}));
  EXPECT_TRUE(inventory.withdrawn.empty());
  check_goods();
}

TEST_F(Mistakes, TwoUndosAtOnceTakeTheGoodsOffOnce) {  // I6
  receive("r-1", moscow, {{shoe, 5, "A-1"}, {sock, 2, "B-1"}});
  receive("r-2", moscow, {{shoe, 5, "A-1"}});
  auto wish = [&] { return warehouse.undo_receipt(worker(), {"r-1"}); };
  auto [one, other] = run_sync(both(wish(), wish()));
  EXPECT_NE(one.outcome, UndoOutcome::goods_gone);
  EXPECT_NE(other.outcome, UndoOutcome::goods_gone);
  EXPECT_EQ(undo("r-1").outcome, UndoOutcome::undone);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{5, 0, 0}));
  EXPECT_EQ(goods(sock), (std::vector<std::int64_t>{0, 0, 0}));
  check_goods();
}

TEST_F(Mistakes, TheJobThatTakesAnUndoOverLeavesNothingToWhoWasSlow) {
  receive("r-1", moscow, {{shoe, 5, "A-1"}});
  inventory.trouble.meanwhile("withdraw", Trouble::When::after, [&] {
    EXPECT_EQ(run_sync(warehouse.finish_undo(database.call, "r-1")).outcome, UndoOutcome::undone);
  });
  EXPECT_EQ(undo("r-1").outcome, UndoOutcome::undone);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{0, 0, 0}));
  check_goods();
}

// The goods are free again before it is known that their rights were given back.
TEST_F(Mistakes, WhileRightsAreGivenBackNobodyTakesTheGoodsOff) {  // I6
  receive("r-1", moscow, {{shoe, 5, "A-1"}});
  inventory.trouble.meanwhile("withdraw", Trouble::When::after, [&] {
    pay("ord_1", {{moscow, shoe, 2}});
    inventory.trouble.meanwhile("withdraw", Trouble::When::after, [&] {
      cancel("ord_1");
      EXPECT_EQ(undo("r-1").outcome, UndoOutcome::goods_gone);
    });
  });
  EXPECT_EQ(undo("r-1").outcome, UndoOutcome::goods_gone);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{5, 0, 0}));
  EXPECT_TRUE(inventory.withdrawn.empty());
  EXPECT_EQ(undo("r-1").outcome, UndoOutcome::undone);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{0, 0, 0}));
  check_goods();
}

TEST_F(Mistakes, OfAnotherSiteNobodyUndoesAReceipt) {  // I25
  receive("r-1", moscow, {{shoe, 5, "A-1"}});
  EXPECT_EQ(failure_of(warehouse.undo_receipt(worker(tver), {"r-1"})).code, ErrorCode::forbidden);
}

}  // namespace
}  // namespace bramble::warehouse
