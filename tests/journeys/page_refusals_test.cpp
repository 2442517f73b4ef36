// What goes wrong on the way is said, and there is always a way on.
#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/journeys/page_buyer.h"

namespace bramble::journeys {
namespace {

TEST(PageRefusals, ByTheBankWithItsReasonAndAnotherCardPaysTheSameOrder) {
  World world;
  PageBuyer buyer(world);
  buyer.sign_in();
  const std::pair<const char*, const char*> cases[] = {{"card_declined", "The bank declined the payment"},
                                                       {"card_empty", "wasn’t enough money on the card"}};
  for (const auto& [method, reason] : cases) {
    buyer.put_in_cart(world.plenty(), 2);
    auto back = buyer.pay(buyer.browser.open("/checkout"), method);
    EXPECT_EQ(back.path(), "/payment/return");
    auto said = buyer.wait_for(back.url, "Payment failed");
    EXPECT_TRUE(said.says(reason)) << said.text();
    EXPECT_FALSE(said.headers.has("Refresh"));
    auto order = "/orders/" + order_of(back);
    EXPECT_FALSE(said.has_form(order + "/again"));
    auto again = buyer.browser.submit(said, order + "/payments", {{"pay", "card_ok"}});
    EXPECT_EQ(again.path(), "/payment/return");
    EXPECT_TRUE(buyer.wait_for(again.url, "Your order is paid").says("Your order is paid"));
    // Sent a second time, it leads to the same.
    EXPECT_TRUE(
        buyer.browser.submit(said, order + "/payments", {{"pay", "card_ok"}}).says("Your order is paid"));
  }
  EXPECT_EQ(buyer.orders().size(), 2u);
  world.expect_consistent();
}

TEST(PageRefusals, ByThePayerOrByThreeWrongCodes) {
  World world;
  PageBuyer buyer(world);
  auto bank = buyer.order(world.plenty());
  auto back = buyer.browser.submit(bank, "", {}, {"cancel", "1"});
  EXPECT_TRUE(buyer.wait_for(back.url, "You cancelled the payment").says("You cancelled the payment"));

  buyer.put_in_cart(world.plenty());
  bank = buyer.pay(buyer.browser.open("/checkout"));
  for (int i = 0; i < 2; ++i) bank = buyer.browser.submit(bank, "", {{"code", "0000"}});
  back = buyer.browser.submit(bank, "", {{"code", "0000"}});
  EXPECT_EQ(back.path(), "/payment/return");
  EXPECT_TRUE(buyer.wait_for(back.url, "incorrectly three times").says("incorrectly three times"));
  world.expect_consistent();
}

TEST(PageRefusals, WhenTheTimeToPayIsOver) {
  World world({"orders.hold_ms=4000", "orders.session_margin_ms=2500"});
  PageBuyer buyer(world);
  auto bank = buyer.order(world.plenty());
  auto back = world.instance.storefront() + "/payment/return?order_id=" + buyer.orders().at(0);
  auto waiting = buyer.browser.open(back);
  EXPECT_TRUE(waiting.says("The bank hasn’t received your confirmation yet") ||
              waiting.says("The time to pay has run out"))
      << waiting.text();
  auto over = buyer.wait_for(back, "The time to pay has run out");
  EXPECT_TRUE(over.says("The time to pay has run out")) << over.text();
  EXPECT_TRUE(over.has_form("/orders/" + order_of(over) + "/again"));
  EXPECT_EQ(buyer.browser.open(bank.url).status, 410);
  world.expect_consistent();
}

TEST(PageRefusals, GoodsThatSomebodyElseBoughtMeanwhileAreNamedAndTheRestCanBeOrdered) {
  World world;
  PageBuyer buyer(world);
  auto other = world.buyer();
  const auto& rare = world.only(2);
  const auto& plenty = world.plenty();
  buyer.sign_in();
  buyer.put_in_cart(rare, 2);
  buyer.put_in_cart(plenty);
  auto checkout = buyer.browser.open("/checkout");
  world.order(other, {.sku_id = rare.sku_id, .quantity = 1, .method = card("tok_ok")});
  auto refused = buyer.pay(checkout);
  EXPECT_EQ(refused.status, 409);
  EXPECT_TRUE(refused.says("Some items sold out")) << refused.text();
  EXPECT_TRUE(refused.says("Only 1 left")) << refused.text();
  auto fitted = buyer.browser.submit(refused, "/cart/fit");
  EXPECT_EQ(fitted.path(), "/checkout");
  EXPECT_TRUE(fitted.says("2 items")) << fitted.text();
  EXPECT_TRUE(buyer.pay(fitted).url.starts_with(world.instance.sandbox()));

  // Now nothing of it is left at all.
  PageBuyer late(world);
  late.put_in_cart(rare);
  auto cart = late.browser.open("/cart");
  EXPECT_TRUE(cart.says("Sold out")) << cart.text();
  EXPECT_FALSE(cart.has_link("/checkout"));
  world.expect_consistent();
}

TEST(PageRefusals, APriceThatChangedIsShownAndOnlyThenPaid) {
  World world;
  PageBuyer buyer(world);
  const auto& goods = world.plenty();
  buyer.sign_in();
  buyer.put_in_cart(goods);
  auto checkout = buyer.browser.open("/checkout");
  HtmlForm form;
  for (const auto& found : forms_of(checkout.html)) {
    if (found.id == "order") form = found;
  }
  // As if the page had been made when it cost one rouble less.
  auto shown = std::to_string(goods.price_minor);
  auto before = std::to_string(goods.price_minor - 100);
  auto point = form.choices.find("point")->second;
  auto refused =
      buyer.browser.send(checkout.url, form,
                         {{"line", goods.sku_id + " 1 " + before}, {"point", point}, {"pay", "card_ok"}});
  EXPECT_EQ(refused.status, 409);
  EXPECT_TRUE(refused.says("Prices have changed while you were choosing")) << refused.text();
  EXPECT_TRUE(buyer.orders().empty());
  EXPECT_NE(refused.html.find(goods.sku_id + " 1 " + shown), std::string::npos);
  EXPECT_TRUE(
      buyer.wait_for(buyer.pay(refused, "card_ok").url, "Your order is paid").says("Your order is paid"));
  world.expect_consistent();
}

TEST(PageRefusals, AFormWithoutAPointOrAWayToPayIsShownAgain) {
  World world;
  PageBuyer buyer(world);
  buyer.sign_in();
  buyer.put_in_cart(world.plenty());
  auto checkout = buyer.browser.open("/checkout");
  HtmlForm form;
  for (const auto& found : forms_of(checkout.html)) {
    if (found.id == "order") form = found;
  }
  auto without_point = buyer.browser.send(checkout.url, form, {{"point", ""}});
  EXPECT_EQ(without_point.status, 422);
  EXPECT_TRUE(without_point.says("Choose a pickup point")) << without_point.text();
  auto gone = buyer.browser.send(checkout.url, form, {{"point", "pp_gone"}});
  EXPECT_EQ(gone.status, 422);
  EXPECT_TRUE(gone.says("This pickup point has closed")) << gone.text();
  EXPECT_EQ(buyer.browser.send(checkout.url, form, {{"point", "pp_gone"}, {"pay", "gold"}}).status, 422);
  EXPECT_TRUE(buyer.orders().empty());
  world.expect_consistent();
}

TEST(PageRefusals, PhonesAndCodesThatAreWrongEndedOrTooMany) {
  World world;
  PageBuyer buyer(world);
  auto page = buyer.browser.open("/sign-in");
  auto wrong = buyer.browser.submit(page, "/sign-in", {{"phone", "12"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(wrong.says("The number is missing some digits")) << wrong.text();

  auto asked = buyer.browser.submit(page, "/sign-in", {{"phone", "8" + buyer.phone.substr(2)}});
  ASSERT_EQ(asked.path(), "/sign-in/code");
  EXPECT_TRUE(asked.says("You can request a new code in")) << asked.text();
  // The same browser returns to the code that it waits for; another browser reads how long to wait.
  EXPECT_EQ(buyer.browser.submit(page, "/sign-in", {{"phone", buyer.phone}}).path(), "/sign-in/code");
  Browser stranger(world.client, world.instance.storefront(), "en");
  auto too_many = stranger.submit(stranger.open("/sign-in"), "/sign-in", {{"phone", buyer.phone}});
  EXPECT_EQ(too_many.status, 429);
  EXPECT_TRUE(too_many.says("You can request a new one in")) << too_many.text();
  EXPECT_TRUE(too_many.headers.has("Retry-After"));

  auto bad = buyer.code() == "111111" ? "222222" : "111111";
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(buyer.browser.submit(asked, "/sign-in/code", {{"code", bad}}).says("That code isn’t right"));
  }
  auto ended = buyer.browser.submit(asked, "/sign-in/code", {{"code", buyer.code()}});
  EXPECT_TRUE(ended.says("This code no longer works")) << ended.text();
  EXPECT_EQ(buyer.browser.open("/account").path(), "/sign-in");
  world.expect_consistent();
}

}  // namespace
}  // namespace bramble::journeys
