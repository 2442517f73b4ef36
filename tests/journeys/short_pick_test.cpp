// A worker finds fewer goods than the task says: another site, else the money for them; and the order goes
// on.
#include <gtest/gtest.h>

#include "tests/harness/event_stream.h"
#include "tests/journeys/world.h"

namespace bramble::journeys {
namespace {

struct Shape {
  const char* name;
  const char* rpc;
  bool on_postgres;
};

void PrintTo(const Shape& shape, std::ostream* out) { *out << shape.name; }

// "2 ASSEMBLING, 1 CANCELLED", sorted.
std::string lines_of(const Reply& order) {
  std::vector<std::string> lines;
  for (auto line : order["items"])
    lines.push_back(std::to_string(line["quantity"].integer()) + " " + std::string(line["status"].text()));
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const auto& line : lines) all += (all.empty() ? "" : ", ") + line;
  return all;
}

bool says(const ServerEvent& event, const char* in_russian, const char* in_english) {
  return event.data.find(in_russian) != std::string::npos || event.data.find(in_english) != std::string::npos;
}

class ShortPicks : public testing::Test {
 public:
  explicit ShortPicks(std::vector<std::string> settings = {}, const Demo& demo = demo_of_this_run(),
                      bool same_ports = false)
      : world(std::move(settings), demo, same_ports), buyer(world.buyer()), worker(world.staff("admin")) {}

  // Paid for, of goods of which there are so many at one site.
  std::string buy(const Goods& goods, int quantity) {
    auto id = world.order(buyer, {.sku_id = goods.sku_id, .quantity = quantity, .method = card("tok_ok")})
                  .text("order_id");
    EXPECT_EQ(buyer.wait_for(id, {"PAID"}).text("status"), "PAID");
    return id;
  }
  // Puts some at a site that had none.
  void put_elsewhere(const Goods& goods, int quantity) {
    auto sites = worker.send(worker.request("GET", "/api/v1/warehouse/sites"));
    for (auto site : sites["items"]) {
      if (site["site_id"].text() == goods.site_id) continue;
      worker.receive(goods.sku_id, std::string(site["site_id"].text()), quantity);
      return;
    }
    ADD_FAILURE() << "there is one site only: " << sites.body;
  }
  bool becomes(const std::string& order, const std::string& lines) {
    return eventually([&] { return lines_of(buyer.view(order)) == lines; }, seconds(20));
  }
  std::int64_t refunded_at_bank(const std::string& order) {
    auto rows = world.bank.report().by_order()[order];
    return rows.empty() ? -1 : rows[0].refunded_minor;
  }
  bool is_refunded(const std::string& order, std::int64_t minor) {
    return eventually(
        [&] {
          auto view = buyer.view(order);
          bool done = view["refunds"].size() > 0;
          for (auto refund : view["refunds"]) done = done && refund["done"].boolean();
          return done && refunded_at_bank(order) == minor;
        },
        seconds(40));
  }

  World world;
  Buyer buyer;
  Worker worker;
};

class ShortPicksOf : public ShortPicks, public testing::WithParamInterface<Shape> {
 public:
  ShortPicksOf()
      : ShortPicks({std::string("server.rpc=") + GetParam().rpc},
                   GetParam().on_postgres ? demo_on_postgres() : demo_on_sqlite()) {}
};

// I1, I6, I17
TEST_P(ShortPicksOf, AnotherSiteStepsInAndTheOrderWaitsForBothParcels) {
  const auto& goods = world.only(3);
  auto id = buy(goods, 3);
  put_elsewhere(goods, 1);
  ASSERT_TRUE(eventually([&] { return world.available(goods) == 1; }));
  auto reported = worker.report(id, 1);
  ASSERT_EQ(reported.status, 200) << reported.body;
  // The other site's task comes beside the first.
  ASSERT_TRUE(eventually([&] { return worker.tasks(id)["items"].size() == 2; }));
  worker.pick(id);
  auto first = std::string((*worker.tasks(id)["items"].begin())["task_id"].text());
  auto packed = worker.send(worker.request("POST", "/api/v1/warehouse/tasks/" + first + "/complete",
                                           R"({"package_barcode":"PKG)" + fresh_key() + "\"}"));
  EXPECT_EQ(packed.status, 200) << packed.body;
  EXPECT_EQ(worker.tasks(id)["items"].size(), 1U);
  EXPECT_EQ(buyer.status(id), "ASSEMBLING");
  worker.pack(id);
  auto view = buyer.wait_for(id, {"READY_TO_SHIP"});
  EXPECT_EQ(history_of(view), "PENDING_PAYMENT PAID ASSEMBLING READY_TO_SHIP");
  EXPECT_EQ(lines_of(view), "3 READY_TO_SHIP");
  EXPECT_EQ(world.available(goods), 0);
  world.expect_money_follows(buyer, {id});
  world.expect_consistent();
}

// I10, I11
TEST_P(ShortPicksOf, WhatIsNowhereIsRefundedAndTheRestIsSent) {
  const auto& goods = world.only(3);
  auto id = buy(goods, 3);
  EventStream events(world.instance.storefront(), buyer.token());
  ASSERT_EQ(worker.report(id, 1, "damaged").status, 200);
  EXPECT_TRUE(is_refunded(id, goods.price_minor)) << buyer.view(id).body << world.instance.log();
  EXPECT_TRUE(becomes(id, "1 REFUNDED, 2 ASSEMBLING")) << buyer.view(id).body;
  // Told: it is being assembled (and before that maybe that it is paid, which is a little older than the
  // stream), a unit is cancelled, its money is back.
  auto sorry = events.next();
  while (sorry.data.find("Your order is") != std::string::npos) sorry = events.next();
  EXPECT_EQ(sorry.type, "order.status");
  EXPECT_TRUE(says(sorry, "Мы отменили их", "We cancelled")) << sorry.data;
  auto back = events.next();
  EXPECT_TRUE(says(back, "Возвращено", "is refunded")) << back.data;
  auto stock = worker.send(worker.request("GET", "/api/v1/warehouse/stock?sku_id=" + goods.sku_id));
  std::int64_t quarantined = 0;
  for (auto row : stock["items"]) quarantined += row["quarantined"].integer();
  EXPECT_EQ(quarantined, 1) << stock.body;
  worker.pick(id);
  worker.pack(id);
  auto view = buyer.wait_for(id, {"READY_TO_SHIP"});
  EXPECT_EQ(lines_of(view), "1 REFUNDED, 2 READY_TO_SHIP");
  EXPECT_EQ(view["total"]["amount_minor"].integer(), 3 * goods.price_minor);
  auto refund = *view["refunds"].begin();
  EXPECT_EQ(refund["reason"].text(), "damaged");
  EXPECT_EQ(refund["amount"]["amount_minor"].integer(), goods.price_minor);
  EXPECT_EQ(world.available(goods), 0);
  world.expect_consistent();
}

// I16
TEST_P(ShortPicksOf, AnOrderOfWhichNothingIsThereIsRefundedInFull) {
  const auto& goods = world.only(3);
  auto id = buy(goods, 3);
  ASSERT_EQ(worker.report(id, 2).status, 200);
  ASSERT_EQ(worker.report(id, 1, "wrong_goods_in_bin").status, 200);
  auto view = buyer.wait_for(id, {"REFUNDED"});
  EXPECT_EQ(history_of(view), "PENDING_PAYMENT PAID ASSEMBLING CANCELLED REFUNDED") << view.body;
  EXPECT_TRUE(becomes(id, "3 REFUNDED"));
  world.expect_money_follows(buyer, {id});
  EXPECT_EQ(world.available(goods), 0);
  world.expect_consistent();
}

INSTANTIATE_TEST_SUITE_P(Shapes, ShortPicksOf,
                         testing::Values(Shape{"SqliteDirect", "direct", false},
                                         Shape{"SqliteWithRepeats", "encoded_with_repeats", false},
                                         Shape{"PostgresDirect", "direct", true}),
                         [](const auto& info) { return std::string(info.param.name); });

// I19
TEST_F(ShortPicks, ARepeatedReportCountsOnceAndWhatIsPickedIsNotMissing) {
  const auto& goods = world.only(3);
  auto id = buy(goods, 3);
  auto tasks = worker.tasks(id);
  auto report = worker.reporting(tasks, 1, "not_found", "short-" + id);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(worker.send(report).status, 200);
  auto other = worker.send(worker.reporting(tasks, 2, "not_found", "short-" + id));
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(other.code(), "short_reused");
  EXPECT_TRUE(is_refunded(id, goods.price_minor));
  worker.pick(id);
  auto picked = worker.send(worker.reporting(tasks, 1, "not_found"));
  EXPECT_EQ(picked.status, 409);
  EXPECT_EQ(picked.code(), "not_left");
  worker.pack(id);
  auto closed = worker.send(worker.reporting(tasks, 1, "not_found"));
  EXPECT_EQ(closed.code(), "task_closed");
  EXPECT_EQ(worker.send(report).status, 200);
  EXPECT_EQ(lines_of(buyer.wait_for(id, {"READY_TO_SHIP"})), "1 REFUNDED, 2 READY_TO_SHIP");
  EXPECT_EQ(refunded_at_bank(id), goods.price_minor);
  world.expect_consistent();
}

// I6, I11, I17: whichever is first, all money goes back, and only goods that exist are on sale again.
TEST_F(ShortPicks, ACancelThatRacesAReportGivesAllTheMoneyBack) {
  constexpr int orders_at_once = 20;
  const auto& goods = world.only(2 * orders_at_once);
  std::vector<std::string> orders;
  for (int i = 0; i < orders_at_once; ++i) orders.push_back(buy(goods, 2));
  std::vector<HttpClientRequest> race;
  for (int i = 0; i < orders_at_once; ++i) {
    auto report = worker.reporting(worker.tasks(orders[i]), 1, "not_found");
    auto cancel = buyer.cancelling(orders[i]);
    if (i % 2 == 0) std::swap(report, cancel);
    race.push_back(std::move(report));
    race.push_back(std::move(cancel));
  }
  auto answers = world.client.send_all(std::move(race));
  int missing = 0;
  for (int i = 0; i < orders_at_once; ++i) {
    const auto& report = answers[2 * i + (i % 2 == 0 ? 1 : 0)];
    if (report.status == 200) ++missing;
    if (report.status != 200) EXPECT_EQ(report.code(), "task_closed") << report.body;
  }
  for (const auto& id : orders) EXPECT_EQ(buyer.wait_for(id, {"REFUNDED"}).text("status"), "REFUNDED");
  world.expect_money_follows(buyer, orders);
  EXPECT_TRUE(eventually([&] { return world.available(goods) == 2 * orders_at_once - missing; }));
  world.expect_consistent();
}

class ShortPicksInTrouble : public ShortPicks {
 public:
  ShortPicksInTrouble()
      : ShortPicks({"payments.bank_patience_ms=500", "payments.reconcile_after_ms=300"}, demo_of_this_run(),
                   true) {}
};

// I10, I16, I21: the bank is away, and we are, too.
TEST_F(ShortPicksInTrouble, ARefundOutlivesABankThatIsDownAndARestart) {
  const auto& goods = world.only(3);
  auto id = buy(goods, 3);
  world.bank.misbehave(R"({"api":{"error_rate":1.0},"webhook":{"drop_rate":1.0}})");
  ASSERT_EQ(worker.report(id, 1).status, 200);
  EXPECT_TRUE(becomes(id, "1 CANCELLED, 2 ASSEMBLING"));
  auto is_done = [&] { return (*buyer.view(id)["refunds"].begin())["done"].boolean(); };
  EXPECT_FALSE(is_done());
  // The rest does not wait for the bank.
  worker.pick(id);
  worker.pack(id);
  EXPECT_EQ(buyer.wait_for(id, {"READY_TO_SHIP"}).text("status"), "READY_TO_SHIP");
  world.instance.kill();
  world.instance.start();
  EXPECT_FALSE(is_done());
  world.bank.behave();
  EXPECT_TRUE(is_refunded(id, goods.price_minor)) << buyer.view(id).body << world.instance.log();
  EXPECT_EQ(world.bank.report().by_order()[id].size(), 1U);
  world.expect_consistent();
}

// I11, I12: answers are lost after the bank has acted.
TEST_F(ShortPicksInTrouble, ABankThatForgetsToAnswerRefundsOnce) {
  const auto& goods = world.only(8);
  std::vector<std::string> orders;
  for (int i = 0; i < 4; ++i) orders.push_back(buy(goods, 2));
  world.bank.misbehave(
      R"({"api":{"error_rate":0.3,"timeout_rate":0.3},"webhook":{"drop_rate":0.5,"duplicate":true}})");
  for (const auto& id : orders) EXPECT_EQ(worker.report(id, 1).status, 200);
  for (const auto& id : orders)
    EXPECT_TRUE(eventually([&] { return buyer.view(id)["refunds"].size() == 1; }));
  world.bank.behave();
  for (const auto& id : orders) EXPECT_TRUE(is_refunded(id, goods.price_minor)) << world.instance.log();
  world.expect_consistent();
}

// I16, I21: what was answered still holds, and what was begun continues.
TEST_F(ShortPicksInTrouble, WhatAKillCutsOffIsSettledAfterwards) {
  constexpr int orders_at_once = 12;
  const auto& goods = world.only(2 * orders_at_once);
  std::vector<std::string> orders;
  for (int i = 0; i < orders_at_once; ++i) orders.push_back(buy(goods, 2));
  put_elsewhere(goods, orders_at_once / 2);
  ASSERT_TRUE(eventually([&] { return world.available(goods) == orders_at_once / 2; }));
  std::vector<HttpClientRequest> reports;
  for (const auto& id : orders) reports.push_back(worker.reporting(worker.tasks(id), 1, "not_found"));
  std::vector<std::future<HttpResponse>> exchanges;
  for (const auto& report : reports) exchanges.push_back(world.client.begin(report));
  EXPECT_EQ(reply_of(std::move(exchanges[0])).status, 200);
  world.instance.kill();
  for (std::size_t i = 1; i < exchanges.size(); ++i) reply_of(std::move(exchanges[i]));
  world.instance.start();
  for (const auto& report : reports) EXPECT_EQ(worker.send(report).status, 200);
  // Half of them come from the other site, the others are refunded.
  auto count = [&](const std::string& lines) {
    return std::count_if(orders.begin(), orders.end(),
                         [&](const std::string& id) { return lines_of(buyer.view(id)) == lines; });
  };
  bool settled = eventually(
      [&] {
        return count("1 ASSEMBLING, 1 REFUNDED") == orders_at_once / 2 &&
               count("2 ASSEMBLING") == orders_at_once / 2;
      },
      seconds(40));
  EXPECT_TRUE(settled) << world.instance.log();
  EXPECT_EQ(world.available(goods), 0);
  world.expect_consistent();
}

}  // namespace
}  // namespace bramble::journeys
