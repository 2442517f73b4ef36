#include "app/generate/generate.h"

#include <gtest/gtest.h>

#include <set>

#include "app/generate/demo_cards.h"
#include "app/generate/demo_places.h"
#include "app/generate/demo_subjects.h"
#include "base/error.h"
#include "services/warehouse/bins/bin_plan.h"
#include "testing/clock.h"
#include "testing/run.h"

namespace bramble {
namespace {

[[noreturn]] void unused() {
  throw Error(ErrorCode::internal, "unused", "the generator has no use for this");
}

// Keeps what it is given, as the real ones would.
class FakeCatalog final : public catalog::CatalogApi {
 public:
  Task<catalog::PutCardsReply> put_cards(Call, catalog::PutCardsRequest request) override {
    for (auto& card : request.cards) cards[card.product_id] = std::move(card);
    co_return catalog::PutCardsReply{};
  }
  Task<Empty> put_categories(Call, catalog::PutCategoriesRequest request) override {
    for (auto& item : request.items) known_categories[item.category_id] = std::move(item);
    co_return Empty{};
  }
  Task<catalog::Card> get_product(Call, catalog::GetProductRequest) override { unused(); }
  Task<catalog::GetSkusReply> get_skus(Call, catalog::GetSkusRequest) override { unused(); }
  Task<catalog::FindByBarcodeReply> find_by_barcode(Call, catalog::FindByBarcodeRequest) override {
    unused();
  }
  Task<catalog::GetSkusReply> find_by_vendor_code(Call, catalog::FindByVendorCodeRequest) override {
    unused();
  }
  Task<catalog::SkuInfo> set_price(Call, catalog::SetPriceRequest) override { unused(); }
  Task<catalog::SearchReply> search(Call, catalog::SearchRequest) override { unused(); }
  Task<catalog::SuggestReply> suggest(Call, catalog::SuggestRequest) override { unused(); }
  Task<catalog::CountReply> count(Call, catalog::CountRequest) override { unused(); }
  Task<catalog::CategoriesReply> categories(Call, catalog::CategoriesRequest) override { unused(); }

  std::map<ProductId, catalog::Card> cards;
  std::map<CategoryId, catalog::Category> known_categories;
};

class FakePickup final : public pickup::PickupApi {
 public:
  Task<pickup::NearestReply> nearest(Call, pickup::NearestRequest) override { unused(); }
  Task<pickup::NearestReply> search(Call, pickup::SearchRequest) override { unused(); }
  Task<pickup::Point> get(Call, pickup::PointRequest) override { unused(); }
  Task<Empty> put_points(Call, pickup::PutPointsRequest request) override {
    for (auto& point : request.items) points[point.pickup_point_id] = std::move(point);
    for (auto& text : request.texts) texts[text.pickup_point_id] = std::move(text);
    co_return Empty{};
  }

  std::map<PickupPointId, pickup::Point> points;
  std::map<PickupPointId, pickup::PointText> texts;
};

class FakeWarehouse final : public warehouse::WarehouseApi {
 public:
  Task<warehouse::Site> open_site(Call, warehouse::OpenSiteRequest request) override {
    sites[request.site.site_id] = request.site;
    co_return request.site;
  }
  Task<warehouse::Receipt> receive(Call, warehouse::ReceiveRequest request) override {
    if (receipts.size() >= most_receipts)
      throw Error(ErrorCode::unavailable, "down", "the warehouse is down");
    auto [receipt, is_new] = receipts.emplace(request.receipt_id, request);
    if (!is_new && receipt->second != request)
      throw Error(ErrorCode::conflict, "receipt_reused", "other contents");
    co_return warehouse::Receipt{};
  }
  Task<warehouse::ListSitesReply> list_sites(Call, warehouse::ListSitesRequest) override { unused(); }
  Task<warehouse::ListStockReply> list_stock(Call, warehouse::ListStockRequest) override { unused(); }
  Task<warehouse::ListMovementsReply> list_movements(Call, warehouse::ListMovementsRequest) override {
    unused();
  }
  Task<warehouse::OrderWork> inspect_order(Call, warehouse::OrderWorkRequest) override { unused(); }
  Task<warehouse::FindPackageReply> find_package(Call, warehouse::FindPackageRequest) override { unused(); }
  Task<warehouse::ListTasksReply> list_tasks(Call, warehouse::ListTasksRequest) override { unused(); }
  Task<warehouse::PickTask> get_task(Call, warehouse::TaskRequest) override { unused(); }
  Task<warehouse::UndoReceiptReply> undo_receipt(Call, warehouse::UndoReceiptRequest) override { unused(); }
  Task<warehouse::SiteBins> list_bins(Call, warehouse::SiteBinsRequest) override { unused(); }
  Task<warehouse::PutBinsReply> put_bins(Call, warehouse::PutBinsRequest request) override {
    bins[request.site_id] = std::move(request.plans);
    co_return warehouse::PutBinsReply{};
  }
  Task<warehouse::StopUnitsReply> stop_units(Call, warehouse::StopUnitsRequest) override { unused(); }
  Task<warehouse::ScanReply> take_task(Call, warehouse::TakeTaskRequest) override { unused(); }
  Task<warehouse::ScanReply> release_task(Call, warehouse::TaskRequest) override { unused(); }
  Task<warehouse::ScanReply> scan(Call, warehouse::ScanRequest) override { unused(); }
  Task<warehouse::ScanReply> complete(Call, warehouse::CompleteRequest) override { unused(); }
  Task<warehouse::ShortReply> report_short(Call, warehouse::ShortRequest) override { unused(); }
  Task<warehouse::CancelPickReply> cancel_pick(Call, warehouse::CancelPickRequest) override { unused(); }

  std::map<SiteId, warehouse::Site> sites;
  std::map<SiteId, std::vector<std::string>> bins;
  std::map<std::string, warehouse::ReceiveRequest> receipts;
  std::size_t most_receipts = SIZE_MAX;
};

struct DemoWorld {
  void generate(std::function<void(const DemoProgress&)> progress = {}, DemoSize size = DemoSize::small) {
    auto call = system_call("generate", Time{INT64_MAX});
    run_sync(generate_demo(size, {catalog, pickup, warehouse, clock}, call, std::move(progress)));
  }

  FakeCatalog catalog;
  FakePickup pickup;
  FakeWarehouse warehouse;
  TestClock clock;
};

TEST(Demo, TheSameSizeGivesTheSameData) {
  DemoWorld one;
  DemoWorld two;
  one.generate();
  two.generate();
  EXPECT_EQ(one.catalog.cards.size(), 2'000u);
  EXPECT_EQ(one.catalog.cards, two.catalog.cards);
  EXPECT_EQ(one.catalog.known_categories, two.catalog.known_categories);
  EXPECT_EQ(one.pickup.points, two.pickup.points);
  EXPECT_EQ(one.pickup.texts, two.pickup.texts);
  EXPECT_EQ(one.warehouse.sites, two.warehouse.sites);
  EXPECT_EQ(one.warehouse.receipts, two.warehouse.receipts);
}

TEST(Demo, EverySiteHasTheBinsThatItsGoodsLieIn) {
  DemoWorld world;
  world.generate();
  for (const auto& [id, receipt] : world.warehouse.receipts) {
    for (const auto& line : receipt.lines)
      ASSERT_TRUE(warehouse::is_known_bin(world.warehouse.bins.at(receipt.site_id), line.bin)) << line.bin;
  }
  for (const auto& plan : demo_bins()) EXPECT_EQ(warehouse::fault_of_plan(plan), "") << plan;
}

TEST(Demo, ARunThatWasCutOffIsRepeatedToTheSameEnd) {
  DemoWorld whole;
  whole.generate();
  DemoWorld cut;
  cut.warehouse.most_receipts = 7;
  EXPECT_THROW(cut.generate(), Error);
  cut.warehouse.most_receipts = SIZE_MAX;
  cut.generate();
  cut.generate();
  EXPECT_EQ(cut.catalog.cards, whole.catalog.cards);
  EXPECT_EQ(cut.warehouse.receipts, whole.warehouse.receipts);
}

TEST(Demo, ProgressEndsWithEverything) {
  DemoWorld world;
  std::vector<DemoProgress> told;
  world.generate([&](const DemoProgress& progress) {
    told.push_back(progress);
    world.clock.advance(seconds(1));
  });
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].cards, 1'000);
  EXPECT_EQ(told[1].cards, told[1].all_cards);
  EXPECT_EQ(told[1].cards_per_s, 2'000);
  std::int64_t units = 0;
  for (const auto& [id, receipt] : world.warehouse.receipts) {
    EXPECT_LE(receipt.lines.size(), 500u);
    for (const auto& line : receipt.lines) units += line.quantity;
  }
  EXPECT_EQ(told[1].units, units);
}

TEST(Demo, EverySkuHasStockAndEveryReferenceItsObject) {
  DemoWorld world;
  world.generate();
  std::set<SkuId> received;
  for (const auto& [id, receipt] : world.warehouse.receipts) {
    EXPECT_TRUE(world.warehouse.sites.contains(receipt.site_id));
    for (const auto& line : receipt.lines) received.insert(line.sku_id);
  }
  std::set<std::string> barcodes;
  std::set<CategoryId> used;
  for (const auto& [id, card] : world.catalog.cards) {
    used.insert(card.category_id);
    EXPECT_TRUE(world.catalog.known_categories.contains(card.category_id));
    EXPECT_TRUE(ProductId::parse(card.product_id.text()));
    for (const auto& sku : card.skus) {
      EXPECT_TRUE(received.contains(sku.sku_id)) << sku.sku_id.text();
      EXPECT_TRUE(SkuId::parse(sku.sku_id.text()));
      EXPECT_TRUE(barcodes.insert(sku.barcode).second);
      EXPECT_GT(sku.price.amount_minor, 0);
      if (sku.old_price) EXPECT_GT(sku.old_price->amount_minor, sku.price.amount_minor);
    }
  }
  EXPECT_EQ(used.size(), demo_subjects().size());
}

TEST(Demo, BarcodesAreEan13) {
  EXPECT_EQ(demo_barcode(0), "2000000000008");
  EXPECT_EQ(demo_barcode(1'234'567'890), "2012345678903");
  auto code = demo_barcode(9'999'999'999);
  int sum = 0;
  for (std::size_t i = 0; i < 13; ++i) sum += (code[i] - '0') * (i % 2 ? 3 : 1);
  EXPECT_EQ(sum % 10, 0);
}

TEST(Demo, PlacesAreInRussiaAndPointsAreMany) {
  EXPECT_EQ(demo_sites().size(), 6u);
  auto request = demo_points();
  const auto& points = request.items;
  EXPECT_EQ(request.texts.size(), points.size());
  for (const auto& text : request.texts) {
    auto is_latin = [](unsigned char c) { return c < 0x80; };
    EXPECT_TRUE(std::all_of(text.address.begin(), text.address.end(), is_latin)) << text.address;
  }
  EXPECT_GE(points.size(), 480u);
  std::set<PickupPointId> ids;
  for (const auto& point : points) {
    EXPECT_TRUE(ids.insert(point.pickup_point_id).second);
    EXPECT_TRUE(point.lat > 41 && point.lat < 70 && point.lon > 19 && point.lon < 136) << point.address;
  }
}

TEST(Demo, PlacesCanBeHadWithoutGoods) {
  DemoWorld world;
  world.generate([](const DemoProgress&) { ADD_FAILURE() << "there is nothing to tell of"; },
                 DemoSize::places);
  EXPECT_EQ(world.warehouse.sites.size(), demo_sites().size());
  EXPECT_EQ(world.pickup.points.size(), demo_points().items.size());
  EXPECT_TRUE(world.catalog.cards.empty());
  EXPECT_TRUE(world.catalog.known_categories.empty());
}

TEST(Demo, SizesHaveTheirWords) {
  EXPECT_EQ(cards_in(*parse_demo_size("places")), 0);
  EXPECT_EQ(cards_in(*parse_demo_size("small")), 2'000);
  EXPECT_EQ(cards_in(*parse_demo_size("medium")), 100'000);
  EXPECT_EQ(cards_in(*parse_demo_size("large")), 1'000'000);
  EXPECT_FALSE(parse_demo_size("huge"));
}

}  // namespace
}  // namespace bramble
