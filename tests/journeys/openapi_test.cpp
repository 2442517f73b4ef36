// Every route is asked what it is there for, and its answer held against the OpenAPI document.
#include "tests/journeys/openapi.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/journeys/world.h"

namespace bramble::journeys {
namespace {

std::string json_text(const std::string& text) { return "\"" + text + "\""; }

class OpenApiTest : public testing::Test {
 protected:
  Reply ask(const std::string& route, HttpClientRequest request) {
    return api.ask("storefront", route, std::move(request));
  }
  Reply ask_ops(const std::string& route, const std::string& path, const Worker& who, std::string body = {}) {
    auto request = who.request(route.substr(0, route.find(' ')), path, std::move(body));
    return api.ask("ops", route, std::move(request));
  }
  Reply get_ops(const std::string& path, const Worker& who, const std::string& query = {}) {
    return ask_ops("GET " + path, path + query, who);
  }
  std::string shop(const std::string& path) const { return world.instance.storefront() + path; }

  void sign_in_and_out();
  void find_and_fill_the_cart();
  void order();
  void pick_and_look();
  void mend_a_receipt(const std::string& site);
  void act_on(const std::string& order);
  void use_a_browser();

  World world;
  OpenApi api{world.client, {{"storefront", world.instance.storefront()}, {"ops", world.instance.ops()}}};
  Buyer buyer = world.buyer();
  Worker admin = world.staff("admin");
};

void OpenApiTest::sign_in_and_out() {
  std::string phone = "+79015550001";
  auto codes = "POST /api/v1/auth/codes", tokens = "POST /api/v1/auth/tokens";
  auto challenge =
      ask(codes, with_json("POST", shop("/api/v1/auth/codes"), R"({"phone":)" + json_text(phone) + "}"));
  EXPECT_EQ(challenge.status, 202);
  EXPECT_EQ(ask(codes, with_json("POST", shop("/api/v1/auth/codes"), R"({"phone":"no"})")).status, 400);
  auto sms = world.client.send(get(world.instance.sandbox() + "/sms?phone=" + percent_encode(phone)));
  auto code = std::string((*sms["items"].begin())["code"].text());
  auto issued = ask(tokens, with_json("POST", shop("/api/v1/auth/tokens"),
                                      R"({"grant_type":"phone_code","challenge_id":)" +
                                          json_text(challenge.text("challenge_id")) + R"(,"code":)" +
                                          json_text(code) + "}"));
  EXPECT_EQ(issued.status, 200);
  auto refresh = json_text(issued.text("refresh_token"));
  EXPECT_EQ(ask("POST /api/v1/auth/sign-out",
                with_json("POST", shop("/api/v1/auth/sign-out"), R"({"refresh_token":)" + refresh + "}"))
                .status,
            204);
  EXPECT_EQ(ask(tokens, with_json("POST", shop("/api/v1/auth/tokens"),
                                  R"({"grant_type":"refresh_token","refresh_token":)" + refresh + "}"))
                .status,
            401);
  EXPECT_EQ(ask("GET /.well-known/jwks.json", get(shop("/.well-known/jwks.json"))).status, 200);
  EXPECT_EQ(ask("GET /health", get(shop("/health"))).status, 200);
}

void OpenApiTest::find_and_fill_the_cart() {
  const auto& goods = world.plenty();
  for (const char* query :
       {"", "?q=a&in_stock=true&limit=3", "?q=%D1%81%D0%B0%D0%BF%D0%BE%D0%B3%D0%B8", "?q=zzzz"})
    EXPECT_EQ(ask("GET /api/v1/search", get(shop("/api/v1/search") + query)).status, 200);
  EXPECT_EQ(ask("GET /api/v1/search", get(shop("/api/v1/search?limit=0"))).status, 400);
  EXPECT_EQ(ask("GET /api/v1/suggest", get(shop("/api/v1/suggest?q=%D1%81"))).status, 200);
  EXPECT_EQ(ask("GET /api/v1/categories", get(shop("/api/v1/categories"))).status, 200);
  for (const auto& [product, status] :
       {std::pair(goods.product_id, 200), std::pair(std::string("prd_none"), 404)})
    EXPECT_EQ(ask("GET /api/v1/products/{product_id}", get(shop("/api/v1/products/" + product))).status,
              status);
  EXPECT_EQ(ask("GET /api/v1/pickup-points", get(shop("/api/v1/pickup-points?lat=55.7&lon=37.6"))).status,
            200);
  auto path = "/api/v1/cart/items/" + goods.sku_id;
  EXPECT_EQ(ask("PUT /api/v1/cart/items/{sku_id}", buyer.request("PUT", path, R"({"quantity":2})")).status,
            200);
  EXPECT_EQ(ask("GET /api/v1/cart", buyer.request("GET", "/api/v1/cart")).status, 200);
  EXPECT_EQ(ask("GET /api/v1/cart", get(shop("/api/v1/cart"))).status, 200);
  EXPECT_EQ(ask("DELETE /api/v1/cart", buyer.request("DELETE", "/api/v1/cart")).status, 200);
}

void OpenApiTest::order() {
  const auto& goods = world.plenty();
  auto create = "POST /api/v1/orders", see = "GET /api/v1/orders/{order_id}";
  auto cancel = "POST /api/v1/orders/{order_id}/cancel";
  for (const auto& method : {card("tok_3ds"), card("tok_declined"), card("tok_ok"), sbp()})
    EXPECT_EQ(ask(create, buyer.ordering({.sku_id = goods.sku_id, .method = method})).status, 201);
  EXPECT_EQ(ask(create, buyer.ordering({.sku_id = goods.sku_id, .expected_minor = 1})).status, 409);
  EXPECT_EQ(ask(create, buyer.ordering({.sku_id = world.only(1).sku_id, .quantity = 2})).status, 409);
  EXPECT_EQ(ask(create, buyer.ordering({.sku_id = "sku_none"})).status, 400);
  auto listed = ask("GET /api/v1/orders", buyer.request("GET", "/api/v1/orders"));
  EXPECT_EQ(listed["total"].integer(), 4) << listed.body;
  for (auto order : listed["items"]) {
    auto id = std::string(order["order_id"].text());
    EXPECT_EQ(ask(see, buyer.request("GET", "/api/v1/orders/" + id)).status, 200);
    EXPECT_EQ(ask("POST /api/v1/orders/{order_id}/payment-check", buyer.checking_payment(id)).status, 200);
    // An order that waits at the bank's page may be paid with another method; a paid one may not.
    auto paying = ask("POST /api/v1/orders/{order_id}/payments", buyer.paying(id, sbp())).status;
    EXPECT_TRUE(paying == 201 || paying == 409) << paying;
    EXPECT_EQ(ask(cancel, buyer.cancelling(id)).status / 100, 2);
    EXPECT_EQ(ask(see, buyer.request("GET", "/api/v1/orders/" + id)).status, 200);
  }
  EXPECT_EQ(ask(see, buyer.request("GET", "/api/v1/orders/ord_none")).status, 404);
  EXPECT_EQ(ask(see, get(shop("/api/v1/orders/ord_none"))).status, 401);
}

void OpenApiTest::pick_and_look() {
  const auto& goods = world.only(5);
  auto id =
      world.order(buyer, {.sku_id = goods.sku_id, .quantity = 3, .method = card("tok_ok")}).text("order_id");
  ASSERT_EQ(buyer.wait_for(id, {"PAID"}).text("status"), "PAID");
  auto found = admin.tasks(id);
  auto task = *found["items"].begin();
  auto line = *task["lines"].begin();
  auto path = "/api/v1/warehouse/tasks/" + std::string(task["task_id"].text());
  auto place = R"("bin":)" + json_text(std::string(line["bin"].text())) + R"(,"barcode":)" +
               json_text(std::string(line["barcode"].text())) + R"(,"quantity":)";
  auto of_task = [&](const std::string& step, const std::string& body) {
    return ask_ops("POST /api/v1/warehouse/tasks/{task_id}/" + step, path + "/" + step, admin, body);
  };
  EXPECT_EQ(get_ops("/api/v1/warehouse/tasks", admin, "?type=pick&status=open").status, 200);
  EXPECT_EQ(of_task("take", "{}").status, 200);
  EXPECT_EQ(of_task("release", "").status, 200);
  EXPECT_EQ(of_task("scans", R"({"scan_id":"s1",)" + place + "99}").status, 409);
  EXPECT_EQ(of_task("shorts", R"({"short_id":"m1","reason":"not_found",)" + place + "1}").status, 200);
  EXPECT_EQ(of_task("scans", R"({"scan_id":"s1",)" + place + "2}").status, 200);
  EXPECT_EQ(ask_ops("GET /api/v1/warehouse/tasks/{task_id}", path, admin).status, 200);
  EXPECT_TRUE(eventually([&] { return buyer.view(id)["refunds"].size() == 1; }));
  EXPECT_EQ(ask("GET /api/v1/orders/{order_id}", buyer.request("GET", "/api/v1/orders/" + id)).status, 200);
  EXPECT_EQ(of_task("complete", R"({"package_barcode":"PKG-OPENAPI"})").status, 200);
  EXPECT_EQ(get_ops("/api/v1/warehouse/sites", admin).status, 200);
  EXPECT_EQ(get_ops("/api/v1/warehouse/stock", admin, "?sku_id=" + goods.sku_id).status, 200);
  EXPECT_EQ(get_ops("/api/v1/warehouse/goods", admin, "?sku_id=" + goods.sku_id).status, 200);
  EXPECT_EQ(ask_ops("POST /api/v1/warehouse/receipts", "/api/v1/warehouse/receipts", admin,
                    R"({"receipt_id":"openapi","site_id":)" + json_text(goods.site_id) +
                        R"(,"lines":[{"sku_id":)" + json_text(goods.sku_id) +
                        R"(,"quantity":1,"bin":"A-1"}]})")
                .status,
            201);
  mend_a_receipt(goods.site_id);
  // What the person on call sees of it, and does.
  act_on(id);
  EXPECT_EQ(get_ops("/api/v1/find", admin, "?q=" + id.substr(id.size() - 6)).status, 200);
  EXPECT_EQ(ask_ops("GET /api/v1/orders/{order_id}", "/api/v1/orders/" + id, admin).status, 200);
  EXPECT_EQ(ask_ops("POST /api/v1/orders/{order_id}/payment-check", "/api/v1/orders/" + id + "/payment-check",
                    admin, "{}")
                .status,
            200);
  EXPECT_EQ(ask_ops("GET /api/v1/stock/{sku_id}", "/api/v1/stock/" + goods.sku_id, admin).status, 200);
  for (const char* route : {"/api/v1/orders", "/api/v1/hanging-orders", "/api/v1/warehouse/movements",
                            "/api/v1/payments", "/api/v1/webhooks", "/api/v1/suspense", "/api/v1/counts",
                            "/api/v1/queues", "/api/v1/dead-letters", "/health"})
    EXPECT_EQ(get_ops(route, admin).status, 200) << route;
}

// What staff do to an order is in the security log, with how it ended.
void OpenApiTest::act_on(const std::string& order) {
  auto path = "/api/v1/orders/" + order;
  auto act = [&](const std::string& kind, std::int64_t version) {
    auto action = admin.request("POST", path + "/actions",
                                R"({"action":)" + json_text(kind) + R"(,"reason":"asked","version":)" +
                                    std::to_string(version) + "}");
    action.headers.add("Idempotency-Key", "openapi-" + kind + std::to_string(version));
    return api.ask("ops", "POST /api/v1/orders/{order_id}/actions", action);
  };
  EXPECT_EQ(act("resend_notice", 1).status, 409);
  for (const char* kind : {"resend_notice", "ask_bank"}) {
    // The order may still be moving.
    EXPECT_TRUE(eventually([&] {
      auto seen = ask_ops("GET /api/v1/orders/{order_id}", path, admin);
      return act(kind, seen["inspection"]["version"].integer()).text("state") == "done";
    })) << kind;
  }
  EXPECT_TRUE(eventually([&] {
    auto query = "?kind=order_action_ended&subject=" + order;
    return get_ops("/api/v1/security/events", admin, query)["items"].size() == 2;
  }));
}

void OpenApiTest::mend_a_receipt(const std::string& site) {
  // Until its grant has come to inventory, the receipt cannot be undone.
  EXPECT_TRUE(eventually([&] {
    return ask_ops("POST /api/v1/warehouse/receipts/{receipt_id}/undo",
                   "/api/v1/warehouse/receipts/openapi/undo", admin)
               .status == 200;
  }));
  auto path = "/api/v1/warehouse/sites/" + site + "/bins";
  auto tag =
      std::string(ask_ops("GET /api/v1/warehouse/sites/{site_id}/bins", path, admin).headers.get("ETag"));
  auto put = [&](const std::string& body, const std::string& if_match) {
    auto request = admin.request("PUT", path, body);
    if (!if_match.empty()) request.headers.add("If-Match", if_match);
    return api.ask("ops", "PUT /api/v1/warehouse/sites/{site_id}/bins", request);
  };
  constexpr auto plans = R"({"plans":["{A..H}-{1..60}","{A..H}-{01..60}-{1..9}"]})";
  auto stored = put(plans, tag);
  EXPECT_EQ(stored.status, 200);
  EXPECT_NE(stored.headers.get("ETag"), tag);
  EXPECT_EQ(put(plans, tag).status, 412);
  EXPECT_EQ(put(plans, "\"none of ours\"").status, 412);
  EXPECT_EQ(put(plans, "\"0\", " + std::string(stored.headers.get("ETag"))).status, 200);
  EXPECT_EQ(put(plans, "*").status, 200);
  // Neither a missing list nor an empty one clears the plans of bins with goods.
  EXPECT_EQ(put("{}", {}).status, 400);
  EXPECT_EQ(put(R"({"plans":null})", {}).status, 400);
  EXPECT_EQ(put(R"({"plans":[""]})", {}).status, 400);
  EXPECT_EQ(put(R"({"plans":[]})", {}).code(), "bins_in_use");
}

void OpenApiTest::use_a_browser() {
  EXPECT_EQ(api.ask("ops", "GET /session", get(world.instance.ops() + "/session")).status, 200);
  auto body = R"({"language":"en"})";
  EXPECT_EQ(api.ask("ops", "POST /preferences",
                    with_json("POST", world.instance.ops() + "/preferences", body))
                .status,
            204);
  auto leave = get(world.instance.ops() + "/session");
  leave.method = "DELETE";
  EXPECT_EQ(api.ask("ops", "DELETE /session", leave).status, 204);
}

TEST_F(OpenApiTest, DescribesEveryAnswerOfEveryRoute) {
  sign_in_and_out();
  find_and_fill_the_cart();
  order();
  pick_and_look();
  use_a_browser();
  // These need a password, a factor, an account of one's own or something that was given up; tests of their
  // own ask them.
  std::set<std::string> elsewhere = {"ops POST /api/v1/auth/tokens",
                                     "ops POST /session",
                                     "ops POST /session/second-factor",
                                     "ops POST /session/passkey",
                                     "ops POST /session/passkey-question",
                                     "ops GET /api/v1/dead-letters/detail",
                                     "ops POST /api/v1/dead-letters/replay",
                                     "ops POST /api/v1/auth/password",
                                     "ops GET /api/v1/account",
                                     "ops POST /api/v1/account/factors/drop",
                                     "ops POST /api/v1/account/passkeys",
                                     "ops POST /api/v1/account/passkeys/offer",
                                     "ops POST /api/v1/account/recovery-codes",
                                     "ops POST /api/v1/account/totp",
                                     "ops POST /api/v1/account/totp/confirm",
                                     "ops GET /api/v1/staff",
                                     "ops POST /api/v1/staff",
                                     "ops PUT /api/v1/staff/{user_id}/roles",
                                     "ops POST /api/v1/staff/{user_id}/disable",
                                     "ops POST /api/v1/staff/{user_id}/enable",
                                     "ops POST /api/v1/staff/{user_id}/reset-factors",
                                     "ops POST /api/v1/staff/{user_id}/reset-password"};
  EXPECT_EQ(api.unasked(), elsewhere);
  world.expect_consistent();
}

}  // namespace
}  // namespace bramble::journeys
