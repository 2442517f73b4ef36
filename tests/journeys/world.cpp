#include "tests/journeys/world.h"

#include <gtest/gtest.h>

#include "engines/postgres/postgres.h"
#include "engines/sqlite/sqlite.h"
#include "runtime/system_clock.h"

namespace bramble::journeys {
namespace {

InstanceOptions options_of(std::vector<std::string> settings, const Demo& demo, const WorldDatabase& database,
                           bool same_ports) {
  InstanceOptions options;
  options.copy_of = demo.data;
  options.conninfo = database.conninfo();
  if (!options.conninfo.empty()) options.settings.emplace_back("server.rpc=encoded_with_repeats");
  // A test's buyer stands for many.
  options.settings.insert(options.settings.end(),
                          {"orders.most_unpaid_orders=1000", "orders.most_unpaid_units=1000000"});
  options.settings.insert(options.settings.end(), settings.begin(), settings.end());
  options.arguments = {"--demo", "small"};
  if (same_ports) options.port_base = free_port_base();
  return options;
}

std::string next_phone() {
  static int last = 1'000'000;
  return "+7901" + std::to_string(++last);
}

}  // namespace

World::World(std::vector<std::string> settings, const Demo& demo, bool same_ports)
    : database(demo),
      instance(options_of(std::move(settings), demo, database, same_ports)),
      bank(client, instance.sandbox()),
      demo_(demo) {}

std::vector<Buyer> World::buyers(std::size_t count) {
  std::vector<std::string> phones;
  std::vector<HttpClientRequest> codes, inboxes, exchanges;
  for (std::size_t i = 0; i < count; ++i) {
    phones.push_back(next_phone());
    codes.push_back(
        with_json("POST", instance.storefront() + "/api/v1/auth/codes", code_body(phones.back())));
    inboxes.push_back(get(instance.sandbox() + inbox_path(phones.back())));
  }
  auto challenges = client.send_all(std::move(codes));
  auto messages = client.send_all(std::move(inboxes));
  for (std::size_t i = 0; i < count; ++i) {
    EXPECT_EQ(challenges[i].status, 202) << challenges[i].body;
    exchanges.push_back(
        with_json("POST", instance.storefront() + "/api/v1/auth/tokens",
                  phone_code_body(challenges[i].text("challenge_id"), newest_code(messages[i]))));
  }
  std::vector<Buyer> buyers;
  for (auto& tokens : client.send_all(std::move(exchanges))) {
    EXPECT_EQ(tokens.status, 200) << tokens.body;
    buyers.emplace_back(client, instance.storefront(), demo_.pickup_point, tokens.text("access_token"));
  }
  return buyers;
}

std::int64_t World::available(const Goods& goods) {
  auto product = client.send(get(instance.storefront() + "/api/v1/products/" + goods.product_id));
  for (auto sku : product["skus"]) {
    if (sku["sku_id"].text() == goods.sku_id) return sku["available"].integer();
  }
  return -1;
}

const Goods& World::only(int quantity) {
  const auto& goods = demo_.sold_out.at(sold_out_used_++);
  EXPECT_EQ(available(goods), 0);
  staff("warehouse").receive(goods.sku_id, goods.site_id, quantity);
  EXPECT_TRUE(eventually([&] { return available(goods) == quantity; }));
  return goods;
}

Reply World::order(const Buyer& buyer, const OrderSpec& spec) {
  auto answer = buyer.order(spec);
  EXPECT_EQ(answer.status, 201) << answer.body;
  return answer;
}

std::vector<std::string> World::statuses(const Buyer& buyer, const std::vector<std::string>& orders) {
  std::vector<HttpClientRequest> questions;
  for (const auto& order : orders) questions.push_back(buyer.request("GET", "/api/v1/orders/" + order));
  std::vector<std::string> statuses;
  for (const auto& answer : client.send_all(std::move(questions))) statuses.push_back(answer.text("status"));
  return statuses;
}

std::string money_complaint(const std::string& status, std::int64_t total_minor,
                            const std::vector<BankRow>& rows) {
  std::int64_t captured = 0, refunded = 0;
  for (const auto& row : rows) {
    captured += row.captured_minor;
    refunded += row.refunded_minor;
  }
  auto numbers = status + ": of " + std::to_string(total_minor) + " captured " + std::to_string(captured) +
                 ", refunded " + std::to_string(refunded);
  // Of several attempts at most one has ever brought money.
  auto with_money =
      std::count_if(rows.begin(), rows.end(), [](const BankRow& row) { return row.captured_minor > 0; });
  if (with_money > 1) return "several payments of one order; " + numbers;
  bool paid = status == "PAID" || status == "ASSEMBLING" || status == "READY_TO_SHIP";
  bool ended = status == "CANCELLED" || status == "EXPIRED" || status == "REFUNDED";
  if (!paid && !ended) return "at no end; " + numbers;
  if (paid && (captured != total_minor || refunded != 0)) return "not paid for once; " + numbers;
  if (ended && captured != refunded) return "money is kept; " + numbers;
  if (status == "REFUNDED" && captured != total_minor) return "nothing to refund; " + numbers;
  if (ended && status != "REFUNDED" && captured != 0)
    return "a refund that the order does not know of; " + numbers;
  bool held =
      std::any_of(rows.begin(), rows.end(), [](const BankRow& row) { return row.status == "AUTHORISED"; });
  return held ? "money is held at the bank; " + numbers : "";
}

void World::expect_money_follows(const Buyer& buyer, const std::vector<std::string>& orders) {
  std::string complaints;
  auto agrees = [&] {
    complaints.clear();
    std::vector<HttpClientRequest> questions;
    for (const auto& order : orders) questions.push_back(buyer.request("GET", "/api/v1/orders/" + order));
    auto views = client.send_all(std::move(questions));
    auto report = bank.report().by_order();
    for (std::size_t i = 0; i < orders.size(); ++i) {
      auto total = views[i]["total"]["amount_minor"].integer();
      auto complaint = money_complaint(views[i].text("status"), total, report[orders[i]]);
      if (!complaint.empty()) complaints += orders[i] + " " + complaint + "\n";
    }
    return complaints.empty();
  };
  EXPECT_TRUE(eventually(agrees, seconds(40))) << complaints << instance.log();
}

void World::plant(const std::string& module, const std::string& sql) {
  ASSERT_FALSE(instance.runs());
  SystemClock clock;
  SystemRandom random;
  if (database.conninfo().empty()) {
    SqliteOptions options;
    options.path = instance.data() + "/" + module + ".db";
    options.clock = &clock;
    options.random = &random;
    open_sqlite(options)->run_script(sql);
  } else {
    PostgresOptions options;
    options.conninfo = database.conninfo();
    options.schema = module;
    options.clock = &clock;
    options.random = &random;
    open_postgres(options)->run_script(sql);
  }
}

void World::expect_consistent() {
  ASSERT_TRUE(instance.runs());
  EXPECT_EQ(staff("admin").dead_letters(), "");
  EXPECT_EQ(instance.check(), "") << instance.log();
  EXPECT_EQ(instance.stop(), 0) << instance.log();
}

}  // namespace bramble::journeys
