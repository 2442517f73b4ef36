// Many requests for the same thing at the same moment.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/journeys/world.h"

namespace bramble::journeys {
namespace {

// What an answer amounts to: "201", "409 out_of_stock".
std::string outcome_of(const Reply& answer) {
  auto word = std::to_string(answer.status);
  return answer.status == 201 ? word : word + " " + answer.code();
}

std::map<std::string, int> outcomes_of(const std::vector<Reply>& answers) {
  std::map<std::string, int> outcomes;
  for (const auto& answer : answers) ++outcomes[outcome_of(answer)];
  return outcomes;
}

using Outcomes = std::map<std::string, int>;

// I6: no unit is promised to two orders.
TEST(Race, AThousandOrdersForTheLastUnitMakeExactlyOneOrder) {
  World world;
  const auto& last = world.only(1);
  auto buyers = world.buyers(200);
  std::vector<HttpClientRequest> orders;
  for (int i = 0; i < 1'000; ++i) orders.push_back(buyers[i % 200].ordering({.sku_id = last.sku_id}));
  auto answers = world.client.send_all(std::move(orders));

  EXPECT_EQ(outcomes_of(answers), (Outcomes{{"201", 1}, {"409 out_of_stock", 999}}));
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const auto& answer = answers[i];
    if (answer.status == 409) {
      ASSERT_EQ(answer["skus"].size(), 1U) << answer.body;
      EXPECT_EQ((*answer["skus"].begin())["sku_id"].text(), last.sku_id);
      EXPECT_EQ(answer.headers.get("Content-Type"), "application/problem+json");
    } else if (answer.status == 201) {
      EXPECT_EQ(world.client.send(confirmation(redirect_of(answer))).status, 303);
      auto id = answer.text("order_id");
      EXPECT_EQ(buyers[i % 200].wait_for(id, {"PAID"}).text("status"), "PAID");
      world.expect_money_follows(buyers[i % 200], {id});
    }
  }
  EXPECT_EQ(world.available(last), 0);
  world.expect_consistent();
}

// I19: the effects of a key happen once.
TEST(Race, TheSameKeyAtOnceMakesOneOrder) {
  World world;
  auto buyer = world.buyer();
  OrderSpec spec{.sku_id = world.plenty().sku_id};
  std::vector<HttpClientRequest> same(20, buyer.ordering(spec));
  auto answers = world.client.send_all(std::move(same));
  std::string id;
  for (const auto& answer : answers) {
    if (answer.status == 201 && id.empty()) id = answer.text("order_id");
    if (answer.status == 201) {
      EXPECT_EQ(answer.text("order_id"), id);
    } else {
      EXPECT_EQ(outcome_of(answer), "409 idempotency_key_busy");
    }
  }
  EXPECT_NE(id, "");
  auto replay = buyer.order(spec);
  EXPECT_EQ(replay.status, 201);
  EXPECT_EQ(replay.text("order_id"), id);
  EXPECT_EQ(replay.headers.get("Idempotent-Replayed"), "true");
  EXPECT_EQ(buyer.send(buyer.request("GET", "/api/v1/orders"))["total"].integer(), 1);
  world.expect_consistent();
}

// I19
TEST(Race, AKeyWithAnotherBodyIsRefusedAndAMissingOneIsAskedFor) {
  World world;
  auto buyer = world.buyer();
  OrderSpec spec{.sku_id = world.plenty().sku_id};
  auto first = world.order(buyer, spec);
  auto other = spec;
  other.quantity = 2;
  EXPECT_EQ(outcome_of(buyer.order(other)), "422 idempotency_key_reused");
  auto keyless = spec;
  keyless.key = "";
  EXPECT_EQ(buyer.order(keyless).status, 400);
  // A key belongs to its buyer.
  auto neighbour = world.buyer().order(spec);
  EXPECT_EQ(neighbour.status, 201);
  EXPECT_NE(neighbour.text("order_id"), first.text("order_id"));
  EXPECT_EQ(buyer.send(buyer.request("GET", "/api/v1/orders"))["total"].integer(), 1);
  world.expect_consistent();
}

// Two tabs, or a page that was loaded again while the bank was slow.
TEST(Race, TwoOrdersOfOneCartMakeOneOrder) {
  World world;
  auto buyer = world.buyer();
  ASSERT_EQ(buyer.put_in_cart(world.plenty().sku_id, 2).status, 200);
  auto version = buyer.send(buyer.request("GET", "/api/v1/cart")).text("version");
  std::vector<HttpClientRequest> tabs;
  for (int i = 0; i < 4; ++i) tabs.push_back(buyer.ordering_cart(card("tok_3ds"), fresh_key()));
  auto answers = world.client.send_all(std::move(tabs));
  EXPECT_EQ(outcomes_of(answers), (Outcomes{{"201", 1}, {"409 cart_ordered", 3}}));
  std::set<std::string> named;
  for (const auto& answer : answers) named.insert(answer.text("order_id"));
  ASSERT_EQ(named.size(), 1U);
  EXPECT_EQ(buyer.status(*named.begin()), "PENDING_PAYMENT");
  EXPECT_EQ(buyer.send(buyer.request("GET", "/api/v1/cart"))["count"].integer(), 0);
  // A tab that comes later still: by the version that it shows, or by the cart that is empty now.
  EXPECT_EQ(outcome_of(buyer.send(buyer.ordering_cart(card("tok_3ds"), fresh_key()))), "409 cart_ordered");
  EXPECT_EQ(outcome_of(buyer.send(buyer.ordering_cart(card("tok_3ds"), fresh_key(), version))),
            "409 cart_ordered");
  // The next cart is another one, also with the same goods; it is not the one that an old page shows.
  ASSERT_EQ(buyer.put_in_cart(world.plenty().sku_id, 2).status, 200);
  auto next = buyer.send(buyer.request("GET", "/api/v1/cart")).text("version");
  EXPECT_NE(next, version);
  ASSERT_EQ(buyer.put_in_cart(world.plenty().sku_id, 1).status, 200);
  EXPECT_EQ(outcome_of(buyer.send(buyer.ordering_cart(card("tok_3ds"), fresh_key(), next))),
            "409 cart_changed");
  EXPECT_EQ(buyer.send(buyer.ordering_cart(card("tok_3ds"), fresh_key())).status, 201);
  world.expect_consistent();
}

// As a page sends it: the items that it shows, and the cart that they are of.
TEST(Race, TwoOrdersOfOneCartThatNameItsItemsMakeOneOrder) {
  World world;
  auto buyer = world.buyer();
  auto sku = world.plenty().sku_id;
  ASSERT_EQ(buyer.put_in_cart(sku, 2).status, 200);
  auto version = buyer.send(buyer.request("GET", "/api/v1/cart")).text("version");
  std::vector<HttpClientRequest> tabs;
  for (int i = 0; i < 4; ++i) {
    tabs.push_back(buyer.ordering({.sku_id = sku, .quantity = 2, .cart_version = version}));
  }
  auto answers = world.client.send_all(std::move(tabs));
  EXPECT_EQ(outcomes_of(answers), (Outcomes{{"201", 1}, {"409 cart_ordered", 3}}));
  world.expect_consistent();
}

// What is held and not paid for nobody else can buy.
TEST(Race, ABuyerHoldsAFewUnpaidOrders) {
  World world({"orders.most_unpaid_orders=5", "orders.most_unpaid_units=300"});
  auto buyer = world.buyer();
  OrderSpec spec{.sku_id = world.plenty().sku_id};
  std::vector<HttpClientRequest> orders;
  for (int i = 0; i < 8; ++i) {
    spec.key = fresh_key();
    orders.push_back(buyer.ordering(spec));
  }
  auto answers = world.client.send_all(std::move(orders));
  EXPECT_EQ(outcomes_of(answers), (Outcomes{{"201", 5}, {"409 too_many_unpaid", 3}}));
  for (const auto& answer : answers) {
    if (answer.status == 409) EXPECT_EQ(answer["order_ids"].size(), 5U) << answer.body;
  }
  world.expect_consistent();
}

// I24: no buyer is charged another price than the confirmed one.
TEST(Race, AnOrderAtAPriceThatIsNoLongerTrueIsRefusedWithTheNewOne) {
  World world;
  auto buyer = world.buyer();
  const auto& goods = world.plenty();
  auto refused = buyer.order({.sku_id = goods.sku_id, .expected_minor = goods.price_minor - 100});
  EXPECT_EQ(outcome_of(refused), "409 price_changed");
  ASSERT_EQ(refused["price_changes"].size(), 1U) << refused.body;
  auto change = *refused["price_changes"].begin();
  EXPECT_EQ(change["sku_id"].text(), goods.sku_id);
  EXPECT_EQ(change["current"]["amount_minor"].integer(), goods.price_minor);
  EXPECT_EQ(buyer.send(buyer.request("GET", "/api/v1/orders"))["total"].integer(), 0);
  auto agreed = world.order(buyer, {.sku_id = goods.sku_id, .expected_minor = goods.price_minor});
  EXPECT_EQ(agreed["total"]["amount_minor"].integer(), goods.price_minor);
  world.expect_consistent();
}

// I12, I17: whichever wins, money and goods agree with the status.
TEST(Race, ACancelThatRacesThePaymentEndsOneWayOrTheOther) {
  constexpr std::size_t orders_at_once = 60;
  World world;
  auto buyer = world.buyer();
  const auto& goods = world.plenty();
  std::vector<HttpClientRequest> requests;
  for (std::size_t i = 0; i < orders_at_once; ++i)
    requests.push_back(buyer.ordering({.sku_id = goods.sku_id}));
  auto made = world.client.send_all(std::move(requests));
  std::vector<std::string> orders;
  std::vector<HttpClientRequest> race;
  for (std::size_t i = 0; i < made.size(); ++i) {
    ASSERT_EQ(made[i].status, 201) << made[i].body;
    orders.push_back(made[i].text("order_id"));
    auto pay = confirmation(redirect_of(made[i]));
    auto cancel = buyer.cancelling(orders.back());
    if (i % 2 == 0) std::swap(pay, cancel);
    race.push_back(std::move(pay));
    race.push_back(std::move(cancel));
  }
  for (const auto& answer : world.client.send_all(std::move(race))) {
    bool clear = answer.status == 200 || answer.status == 202 || answer.status == 303;
    EXPECT_TRUE(clear) << answer.status << " " << answer.body;
  }
  world.expect_money_follows(buyer, orders);
  for (const auto& status : world.statuses(buyer, orders)) {
    EXPECT_TRUE(status == "CANCELLED" || status == "REFUNDED") << status;
  }
  world.expect_consistent();
}

// I6, I7: what one buyer lets go, another may have.
TEST(Race, UnitsThatAreCancelledAreSoldAgainAndNeverOneTooMany) {
  World world;
  const auto& goods = world.only(5);
  auto buyers = world.buyers(10);
  std::vector<std::pair<std::size_t, std::string>> kept;
  for (int round = 0; round < 4; ++round) {
    std::vector<HttpClientRequest> requests;
    for (int i = 0; i < 40; ++i)
      requests.push_back(buyers[i % 10].ordering({.sku_id = goods.sku_id, .method = card("tok_ok")}));
    auto answers = world.client.send_all(std::move(requests));
    std::vector<HttpClientRequest> cancels;
    std::vector<std::pair<std::size_t, std::string>> made;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      if (answers[i].status != 201) continue;
      made.emplace_back(i % 10, answers[i].text("order_id"));
      cancels.push_back(buyers[i % 10].cancelling(made.back().second));
    }
    EXPECT_EQ(made.size(), 5U);
    if (round < 3) world.client.send_all(std::move(cancels));
    for (const auto& [who, order] : made) world.expect_money_follows(buyers[who], {order});
    if (round < 3) EXPECT_TRUE(eventually([&] { return world.available(goods) == 5; }));
  }
  EXPECT_EQ(world.available(goods), 0);
  world.expect_consistent();
}

}  // namespace
}  // namespace bramble::journeys
