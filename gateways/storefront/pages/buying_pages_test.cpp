// The pages on fakes: hostile words wherever somebody's words are shown, and what only a fake can bring
// about.
#include "gateways/storefront/pages/buying_pages.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/text.h"
#include "storefront_page_files.h"
#include "testing/clock.h"
#include "testing/fakes/fake_auth.h"
#include "testing/fakes/fake_catalog.h"
#include "testing/fakes/fake_inventory.h"
#include "testing/fakes/fake_notifications.h"
#include "testing/fakes/fake_payments.h"
#include "testing/fakes/fake_pickup.h"
#include "testing/fakes/quiet_logger.h"
#include "testing/fakes/quiet_metrics.h"
#include "testing/run.h"

namespace bramble::storefront {
namespace {

const std::string hostile = "<script>alert(1)</script>\" onmouseover=\"alert(2)' {{X:none}} [[y]]";

class OneCart final : public cart::CartApi {
 public:
  Task<cart::CartView> get(Call, cart::CartRequest) override { co_return view; }
  Task<cart::CartView> put_item(Call, cart::PutItemRequest request) override {
    if (!refusal.empty()) throw Error(ErrorCode::conflict, refusal, "no room");
    puts.push_back(std::move(request));
    co_return view;
  }
  Task<cart::CountReply> count(Call, cart::CartRequest) override { co_return cart::CountReply{view.count}; }
  Task<Empty> clear(Call, cart::CartRequest) override { not_faked(); }
  Task<cart::CartView> merge(Call, cart::MergeRequest) override { co_return view; }
  Task<Empty> remove_ordered(Call, cart::RemoveOrderedRequest request) override {
    taken.push_back(request.order_id);
    co_return Empty{};
  }

  std::vector<OrderId> taken;
  cart::CartView view;
  std::string refusal;
  std::vector<cart::PutItemRequest> puts;
};

class OneOrder final : public orders::OrdersApi {
 public:
  Task<orders::CreateReply> create(Call, orders::CreateRequest request) override {
    asked.push_back(std::move(request));
    if (is_too_large) throw_invalid("items", "too_many", "at most 200 units");
    if (is_down) throw Error(ErrorCode::unavailable, "down", "orders are down");
    co_return reply;
  }
  Task<orders::OrderView> get(Call, orders::GetRequest) override { co_return view; }
  Task<orders::ListReply> list(Call, orders::ListRequest) override {
    co_return orders::ListReply{summaries, 1};
  }
  Task<orders::CancelReply> cancel(Call, orders::CancelRequest) override { not_faked(); }
  Task<orders::StartPaymentReply> start_payment(Call, orders::StartPaymentRequest request) override {
    started.push_back(std::move(request));
    co_return start;
  }
  Task<orders::OrderView> ask_bank(Call, orders::GetRequest) override {
    ++times_asked;
    if (is_down) throw Error(ErrorCode::unavailable, "down", "the bank is down");
    co_return view;
  }
  Task<orders::StaffActionReply> act(Call, orders::StaffActionRequest) override { not_faked(); }
  Task<Empty> end_action(Call, orders::EndActionRequest) override { not_faked(); }
  Task<orders::OrderDetails> get_order_details(Call, orders::GetRequest) override { not_faked(); }
  Task<orders::SearchReply> search(Call, orders::SearchRequest) override { not_faked(); }
  Task<orders::SearchReply> list_unfinished(Call, orders::ListUnfinishedRequest) override { not_faked(); }

  orders::OrderView view;
  std::vector<orders::OrderSummary> summaries;
  orders::CreateReply reply;
  bool is_down = false;
  bool is_too_large = false;
  int times_asked = 0;
  orders::StartPaymentReply start;
  std::vector<orders::StartPaymentRequest> started;
  std::vector<orders::CreateRequest> asked;
};

class BuyingPagesTest : public testing::Test {
 protected:
  BuyingPagesTest()
      : site(pages::storefront_page_files(), session,
             {.public_url = "http://shop.test",
              .asset_url = [](std::string_view name) { return "/assets/" + std::string(name); }}),
        pages(site, {auth, cart, catalog, inventory, notifications, orders, payments, pickup}, clock, random,
              {.return_url = "http://shop.test/payment/return", .inbox_url = ""}) {
    edge::RouterHooks hooks;
    hooks.authenticate = [](const edge::RouteInfo&, edge::HttpCall&) -> Task<Caller> {
      co_return Caller{CallerKind::buyer, "usr_1", {}, ""};
    };
    hooks.show_failure = [this](const edge::RouteInfo& info, const edge::HttpCall& http,
                                std::string_view code,
                                HttpResponse& response) { site.show_failure(info, http, code, response); };
    router = std::make_unique<edge::Router>(clock, random, metrics, log,
                                            edge::RouterOptions{.server = "test"}, std::move(hooks));
    router->add(pages.routes());
    fill();
  }

  void fill() {
    cart::CartLine line{SkuId("sku_1"),       ProductId("prd_1"),    hostile,
                        {{hostile, hostile}}, "javascript:alert(3)", 2,
                        rub(100'000),         rub(200'000),          5,
                        rub(90'000)};
    cart.view = {{line}, {rub(200'000), {}, {}, rub(200'000)}, 2};
    auto& order = orders.view;
    order.order_id = OrderId("ord_1");
    order.status = orders::OrderStatus::pending_payment;
    order.total = rub(200'000);
    order.items = {{SkuId("sku_1"),
                    ProductId("prd_1"),
                    hostile,
                    {{hostile, hostile}},
                    2,
                    rub(100'000),
                    rub(200'000),
                    orders::OrderStatus::pending_payment,
                    "javascript:alert(3)"}};
    order.payment.status = payments::PaymentStatus::requires_action;
    order.payment.redirect_url = "javascript:alert(4)";
    order.pickup_point = orders::PickupPlace{hostile, hostile, 55, 37};
    orders.summaries = {{OrderId("ord_1"),
                         order.status,
                         order.total,
                         {},
                         2,
                         {},
                         {{ProductId("prd_1"), hostile, "javascript:alert(3)", 2}}}};
  }

  HttpResponse ask(HttpRequest request) {
    request.headers.add("Accept-Language", "en");
    request.headers.add("Accept", "text/html");
    return run_sync(router->handler()(std::move(request)));
  }
  HttpResponse get(std::string path, std::string query = {}) {
    return ask({.method = "GET", .path = std::move(path), .query = std::move(query)});
  }
  // With a token as a page has it.
  HttpResponse post(std::string path, std::string fields) {
    auto page = get("/cart");
    auto cookie = std::string(page.headers.get("Set-Cookie"));
    auto at = page.body.find("name=\"csrf\" value=\"") + 19;
    HttpRequest request{.method = "POST", .path = std::move(path)};
    request.headers.add("Cookie", cookie.substr(0, cookie.find(';')));
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    request.body =
        "csrf=" + percent_encode(page.body.substr(at, page.body.find('"', at) - at)) + "&" + fields;
    return ask(std::move(request));
  }
  HttpResponse pay() {
    return post("/checkout", "key=0123456789abcdef0123456789abcdef&point=pp_1&pay=sbp&line=sku_1+2+100000");
  }
  static bool has(const HttpResponse& response, std::string_view text) {
    return response.body.find(text) != std::string::npos;
  }

  TestClock clock;
  SeededRandom random;
  QuietMetrics metrics;
  QuietLogger log;
  FakeAuth auth;
  OneCart cart;
  FakeCatalog catalog;
  FakeInventory inventory;
  FakeNotifications notifications;
  OneOrder orders;
  FakePayments payments;
  FakePickup pickup;
  edge::BrowserSession session{clock, random, auth, {"storefront", "http://shop.test", "a key"}};
  pages::Site site;
  BuyingPages pages;
  std::unique_ptr<edge::Router> router;
};

TEST_F(BuyingPagesTest, NobodysWordsAreMarkupOrLeadToPrograms) {
  for (const char* path : {"/cart", "/checkout", "/orders", "/orders/ord_1", "/orders/ord_1/cancel"}) {
    orders.view.can_cancel = true;
    auto page = get(path);
    EXPECT_EQ(page.status, 200) << path << page.body;
    EXPECT_FALSE(has(page, "<script>alert")) << path;
    EXPECT_FALSE(has(page, "\" onmouseover")) << path;
    EXPECT_FALSE(has(page, "=\"javascript:")) << path;
  }
  auto page = get("/payment/return", "order_id=ord_1");
  EXPECT_FALSE(has(page, "=\"javascript:"));
  EXPECT_TRUE(has(get("/cart"), "&lt;script&gt;alert(1)"));
  EXPECT_TRUE(has(get("/orders/ord_1"), "&lt;script&gt;alert(1)"));
}

TEST_F(BuyingPagesTest, TheCartSaysThatAPriceHasChanged) {
  EXPECT_TRUE(has(get("/cart"), "Price went up: was"));
  cart.view.items[0].price_before = rub(110'000);
  EXPECT_TRUE(has(get("/cart"), "Price dropped: was"));
  cart.view.items[0].price_before.reset();
  EXPECT_FALSE(has(get("/cart"), "Price went"));
}

TEST_F(BuyingPagesTest, AQuantityThatIsNoneIsSaidAtItsLineAndChangesNothing) {
  for (const char* typed : {"-1", "2.5", "100", "many", "", "99999999999999999999"}) {
    auto page = post("/cart/items/sku_1", "quantity=" + std::string(typed));
    EXPECT_EQ(page.status, 422) << typed;
    EXPECT_TRUE(has(page, "id=\"problem-sku_1\" role=\"alert\">The quantity is a whole number")) << typed;
    EXPECT_TRUE(has(page, "aria-describedby=\"problem-sku_1\" autofocus")) << typed;
    EXPECT_EQ(post("/cart/items", "sku_id=sku_2&quantity=" + std::string(typed)).status, 422) << typed;
  }
  EXPECT_EQ(post("/cart/items", "sku_id=sku_2&quantity=0").status, 422);
  EXPECT_TRUE(cart.puts.empty());
}

TEST_F(BuyingPagesTest, TheFirstButtonOfALineSavesWhatWasTyped) {
  auto page = get("/cart").body;
  auto form = page.substr(page.find("action=\"/cart/items/sku_1\""));
  auto button = form.substr(form.find("<button"));
  button = button.substr(0, button.find('>'));
  EXPECT_NE(button.find("type=\"submit\""), std::string::npos) << button;
  EXPECT_EQ(button.find("name="), std::string::npos) << button;
  EXPECT_EQ(post("/cart/items/sku_1", "quantity=7").status, 303);
  ASSERT_EQ(cart.puts.size(), 1u);
  EXPECT_EQ(cart.puts[0].quantity, 7);
}

TEST_F(BuyingPagesTest, ALineThatWasTakenOutCanBePutBack) {
  auto answer = post("/cart/items/sku_1", "set=0");
  EXPECT_EQ(answer.headers.get("Location"), "/cart?removed=sku_1&quantity=2");
  catalog.put("sku_1", 100'000);
  cart.view = {};
  auto page = get("/cart", "removed=sku_1&quantity=2");
  EXPECT_TRUE(has(page, "Removed from your cart: Title of sku_1"));
  EXPECT_TRUE(has(page, "action=\"/cart/items/sku_1\""));
  EXPECT_TRUE(has(page, "name=\"quantity\" value=\"2\""));
  EXPECT_FALSE(has(get("/cart", "removed=sku_none&quantity=2"), "Removed from"));
  EXPECT_FALSE(has(get("/cart", "removed=sku_1&quantity=x"), "Removed from"));
}

TEST_F(BuyingPagesTest, WhatACartHasNoRoomForIsSaidAtItsLine) {
  cart.refusal = "cart_units";
  cart.view.items[0].most = 4;
  auto page = post("/cart/items/sku_1", "quantity=9");
  EXPECT_EQ(page.status, 409);
  EXPECT_TRUE(has(page, "You can take up to 4 of this one."));
  EXPECT_TRUE(has(page, "value=\"9\""));
  EXPECT_TRUE(has(post("/cart/items", "sku_id=sku_2&quantity=1"), "already has 200 items"));
  cart.refusal.clear();
  cart.view.left_out = {{SkuId("sku_3"), hostile, 14}};
  auto merged = get("/cart");
  EXPECT_TRUE(has(merged, "not everything fitted"));
  EXPECT_TRUE(has(merged, " × 14</li>"));
  EXPECT_FALSE(has(merged, "<script>alert"));
  EXPECT_TRUE(has(get("/checkout"), " × 14</li>")) << "sign-in leads back there";
}

TEST_F(BuyingPagesTest, AnOrderThatWaitsIsShownInTheCartAndAmongTheOrders) {
  orders.view.payment.redirect_url = "http://bank.test/acs/1";
  for (const char* path : {"/cart", "/orders"}) {
    auto page = get(path);
    EXPECT_TRUE(has(page, "href=\"/orders/ord_1/pay\" data-pay-until=\"")) << path;
    EXPECT_EQ(page.headers.get("Cache-Control"), "no-store") << path;
  }
  EXPECT_EQ(get("/orders/ord_1/pay").headers.get("Location"), "http://bank.test/acs/1");
  cart.view.items[0].available = 0;
  EXPECT_TRUE(has(get("/cart"), "held for your unpaid order"));
  orders.view.payment.status = payments::PaymentStatus::processing;
  EXPECT_FALSE(has(get("/cart"), "/pay\""));
  EXPECT_EQ(get("/orders/ord_1/pay").headers.get("Location"), "/orders/ord_1");
}

TEST_F(BuyingPagesTest, AnOrderThatIsTooLargeIsSaidInTheCart) {
  orders.is_too_large = true;
  auto page = pay();
  EXPECT_EQ(page.status, 409);
  EXPECT_TRUE(has(page, "One order can have up to 200 items."));
}

TEST_F(BuyingPagesTest, ADeclinedPaymentMayBeTriedInAnotherWayAtOnce) {
  orders.view.payment.status = payments::PaymentStatus::declined;
  orders.view.payment.decline_reason = "insufficient_funds";
  orders.view.payment.attempts_left = 1;
  orders.view.can_pay = true;
  for (const auto& page : {get("/payment/return", "order_id=ord_1"), get("/orders/ord_1")}) {
    EXPECT_TRUE(has(page, "There wasn’t enough money on the card."));
    EXPECT_TRUE(has(page, "action=\"/orders/ord_1/payments\""));
    EXPECT_TRUE(has(page, "1 attempt left."));
    EXPECT_FALSE(has(page, "/orders/ord_1/again"));
  }
  EXPECT_TRUE(has(get("/cart"), "Choose another way to pay"));
  const std::string fields = "key=0123456789abcdef0123456789abcdef&pay=sbp";
  orders.start.payment = orders.view.payment;
  orders.start.payment->redirect_url = "http://bank.test/acs/2";
  EXPECT_EQ(post("/orders/ord_1/payments", fields).headers.get("Location"), "http://bank.test/acs/2");
  ASSERT_EQ(orders.started.size(), 1u);
  EXPECT_EQ(orders.started[0].payment_method.type, "sbp");
  EXPECT_EQ(orders.started[0].idempotency_key, "page:0123456789abcdef0123456789abcdef");
  orders.start.outcome = orders::StartPaymentOutcome::unknown;
  EXPECT_EQ(post("/orders/ord_1/payments", fields).headers.get("Location"), "/payment/return?order_id=ord_1");
  orders.start.outcome = orders::StartPaymentOutcome::too_many;
  EXPECT_EQ(post("/orders/ord_1/payments", fields).headers.get("Location"), "/orders/ord_1?said=too_many");
  orders.view.can_pay = false;
  auto over = get("/orders/ord_1", "said=too_many");
  EXPECT_TRUE(has(over, "There are no payment attempts left."));
  EXPECT_FALSE(has(over, "action=\"/orders/ord_1/payments\""));
}

TEST_F(BuyingPagesTest, WhoComesBackFromTheBankIsNotSentToPayAgainWhileItCannotBeAsked) {
  orders.view.payment.redirect_url = "http://bank.test/acs/1";
  auto page = get("/payment/return", "order_id=ord_1");
  EXPECT_EQ(orders.times_asked, 1);
  EXPECT_TRUE(has(page, "class=\"button button--primary\" href=\"/payment/return?order_id=ord_1"));
  EXPECT_TRUE(has(page, "class=\"button button--quiet\" href=\"http://bank.test/acs/1\""));
  orders.view.payment.bank_unreachable_since = clock.now();
  for (const auto& asking : {get("/payment/return", "order_id=ord_1"), get("/orders/ord_1"), get("/cart")}) {
    EXPECT_TRUE(has(asking, "asking your bank"));
    EXPECT_FALSE(has(asking, "bank.test"));
    EXPECT_FALSE(has(asking, "/orders/ord_1/pay\""));
  }
  // What we know is shown also when nobody can be asked.
  orders.is_down = true;
  EXPECT_EQ(get("/payment/return", "order_id=ord_1").status, 200);
}

TEST_F(BuyingPagesTest, ARealBanksWaysToPayAreOfferedAndNoTestCards) {
  auto page = get("/checkout");
  EXPECT_TRUE(has(page, "name=\"pay\" form=\"order\" value=\"card\""));
  EXPECT_TRUE(has(page, "value=\"sbp\""));
  EXPECT_FALSE(has(page, "value=\"card_"));
  EXPECT_TRUE(has(page, "Bank card"));
}

TEST_F(BuyingPagesTest, PayNamesTheCartThatWasShown) {
  cart.view.version = "42";
  EXPECT_TRUE(has(get("/checkout"), "name=\"cart_version\" value=\"42\""));
  orders.reply.order = orders.view;
  post("/checkout",
       "key=0123456789abcdef0123456789abcdef&point=pp_1&pay=sbp&line=sku_1+2+100000&cart_version=41");
  ASSERT_EQ(orders.asked.size(), 1u);
  ASSERT_TRUE(orders.asked[0].cart.has_value());
  EXPECT_EQ(orders.asked[0].cart->expected_version, "41");
  orders.reply.outcome = orders::CreateOutcome::cart_changed;
  EXPECT_TRUE(has(pay(), "Your cart changed while this page was open."));
  cart.view.items[0].price = rub(120'000);
  EXPECT_TRUE(has(pay(), "Prices have changed while you were choosing"));
  orders.reply.outcome = orders::CreateOutcome::cart_ordered;
  orders.reply.claimed_by = OrderId("ord_first");
  cart.taken.clear();
  EXPECT_EQ(pay().headers.get("Location"), "/orders/ord_first");
  EXPECT_EQ(cart.taken.size(), 1u) << "its first request may have died with the goods still in the cart";
}

TEST_F(BuyingPagesTest, PayOrdersWhatWasShownAtThePricesThatWereShown) {
  orders.reply.order = orders.view;
  auto answer = pay();
  EXPECT_EQ(answer.status, 303);
  ASSERT_EQ(orders.asked.size(), 1u);
  auto asked = orders.asked[0];
  EXPECT_EQ(asked.user_id, UserId("usr_1"));
  EXPECT_EQ(asked.delivery.pickup_point_id, PickupPointId("pp_1"));
  EXPECT_EQ(asked.payment_method.type, "sbp");
  ASSERT_EQ(asked.items.size(), 1u);
  EXPECT_EQ(asked.items[0].quantity, 2);
  EXPECT_EQ(asked.items[0].expected_price, rub(100'000));
  EXPECT_EQ(pay().status, 303);
  EXPECT_EQ(orders.asked[1].idempotency_key, asked.idempotency_key);
  EXPECT_EQ(orders.asked[1].idempotency_digest, asked.idempotency_digest);
}

TEST_F(BuyingPagesTest, WhenNobodyKnowsWhetherThereIsAnOrderTheSameFormAsksAgain) {
  orders.is_down = true;
  auto page = pay();
  EXPECT_EQ(page.status, 503);
  EXPECT_TRUE(has(page, "value=\"0123456789abcdef0123456789abcdef\""));
  EXPECT_TRUE(has(page, "value=\"sku_1 2 100000\""));
  EXPECT_TRUE(has(page, "value=\"pp_1\""));
}

TEST_F(BuyingPagesTest, APartThatNoWarehouseFoundIsSaidWithItsMoney) {
  orders.view.status = orders::OrderStatus::assembling;
  orders.view.refunds = {{SkuId("sku_1"), 1, rub(100'000), "not_found", true, {}}};
  auto page = get("/orders/ord_1");
  EXPECT_TRUE(has(page, "1 item wasn’t found; we’ve refunded"));
  orders.view.refunds[0].done = false;
  EXPECT_TRUE(has(get("/orders/ord_1"), "is on its way."));
}

TEST_F(BuyingPagesTest, AMissingLineIsMarkedAndTheNetTotalShownBeforeAndAfterItsRefund) {
  orders.view.status = orders::OrderStatus::ready_to_ship;
  orders.view.total = rub(300'000);
  orders::OrderLine line;
  line.sku_id = SkuId("sku_1");
  line.title = "Blue mug";
  line.quantity = 2;
  line.price = rub(100'000);
  line.line_total = rub(200'000);
  line.status = orders::OrderStatus::ready_to_ship;
  auto gone = line;
  gone.quantity = 1;
  gone.line_total = rub(100'000);
  orders.view.items = {line, gone};
  orders.view.refunds = {{SkuId("sku_1"), 1, rub(100'000), "not_found", false, {}}};
  for (auto status : {orders::OrderStatus::cancelled, orders::OrderStatus::refunded}) {
    orders.view.items[1].status = status;
    auto page = get("/orders/ord_1");
    EXPECT_TRUE(has(page, "Not found in the warehouse")) << to_string(status);
    EXPECT_TRUE(has(page, "Blue mug: 1 item wasn’t found")) << to_string(status);
    EXPECT_TRUE(has(page, "Total after refund")) << to_string(status);
    EXPECT_TRUE(has(page, "2,000")) << to_string(status);
  }
  orders.view.refunds[0].reason = "called_off";
  EXPECT_TRUE(has(get("/orders/ord_1"), "Cancelled as agreed"));
}

TEST_F(BuyingPagesTest, ACancelThatIsNotDecidedYetIsShown) {
  orders.view.status = orders::OrderStatus::paid;
  orders.view.cancel_requested = true;
  auto page = get("/orders/ord_1");
  EXPECT_TRUE(has(page, "You asked to cancel this order."));
  EXPECT_FALSE(has(page, "/orders/ord_1/cancel\""));
}

}  // namespace
}  // namespace bramble::storefront
