// One cart makes one order: pressed twice, reloaded, sent again from a kept page or from another tab.
#include <gtest/gtest.h>

#include "tests/journeys/page_buyer.h"

namespace bramble::journeys {
namespace {

struct Ready {
  Page checkout;
  HtmlForm form;
  Fields choice;
};

Ready ready_to_pay(PageBuyer& buyer, const std::string& method) {
  Ready ready{buyer.browser.open("/checkout"), {}, {}};
  for (const auto& found : forms_of(ready.checkout.html)) {
    if (found.id == "order") ready.form = found;
  }
  ready.choice = {{"point", ready.form.choices.find("point")->second}, {"pay", method}};
  return ready;
}

TEST(PageIdempotency, ADoubleClickOnPayMakesOneOrderAndBothPressesEndAtItsBankPage) {
  World world;
  PageBuyer buyer(world);
  buyer.sign_in();
  buyer.put_in_cart(world.plenty());
  auto ready = ready_to_pay(buyer, "card_3ds");
  std::vector<HttpClientRequest> presses;
  for (int i = 0; i < 4; ++i) {
    auto press = buyer.browser.request_of(ready.checkout.url, ready.form, ready.choice);
    press.headers.add("Cookie",
                      "access=" + buyer.browser.cookie("access") + "; csrf=" + buyer.browser.cookie("csrf"));
    presses.push_back(std::move(press));
  }
  auto answers = world.client.send_all(std::move(presses));
  for (const auto& answer : answers) {
    EXPECT_EQ(answer.status, 303) << answer.body;
    EXPECT_EQ(answer.headers.get("Location"), answers.front().headers.get("Location"));
  }
  EXPECT_EQ(buyer.orders().size(), 1U);
  world.expect_consistent();
}

TEST(PageIdempotency, GoingBackAfterPayingAndPressingAgainShowsTheOrderThatWasMade) {
  World world;
  PageBuyer buyer(world);
  buyer.sign_in();
  buyer.put_in_cart(world.plenty());
  auto ready = ready_to_pay(buyer, "card_ok");
  auto back = buyer.browser.send(ready.checkout.url, ready.form, ready.choice);
  buyer.wait_for(back.url, "Your order is paid");
  auto again = buyer.browser.send(ready.checkout.url, ready.form, ready.choice);
  EXPECT_EQ(again.path(), "/orders/" + order_of(back));
  EXPECT_EQ(buyer.orders().size(), 1U);
  // A new checkout page: the cart is empty.
  EXPECT_EQ(buyer.browser.open("/checkout").path(), "/cart");
  // The kept page with another choice is not the form that was sent.
  ready.choice[1].second = "sbp";
  auto other = buyer.browser.send(ready.checkout.url, ready.form, ready.choice);
  EXPECT_EQ(buyer.orders().size(), 1U);
  EXPECT_EQ(other.path(), "/cart");
  world.expect_consistent();
}

TEST(PageIdempotency, TheSecondTabIsLedToTheOrderThatTheCartHasMade) {
  World world;
  PageBuyer buyer(world);
  buyer.sign_in();
  buyer.put_in_cart(world.plenty());
  auto first = ready_to_pay(buyer, "card_ok");
  auto second = ready_to_pay(buyer, "card_ok");
  EXPECT_NE(first.form.value("key"), second.form.value("key"));
  auto made = buyer.browser.send(first.checkout.url, first.form, first.choice);
  auto told = buyer.browser.send(second.checkout.url, second.form, second.choice);
  EXPECT_EQ(told.path(), "/orders/" + order_of(made)) << told.text();
  EXPECT_EQ(buyer.orders().size(), 1U);

  // What was put in meanwhile is not ordered unseen either.
  buyer.put_in_cart(world.plenty());
  auto changed = buyer.browser.send(second.checkout.url, second.form, second.choice);
  EXPECT_EQ(changed.status, 409);
  EXPECT_TRUE(changed.says("Your cart changed while this page was open")) << changed.text();
  EXPECT_EQ(buyer.orders().size(), 1U);
  world.expect_consistent();
}

TEST(PageIdempotency, WhenTheBankIsInTroubleTheSameFormFindsOutWhatBecameOfTheOrder) {
  World world({"payments.bank_patience_ms=300"});
  PageBuyer buyer(world);
  buyer.sign_in();
  buyer.put_in_cart(world.plenty());
  world.bank.misbehave(R"({"api":{"error_rate":1.0}})");
  auto ready = ready_to_pay(buyer, "card_ok");
  auto first = buyer.browser.send(ready.checkout.url, ready.form, ready.choice);
  EXPECT_TRUE(first.status == 200 || first.status == 503) << first.text();
  // Asked when the buyer comes back, the bank may know by then.
  EXPECT_TRUE(first.says("We’re asking your bank") || first.says("taking longer than usual") ||
              first.says("Your order is paid"))
      << first.text();
  world.bank.behave();
  auto second = buyer.browser.send(ready.checkout.url, ready.form, ready.choice);
  EXPECT_LT(second.status, 500) << second.text();
  EXPECT_EQ(buyer.orders().size(), 1U);
  world.expect_consistent();
}

}  // namespace
}  // namespace bramble::journeys
