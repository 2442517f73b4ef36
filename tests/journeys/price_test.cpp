// A price changes while goods lie in a cart or wait to be paid for: nobody pays another price than the one
// that was confirmed (I24).
#include <gtest/gtest.h>

#include "tests/journeys/world.h"

namespace bramble::journeys {
namespace {

constexpr std::int64_t before_minor = 150'000, after_minor = 175'000;

// Prices come with the goods, and goods come while nobody buys.
void set_price(World& world, std::int64_t price_minor) {
  ASSERT_EQ(world.instance.stop(), 0) << world.instance.log();
  ASSERT_EQ(world.instance.import_products(
                R"({"source":"tea","id":"1","title":"Kettle of Zanzibar","currency":"RUB","price_minor":)" +
                    std::to_string(price_minor) + "}\n",
                9),
            "");
  world.instance.start();
}

Goods kettle(World& world) {
  auto found = world.client.send(get(world.instance.storefront() + "/api/v1/search?q=zanzibar"));
  EXPECT_EQ(found["total"].integer(), 1) << found.body;
  auto item = *found["items"].begin();
  return {std::string(item["sku_id"].text()), std::string(item["product_id"].text()), "",
          item["price"]["amount_minor"].integer()};
}

std::int64_t total_of(const Reply& order) { return order["total"]["amount_minor"].integer(); }

TEST(Prices, ThatChangeInTheCartAreConfirmedAgainAndThoseOfAnOrderStay) {
  World world({}, demo_of_this_run(), true);
  set_price(world, before_minor);
  auto buyer = world.buyer();
  auto goods = kettle(world);
  ASSERT_EQ(goods.price_minor, before_minor);
  auto put = buyer.put_in_cart(goods.sku_id, 2);
  ASSERT_EQ(put["totals"]["total"]["amount_minor"].integer(), 2 * before_minor) << put.body;
  auto agreed = world.order(buyer, {.sku_id = goods.sku_id, .expected_minor = before_minor});
  buyer.put_in_cart(goods.sku_id, 2);

  set_price(world, after_minor);

  auto cart = buyer.send(buyer.request("GET", "/api/v1/cart"));
  EXPECT_EQ(cart["totals"]["total"]["amount_minor"].integer(), 2 * after_minor) << cart.body;
  auto refused = buyer.order({.sku_id = goods.sku_id, .quantity = 2, .expected_minor = before_minor});
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.code(), "price_changed");
  EXPECT_EQ((*refused["price_changes"].begin())["current"]["amount_minor"].integer(), after_minor)
      << refused.body;
  EXPECT_EQ(buyer.send(buyer.request("GET", "/api/v1/cart"))["count"].integer(), 2);
  EXPECT_EQ(world.available(goods), 8) << "the refused order holds something";

  auto dearer = world.order(buyer, {.sku_id = goods.sku_id, .quantity = 2, .expected_minor = after_minor});
  EXPECT_EQ(total_of(dearer), 2 * after_minor);
  for (const auto& order : {agreed, dearer}) {
    EXPECT_EQ(world.client.send(confirmation(redirect_of(order))).status, 303);
    auto paid = buyer.wait_for(order.text("order_id"), {"PAID"});
    EXPECT_EQ(total_of(paid), total_of(order));
    auto rows = world.bank.report().by_order()[order.text("order_id")];
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].captured_minor, total_of(order));
  }
  EXPECT_EQ(total_of(agreed), before_minor);
  world.expect_consistent();
}

}  // namespace
}  // namespace bramble::journeys
