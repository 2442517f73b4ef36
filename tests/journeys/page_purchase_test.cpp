// The buyer's way through the pages, by forms and links alone.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/journeys/page_buyer.h"

namespace bramble::journeys {
namespace {

TEST(PagePurchase, FromThePhoneToThePaidOrderByFormsAlone) {
  World world;
  PageBuyer buyer(world);
  const auto& goods = world.plenty();

  auto found = buyer.browser.submit(buyer.browser.open("/"), "/search", {{"q", ""}});
  EXPECT_EQ(found.path(), "/search");
  auto links = links_of(found.html);
  EXPECT_TRUE(std::any_of(links.begin(), links.end(),
                          [](const auto& link) { return link.starts_with("/product/"); }));
  auto cart = buyer.put_in_cart(goods, 2);
  EXPECT_EQ(cart.path(), "/cart");
  EXPECT_TRUE(cart.says("2 items")) << cart.text();
  ASSERT_TRUE(cart.has_link("/checkout"));

  // A stranger signs in on the way, and the cart comes along.
  auto sign_in = buyer.browser.open("/checkout");
  EXPECT_EQ(sign_in.path(), "/sign-in");
  auto asked = buyer.browser.submit(sign_in, "/sign-in", {{"phone", buyer.phone}});
  EXPECT_EQ(asked.path(), "/sign-in/code");
  auto wrong = buyer.browser.submit(asked, "/sign-in/code",
                                    {{"code", buyer.code() == "111111" ? "222222" : "111111"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(wrong.says("That code isn’t right")) << wrong.text();
  auto checkout = buyer.browser.submit(wrong, "/sign-in/code", {{"code", buyer.code()}});
  EXPECT_EQ(checkout.path(), "/checkout");
  EXPECT_TRUE(checkout.says("2 items")) << checkout.text();

  auto bank = buyer.pay(checkout);
  EXPECT_TRUE(bank.url.starts_with(world.instance.sandbox() + "/acs/")) << bank.url << bank.text();
  auto refused = buyer.browser.submit(bank, "", {{"code", "9999"}});
  EXPECT_EQ(refused.status, 400);
  EXPECT_TRUE(refused.says("Attempts left: 2")) << refused.text();
  auto back = buyer.browser.submit(refused, "", {{"code", "1234"}});
  EXPECT_EQ(back.path(), "/payment/return");
  auto paid = buyer.wait_for(back.url, "Your order is paid");
  EXPECT_TRUE(paid.says("Your order is paid")) << paid.text();
  EXPECT_FALSE(paid.headers.has("Refresh"));

  auto order = buyer.browser.open("/orders/" + order_of(paid));
  EXPECT_EQ(order.status, 200);
  EXPECT_TRUE(order.says("will start packing soon")) << order.text();
  EXPECT_NE(order.html.find("data-order-status=\"PAID\""), std::string::npos);
  EXPECT_EQ(buyer.orders().size(), 1U);
  EXPECT_TRUE(buyer.browser.open("/cart").says("Your cart is empty"));
  world.expect_consistent();
}

TEST(PagePurchase, WithoutABanksPageAndBySbpTheOrderIsPaidAsWell) {
  World world;
  PageBuyer buyer(world, "ru");
  auto at_once = buyer.order(world.plenty(), "card_ok");
  EXPECT_EQ(at_once.path(), "/payment/return");
  EXPECT_TRUE(buyer.wait_for(at_once.url, "Заказ оплачен").says("Заказ оплачен"));

  buyer.put_in_cart(world.plenty());
  auto bank = buyer.pay(buyer.browser.open("/checkout"), "sbp");
  auto back = buyer.browser.submit(bank, "", {}, {"confirm", "1"});
  EXPECT_TRUE(buyer.wait_for(back.url, "Заказ оплачен").says("Заказ оплачен"));
  EXPECT_EQ(buyer.orders().size(), 2U);
  world.expect_consistent();
}

TEST(PagePurchase, TheOrdersPageChangesAsTheWarehouseWorksUntilItIsTooLateToCancel) {
  World world;
  PageBuyer buyer(world);
  auto back = buyer.order(world.plenty(), "card_ok");
  buyer.wait_for(back.url, "Your order is paid");
  auto id = order_of(back);
  auto ask = buyer.browser.open("/orders/" + id + "/cancel");
  EXPECT_TRUE(ask.says("Cancel this order?")) << ask.text();
  auto worker = world.staff("warehouse");
  worker.pick(id);
  EXPECT_TRUE(
      buyer.wait_for("/orders/" + id, "packing your order right now").has_link("/orders/" + id + "/cancel"));
  worker.pack(id);
  EXPECT_FALSE(buyer.wait_for("/orders/" + id, "is packed").has_link("/orders/" + id + "/cancel"));
  // From a page that was open all the while.
  auto late = buyer.browser.submit(ask, "/orders/" + id + "/cancel");
  EXPECT_EQ(late.path(), "/orders/" + id);
  EXPECT_TRUE(late.says("The order couldn’t be cancelled")) << late.text();
  world.expect_consistent();
}

TEST(PagePurchase, AnOrderIsCancelledAndTheMoneyComesBack) {
  World world;
  PageBuyer buyer(world);
  auto back = buyer.order(world.plenty(), "card_ok");
  buyer.wait_for(back.url, "Your order is paid");
  auto path = "/orders/" + order_of(back);
  auto cancelled = buyer.browser.submit(buyer.browser.open(path + "/cancel"), path + "/cancel");
  EXPECT_EQ(cancelled.path(), path);
  EXPECT_TRUE(buyer.wait_for(path, "cancelled and refunded").says("Refunded"));
  EXPECT_FALSE(buyer.browser.open(path).has_link(path + "/cancel"));
  world.expect_consistent();
}

TEST(PagePurchase, SigningOutEndsTheSession) {
  World world;
  PageBuyer buyer(world);
  auto home = buyer.sign_in("/account");
  EXPECT_EQ(home.path(), "/account");
  EXPECT_TRUE(home.says("+7\u00A0902")) << home.text();
  buyer.browser.submit(home, "/sign-out");
  EXPECT_EQ(buyer.browser.open("/account").path(), "/sign-in");
  world.expect_consistent();
}

TEST(PagePurchase, OrdersComePageByPage) {
  World world;
  PageBuyer buyer(world);
  EXPECT_TRUE(buyer.sign_in("/orders").says("No orders yet"));
  for (int i = 0; i < 11; ++i) {
    buyer.put_in_cart(world.plenty());
    buyer.pay(buyer.browser.open("/checkout"), "card_ok");
  }
  EXPECT_EQ(buyer.orders().size(), 10U);
  auto first = buyer.browser.open("/orders");
  ASSERT_TRUE(first.has_link("/orders?page=2"));
  EXPECT_TRUE(buyer.browser.open("/orders?page=2").says("Page 2 of 2"));
  EXPECT_EQ(buyer.browser.open("/orders?page=99").url, world.instance.storefront() + "/orders?page=2");
  world.expect_consistent();
}

// The first message may come late, or the buyer may read the first one.
TEST(PagePurchase, TheCodeOfTheFirstOfTwoMessagesSignsInToo) {
  World world({"auth.resend_after_s=0"});
  PageBuyer buyer(world);
  auto asked = buyer.browser.submit(buyer.browser.open("/sign-in"), "/sign-in", {{"phone", buyer.phone}});
  ASSERT_EQ(asked.path(), "/sign-in/code");
  auto first = buyer.code();
  auto again = buyer.browser.submit(asked, "/sign-in", {});
  ASSERT_EQ(again.path(), "/sign-in/code");
  if (buyer.code() == first) GTEST_SKIP() << "the same by chance";
  auto in = buyer.browser.submit(again, "/sign-in/code", {{"code", first}});
  EXPECT_EQ(in.path(), "/") << in.text();
  EXPECT_EQ(buyer.browser.open("/orders").path(), "/orders") << "signed in";
}

}  // namespace
}  // namespace bramble::journeys
