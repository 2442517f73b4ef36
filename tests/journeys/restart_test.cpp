// The process ends and starts again: what it answered still holds (I21), and what was under way continues.
#include <gtest/gtest.h>

#include "tests/journeys/world.h"

namespace bramble::journeys {
namespace {

constexpr bool same_ports = true;

HttpClientRequest guest_put(World& world, const std::string& token, const std::string& sku, int quantity) {
  auto request = with_json("PUT", world.instance.storefront() + "/api/v1/cart/items/" + sku,
                           "{\"quantity\":" + std::to_string(quantity) + "}");
  if (!token.empty()) request.headers.add("X-Cart-Token", token);
  return request;
}

std::map<std::string, std::int64_t> lines_of(const Reply& cart) {
  std::map<std::string, std::int64_t> lines;
  for (auto item : cart["items"]) lines[std::string(item["sku_id"].text())] = item["quantity"].integer();
  return lines;
}

using Lines = std::map<std::string, std::int64_t>;

TEST(Restart, CartsSurviveItAndTheGuestsIsMergedAtSignIn) {
  World world({}, demo_of_this_run(), same_ports);
  auto buyer = world.buyer();
  const auto& one = world.plenty();
  const auto& two = world.plenty();
  const auto& three = world.plenty();
  buyer.put_in_cart(one.sku_id, 2);
  buyer.put_in_cart(two.sku_id, 1);
  auto guest = world.client.send(guest_put(world, "", two.sku_id, 4));
  ASSERT_EQ(guest.status, 200) << guest.body;
  std::string token(guest.headers.get("X-Cart-Token"));
  ASSERT_NE(token, "");
  EXPECT_EQ(world.client.send(guest_put(world, token, three.sku_id, 5)).status, 200);

  // Without a good-bye.
  world.instance.kill();
  world.instance.start();

  EXPECT_EQ(lines_of(buyer.send(buyer.request("GET", "/api/v1/cart"))),
            (Lines{{one.sku_id, 2}, {two.sku_id, 1}}));
  auto look = get(world.instance.storefront() + "/api/v1/cart");
  look.headers.add("X-Cart-Token", token);
  EXPECT_EQ(lines_of(world.client.send(look)), (Lines{{two.sku_id, 4}, {three.sku_id, 5}}));

  // Of each, the larger quantity counts; and merging once more changes nothing.
  for (int i = 0; i < 2; ++i) {
    auto mine = buyer.request("GET", "/api/v1/cart");
    mine.headers.add("X-Cart-Token", token);
    EXPECT_EQ(lines_of(buyer.send(mine)), (Lines{{one.sku_id, 2}, {two.sku_id, 4}, {three.sku_id, 5}}));
  }
  EXPECT_EQ(world.client.send(look)["count"].integer(), 0);
  world.expect_consistent();
}

// I16, I19, I21
TEST(Restart, AGracefulStopUnderLoadLosesNothing) {
  World world({"payments.reconcile_after_ms=300"}, demo_of_this_run(), same_ports);
  auto buyer = world.buyer();
  std::vector<OrderSpec> requests;
  std::vector<std::future<HttpResponse>> exchanges;
  for (int i = 0; i < 300; ++i) {
    requests.push_back({.sku_id = world.plenty().sku_id, .method = card(i % 3 ? "tok_ok" : "tok_3ds")});
    exchanges.push_back(world.client.begin(buyer.ordering(requests.back())));
  }
  auto first = reply_of(std::move(exchanges[0]));
  EXPECT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(world.instance.stop(), 0) << world.instance.log();
  std::vector<Reply> answers = {first};
  for (std::size_t i = 1; i < exchanges.size(); ++i) answers.push_back(reply_of(std::move(exchanges[i])));
  EXPECT_EQ(world.instance.check(), "");
  world.instance.start();

  // Each key has one order: the one of the first answer, if there was one.
  std::vector<HttpClientRequest> repeats;
  for (const auto& spec : requests) repeats.push_back(buyer.ordering(spec));
  auto repeated = world.client.send_all(std::move(repeats));
  std::vector<std::string> orders;
  std::vector<HttpClientRequest> confirmations;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    ASSERT_EQ(repeated[i].status, 201) << repeated[i].body;
    orders.push_back(repeated[i].text("order_id"));
    if (answers[i].status == 201) {
      EXPECT_EQ(orders.back(), answers[i].text("order_id"));
      EXPECT_EQ(repeated[i].headers.get("Idempotent-Replayed"), "true");
    }
    if (!redirect_of(repeated[i]).empty()) confirmations.push_back(confirmation(redirect_of(repeated[i])));
  }
  world.client.send_all(std::move(confirmations));
  world.expect_money_follows(buyer, orders);
  for (const auto& status : world.statuses(buyer, orders)) EXPECT_EQ(status, "PAID");
  world.expect_consistent();
}

// A payment that is confirmed while we are away is known when we are back.
TEST(Restart, WhatIsUnderWayGoesOn) {
  World world({"payments.reconcile_after_ms=300"}, demo_of_this_run(), same_ports);
  auto buyer = world.buyer();
  std::vector<std::string> orders;
  std::vector<HttpClientRequest> confirmations;
  for (int i = 0; i < 10; ++i) {
    auto order =
        world.order(buyer, {.sku_id = world.plenty().sku_id, .method = i % 2 ? sbp() : card("tok_3ds")});
    orders.push_back(order.text("order_id"));
    confirmations.push_back(confirmation(redirect_of(order)));
  }
  for (const auto& answer : world.client.send_all(std::move(confirmations))) EXPECT_EQ(answer.status, 303);
  world.instance.kill();
  world.instance.start();
  for (const auto& order : orders) EXPECT_EQ(buyer.wait_for(order, {"PAID"}).text("status"), "PAID");
  world.expect_money_follows(buyer, orders);
  world.expect_consistent();
}

}  // namespace
}  // namespace bramble::journeys
