#include "services/warehouse/warehouse_stand.h"

namespace bramble::warehouse {
namespace {

class Receiving : public WarehouseStand {};
class Workers : public WarehouseStand {};

TEST_F(Receiving, PutsGoodsOnTheShelfAndGrantsTheRightToSellThem) {  // I1
  auto receipt = receive("r-1", moscow, {{shoe, 5, "A-1"}, {shoe, 2, "B-1"}, {sock, 9, "A-1"}});
  EXPECT_EQ(receipt.received_at, database.clock.now());
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{7, 0, 0}));
  EXPECT_EQ(database.events<SellRightsGranted>(),
            (std::vector<SellRightsGranted>{{moscow, 1, 1, {{shoe, 7}, {sock, 9}}}}));
  receive("r-2", moscow, {{shoe, 1, "A-1"}});
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{8, 0, 0}));
  check_goods();
}

TEST_F(Receiving, GrantsAreNumberedPerSiteWithoutAGap) {  // I22
  EXPECT_THROW(receive("bad", moscow, {{SkuId("sku_unknown"), 1, "A-1"}}), Error);
  for (int i = 1; i <= 3; ++i) {
    receive("m-" + std::to_string(i), moscow, {{shoe, i, "A-1"}});
    receive("t-" + std::to_string(i), tver, {{shoe, i, "A-1"}});
    receive("m-" + std::to_string(i), moscow, {{shoe, i, "A-1"}});
  }
  std::map<SiteId, std::int64_t> last;
  for (const auto& grant : database.events<SellRightsGranted>()) {
    EXPECT_EQ(grant.epoch, 1);
    EXPECT_EQ(grant.seq, ++last[grant.site_id]);
  }
  EXPECT_EQ(last, (std::map<SiteId, std::int64_t>{{moscow, 3}, {tver, 3}}));
}

TEST_F(Receiving, ManyAtOnceAreGrantedEachOnce) {  // I22, I1
  std::vector<Task<void>> tasks;
  auto put = [&](int number) -> Task<void> {
    co_await receiving("r-" + std::to_string(number % 10), moscow, {{shoe, 1, "A-1"}});
  };
  for (int i = 0; i < 30; ++i) tasks.push_back(put(i));
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{10, 0, 0}));
  std::int64_t seq = 0;
  for (const auto& grant : database.events<SellRightsGranted>()) EXPECT_EQ(grant.seq, ++seq);
  EXPECT_EQ(seq, 10);
  check_goods();
}

TEST_F(Receiving, ARepeatedReceiptAnswersTheFirst) {
  auto first = receive("r-1", moscow, {{shoe, 5, "A-1"}});
  database.clock.advance(hours(1));
  EXPECT_EQ(receive("r-1", moscow, {{shoe, 5, "A-1"}}), first);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{5, 0, 0}));
  EXPECT_EQ(database.events<SellRightsGranted>().size(), 1u);
  EXPECT_EQ(failure_of(receiving("r-1", moscow, {{shoe, 6, "A-1"}})).code, ErrorCode::conflict);
  EXPECT_EQ(failure_of(receiving("r-1", tver, {{shoe, 5, "A-1"}})).code, ErrorCode::conflict);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{5, 0, 0}));
}

TEST_F(Receiving, AnOpeningStockIsOnlyOfGoodsThatTheSiteNeverHad) {
  receive("r-1", moscow, {{shoe, 5, "A-1"}});
  auto opening = [&](const std::string& id, SiteId site, std::vector<ReceiptLine> lines) {
    return run_sync(warehouse.receive(worker(), {id, std::move(site), std::move(lines), true}));
  };
  std::vector<ReceiptLine> lines{{shoe, 9, "I-1"}, {sock, 9, "I-1"}};
  auto receipt = opening("o-1", moscow, lines);
  EXPECT_EQ(receipt.lines, (std::vector<ReceiptLine>{{sock, 9, "I-1"}}));
  EXPECT_EQ(opening("o-1", moscow, lines), receipt);
  EXPECT_TRUE(opening("o-2", moscow, lines).lines.empty());
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{5, 0, 0}));
  EXPECT_EQ(goods(sock), (std::vector<std::int64_t>{9, 0, 0}));
  opening("o-3", tver, lines);
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{14, 0, 0}));
  EXPECT_EQ(database.events<SellRightsGranted>().size(), 3u);
  check_goods();
}

TEST_F(Receiving, NamesTheLinesWhoseSkuNoCardHas) {
  auto failure = failure_of(receiving("r-1", moscow, {{shoe, 1, "A-1"}, {SkuId("sku_gone"), 1, "A-1"}}));
  EXPECT_EQ(failure.code, ErrorCode::invalid);
  ASSERT_EQ(failure.fields.size(), 1u);
  EXPECT_EQ(failure.fields.front().field, "lines[1].sku_id");
  EXPECT_EQ(goods(shoe), (std::vector<std::int64_t>{0, 0, 0}));
}

TEST_F(Receiving, AsksTheCatalogueOnlyAboutGoodsItHasNotSeen) {
  receive("r-1", moscow, {{shoe, 1, "A-1"}});
  catalog.skus.clear();
  receive("r-2", moscow, {{shoe, 1, "A-1"}});
  EXPECT_EQ(catalog.trouble.calls["get_skus"], 1);
}

TEST_F(Receiving, GoodsWithoutABarcodeCarryTheirSku) {
  receive("r-1", moscow, {{SkuId("sku_bare"), 1, "A-1"}});
  pay("ord_1", {{moscow, SkuId("sku_bare")}});
  EXPECT_EQ(task_at("ord_1", moscow).lines.front().barcode, "sku_bare");
}

TEST_F(Receiving, RefusesAnUnknownSiteAndAnEmptyList) {
  EXPECT_EQ(failure_of(receiving("r-1", SiteId("site_none"), {{shoe, 1, "A-1"}})).code, ErrorCode::invalid);
  EXPECT_EQ(failure_of(receiving("r-1", moscow, {})).code, ErrorCode::invalid);
}

TEST_F(Receiving, ShowsTheShelves) {
  receive("r-1", moscow, {{shoe, 5, "A-1"}, {sock, 1, "A-2"}});
  receive("r-2", tver, {{shoe, 2, "C-1"}});
  pay("ord_1", {{moscow, shoe, 2}});
  ListStockRequest request;
  request.page = 1;
  request.limit = 2;
  auto all = run_sync(warehouse.list_stock(worker(), request));
  EXPECT_EQ(all.total, 3);
  EXPECT_EQ(all.items, (std::vector<StockRow>{{shoe, moscow, "A-1", 5, 2}, {sock, moscow, "A-2", 1, 0}}));
  request.page = 2;
  EXPECT_EQ(run_sync(warehouse.list_stock(worker(), request)).items,
            (std::vector<StockRow>{{shoe, tver, "C-1", 2, 0}}));
  request.page = 1;
  request.sku_id = shoe;
  EXPECT_EQ(run_sync(warehouse.list_stock(worker(), request)).total, 2);
  request.site = tver;
  EXPECT_EQ(run_sync(warehouse.list_stock(worker(), request)).items,
            (std::vector<StockRow>{{shoe, tver, "C-1", 2, 0}}));
}

TEST_F(Receiving, OpeningASiteAgainChangesItsTitleOnly) {
  receive("r-1", moscow, {{shoe, 1, "A-1"}});
  run_sync(warehouse.open_site(database.call, {{moscow, "New", "fulfilment_centre", 1, 2}}));
  receive("r-2", moscow, {{shoe, 1, "A-1"}});
  EXPECT_EQ(database.events<SellRightsGranted>().back().seq, 2);
  auto sites = run_sync(warehouse.list_sites(database.call, {})).items;
  ASSERT_EQ(sites.size(), 2u);
  EXPECT_EQ(sites.front().title, "New");
  EXPECT_EQ(database.events<SiteOpened>().size(), 3u);
}

TEST_F(Workers, WorkAtTheirOwnSiteOnly) {  // I25
  receive("r-1", moscow, {{shoe, 5, "A-1"}});
  pay("ord_1", {{moscow, shoe}});
  auto task = task_at("ord_1", moscow);
  auto stranger = worker(tver);
  auto code = [](auto task) { return failure_of(std::move(task)).code; };
  EXPECT_EQ(code(warehouse.receive(stranger, {"r-2", moscow, {{shoe, 1, "A-1"}}})), ErrorCode::forbidden);
  EXPECT_EQ(code(warehouse.get_task(stranger, {task.task_id})), ErrorCode::forbidden);
  EXPECT_EQ(code(warehouse.scan(stranger, {task.task_id, "s", "A-1", shoe_code, 1})), ErrorCode::forbidden);
  EXPECT_EQ(code(warehouse.complete(stranger, {task.task_id, "P"})), ErrorCode::forbidden);
  EXPECT_EQ(run_sync(warehouse.get_task(worker(moscow), {task.task_id})), task);
  auto admin = stranger;
  admin.caller.roles = {"admin"};
  EXPECT_EQ(run_sync(warehouse.get_task(admin, {task.task_id})), task);
  check_goods();
}

TEST_F(Workers, OnlyTheyTouchGoods) {  // I25
  for (auto caller : {Caller{}, Caller{CallerKind::buyer, "usr_1", {}, ""},
                      Caller{CallerKind::staff, "usr_2", {"support"}, ""}}) {
    auto call = database.call;
    call.caller = caller;
    EXPECT_EQ(failure_of(warehouse.receive(call, {"r-1", moscow, {{shoe, 1, "A-1"}}})).code,
              ErrorCode::forbidden);
  }
}

}  // namespace
}  // namespace bramble::warehouse
