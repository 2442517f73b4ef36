// Makes the demo that all journeys begin with: once on each engine, with a few SKUs bought out so that a
// journey can have as few units of one as it needs.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <stdexcept>

#include "testing/database/postgres_server.h"
#include "tests/journeys/world.h"

namespace bramble::journeys {
namespace {

PostgresServer& server() {
  static PostgresServer one({.connections = 160});  // of two worlds at once, four a module
  return one;
}

constexpr std::size_t wanted_sold_out = 8;
constexpr std::int64_t most_units = 198;  // of one order, as two lines
constexpr std::int64_t most_a_line = 99;

std::vector<Goods> goods_on_sale(World& world) {
  std::vector<Goods> goods;
  auto found =
      world.client.send(get(world.instance.storefront() + "/api/v1/search?q=&in_stock=true&limit=100"));
  if (found["items"].size() <= wanted_sold_out) {
    throw std::runtime_error("too little is on sale: " + std::to_string(found.status) + " " + found.body);
  }
  for (auto item : found["items"]) {
    goods.push_back({std::string(item["sku_id"].text()), std::string(item["product_id"].text()), "",
                     item["price"]["amount_minor"].integer()});
  }
  return goods;
}

// How many there are of each, and where.
std::map<std::string, std::int64_t> stock_of(World& world, std::vector<Goods>& goods) {
  auto worker = world.staff("warehouse");
  std::vector<HttpClientRequest> questions;
  for (const auto& one : goods) {
    questions.push_back(worker.request("GET", "/api/v1/warehouse/stock?sku_id=" + one.sku_id));
  }
  auto answers = world.client.send_all(std::move(questions));
  std::map<std::string, std::int64_t> stock;
  for (std::size_t i = 0; i < goods.size(); ++i) {
    for (auto row : answers[i]["items"]) {
      stock[goods[i].sku_id] += row["on_hand"].integer();
      goods[i].site_id = row["site_id"].text();
    }
  }
  return stock;
}

// Paid for at once, so nothing of it comes back.
void buy_out(const Buyer& buyer, const Goods& goods, std::int64_t stock, const std::string& pickup_point) {
  while (stock > 0) {
    auto units = std::min(stock, most_units);
    std::vector<OrderLine> lines{{goods.sku_id, std::min(units, most_a_line)}};
    if (units > most_a_line) lines.push_back({goods.sku_id, units - most_a_line});
    auto order = buyer.request("POST", "/api/v1/orders", order_body(lines, pickup_point, card("tok_ok")));
    order.headers.add("Idempotency-Key", fresh_key());
    auto answer = buyer.send(std::move(order));
    ASSERT_EQ(answer.status, 201) << answer.body;
    ASSERT_EQ(buyer.wait_for(answer.text("order_id"), {"PAID"}).text("status"), "PAID");
    stock -= units;
  }
}

// Of the demo that the world begins with, another: with goods that are known.
Demo make_known(Demo demo) {
  World world({}, demo);
  auto points = world.client.send(get(world.instance.storefront() + "/api/v1/pickup-points?limit=1"));
  demo.pickup_point = (*points["items"].begin())["pickup_point_id"].text();
  auto goods = goods_on_sale(world);
  auto stock = stock_of(world, goods);
  std::sort(goods.begin(), goods.end(),
            [&](const Goods& a, const Goods& b) { return stock[a.sku_id] < stock[b.sku_id]; });
  auto buyer = world.buyer();
  for (auto& one : goods) {
    if (demo.sold_out.size() == wanted_sold_out) {
      demo.plenty.push_back(one);
      continue;
    }
    buy_out(buyer, one, stock[one.sku_id], demo.pickup_point);
    demo.sold_out.push_back(one);
  }
  EXPECT_EQ(world.instance.stop(), 0) << world.instance.log();
  static std::vector<std::unique_ptr<ScratchFolder>> kept;
  kept.push_back(std::make_unique<ScratchFolder>());
  demo.data = kept.back()->path() + "/data";
  if (!demo.database.empty()) world.database.keep_as(demo.database = "demo");
  std::filesystem::copy(world.instance.data(), demo.data, std::filesystem::copy_options::recursive);
  return demo;
}

}  // namespace

const Demo& demo_on_sqlite() {
  static const Demo demo = make_known({});
  return demo;
}

const Demo& demo_on_postgres() {
  static const Demo demo = [] {
    server().run("CREATE DATABASE nothing");
    return make_known({.data = {}, .database = "nothing", .pickup_point = {}, .plenty = {}, .sold_out = {}});
  }();
  return demo;
}

const Demo& demo_of_this_run() {
  static const bool on_postgres = [] {
    const char* engine = std::getenv("BRAMBLE_TEST_DATABASE");
    return engine != nullptr && std::string_view(engine) == "postgres";
  }();
  return on_postgres ? demo_on_postgres() : demo_on_sqlite();
}

WorldDatabase::WorldDatabase(const Demo& demo) {
  static int databases = 0;
  if (demo.database.empty()) return;
  name_ = "world_" + std::to_string(++databases);
  server().run("CREATE DATABASE " + name_ + " TEMPLATE " + demo.database);
  conninfo_ = server().conninfo(name_);
}

void WorldDatabase::keep_as(const std::string& name) const {
  server().run("CREATE DATABASE " + name + " TEMPLATE " + name_);
}

WorldDatabase::~WorldDatabase() {
  if (!name_.empty()) server().run("DROP DATABASE " + name_ + " WITH (FORCE)");
}

}  // namespace bramble::journeys
