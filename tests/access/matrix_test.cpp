// Roles × routes × somebody else's objects: one row for each route, and what each of us gets there (I25).
#include <gtest/gtest.h>

#include <set>

#include "tests/access/cast.h"

namespace bramble::access {
namespace {

// What a request gets: `yes` is any answer but 401 and 403. An object of A's hides from others by 404.
enum class Gets { yes, sign_in, forbidden, not_found };

// Who is let in at a route. Tokens of the other gateway are as good as none, but they are not nothing: where
// signing in is optional they are refused.
enum class Door {
  open,       // to all: tokens are not looked at
  cart,       // with or without a buyer's token
  buyer,      // signed-in buyers
  own_order,  // the buyer whose order it is
  staff,      // every role of staff
  session,    // nobody and staff
  warehouse,  // workers and admins
  own_site,   // workers of the site of A's order, and admins
  support,    // support and admins
  admin,
  merchant,  // with the bank's API key
};

struct Row {
  const char* gateway;
  const char* method;
  const char* path;
  Door door;
  const char* body = "";  // good enough to be read
};

constexpr const char* receipt =
    R"({"receipt_id":"access-SITE","site_id":"SITE","lines":[{"sku_id":"SKU","quantity":1,"bin":"A-1"}]})";
constexpr const char* scan = R"({"scan_id":"access-1","bin":"no such bin","barcode":"none","quantity":1})";
constexpr const char* short_pick =
    R"({"short_id":"access-1","bin":"no such bin","barcode":"none","quantity":1,"reason":"not_found"})";
constexpr const char* order =
    R"({"items":[{"sku_id":"sku_none","quantity":1}],"delivery":{"type":"pickup","pickup_point_id":"pp_none"},)"
    R"("payment_method":{"type":"card","token":"tok_ok"}})";

constexpr const char* another_payment = R"({"payment_method":{"type":"card","token":"tok_declined"}})";

const Row rows[] = {
    {"storefront", "POST", "/api/v1/auth/codes", Door::open, R"({"phone":"none"})"},
    {"storefront", "POST", "/api/v1/auth/tokens", Door::open, R"({"grant_type":"none"})"},
    {"storefront", "POST", "/api/v1/auth/sign-out", Door::open, R"({"refresh_token":"none"})"},
    {"storefront", "GET", "/.well-known/jwks.json", Door::open},
    {"storefront", "GET", "/api/v1/search", Door::open},
    {"storefront", "GET", "/api/v1/suggest", Door::open},
    {"storefront", "GET", "/api/v1/categories", Door::open},
    {"storefront", "GET", "/api/v1/products/{product_id}", Door::open},
    {"storefront", "GET", "/api/v1/cart", Door::cart},
    {"storefront", "PUT", "/api/v1/cart/items/{sku_id}", Door::cart, R"({"quantity":1})"},
    {"storefront", "DELETE", "/api/v1/cart", Door::cart},
    {"storefront", "GET", "/api/v1/pickup-points", Door::open},
    {"storefront", "POST", "/api/v1/orders", Door::buyer, order},
    {"storefront", "GET", "/api/v1/orders", Door::buyer},
    {"storefront", "GET", "/api/v1/orders/{order_id}", Door::own_order},
    {"storefront", "POST", "/api/v1/orders/{order_id}/cancel", Door::own_order},
    {"storefront", "POST", "/api/v1/orders/{order_id}/payments", Door::own_order, another_payment},
    {"storefront", "POST", "/api/v1/orders/{order_id}/payment-check", Door::own_order},
    {"storefront", "GET", "/api/v1/events", Door::buyer},
    {"storefront", "POST", "/hooks/payments/{provider}", Door::open, "{}"},
    {"storefront", "GET", "/health", Door::open},
    {"storefront", "GET", "/api/v1/openapi.json", Door::open},
    {"ops", "POST", "/api/v1/auth/tokens", Door::open, R"({"grant_type":"none"})"},
    {"ops", "POST", "/session", Door::open, R"({"login":""})"},
    {"ops", "POST", "/session/second-factor", Door::open, R"({"challenge_id":""})"},
    {"ops", "POST", "/session/passkey-question", Door::open, "{}"},
    {"ops", "POST", "/session/passkey", Door::open, R"({"challenge":""})"},
    {"ops", "POST", "/api/v1/auth/password", Door::staff, "{}"},
    {"ops", "GET", "/api/v1/account", Door::staff},
    {"ops", "POST", "/api/v1/account/totp", Door::staff, "{}"},
    {"ops", "POST", "/api/v1/account/totp/confirm", Door::staff, R"({"code":"000000"})"},
    {"ops", "POST", "/api/v1/account/passkeys/offer", Door::staff, "{}"},
    {"ops", "POST", "/api/v1/account/passkeys", Door::staff, "{}"},
    {"ops", "POST", "/api/v1/account/factors/drop", Door::staff, "{}"},
    {"ops", "POST", "/api/v1/account/recovery-codes", Door::staff, "{}"},
    {"ops", "GET", "/api/v1/staff", Door::admin},
    {"ops", "POST", "/api/v1/staff", Door::admin, "{}"},
    {"ops", "PUT", "/api/v1/staff/{user_id}/roles", Door::admin, "{}"},
    {"ops", "POST", "/api/v1/staff/{user_id}/disable", Door::admin},
    {"ops", "POST", "/api/v1/staff/{user_id}/enable", Door::admin},
    {"ops", "POST", "/api/v1/staff/{user_id}/reset-password", Door::admin},
    {"ops", "POST", "/api/v1/staff/{user_id}/reset-factors", Door::admin},
    {"ops", "GET", "/session", Door::session},
    {"ops", "DELETE", "/session", Door::session},
    {"ops", "POST", "/preferences", Door::open, "{}"},
    {"ops", "GET", "/api/v1/warehouse/goods", Door::staff},
    {"ops", "GET", "/api/v1/warehouse/sites", Door::staff},
    {"ops", "GET", "/api/v1/warehouse/stock", Door::staff},
    {"ops", "GET", "/api/v1/warehouse/tasks", Door::warehouse},
    {"ops", "GET", "/api/v1/warehouse/tasks/{task_id}", Door::own_site},
    {"ops", "POST", "/api/v1/warehouse/tasks/{task_id}/scans", Door::own_site, scan},
    {"ops", "POST", "/api/v1/warehouse/tasks/{task_id}/shorts", Door::own_site, short_pick},
    {"ops", "POST", "/api/v1/warehouse/tasks/{task_id}/complete", Door::own_site,
     R"({"package_barcode":"PKG-1"})"},
    {"ops", "POST", "/api/v1/warehouse/tasks/{task_id}/take", Door::own_site, "{}"},
    {"ops", "POST", "/api/v1/warehouse/tasks/{task_id}/release", Door::own_site},
    {"ops", "POST", "/api/v1/warehouse/receipts", Door::own_site, receipt},
    {"ops", "POST", "/api/v1/warehouse/receipts/{receipt_id}/undo", Door::own_site},
    {"ops", "GET", "/api/v1/warehouse/sites/{site_id}/bins", Door::staff},
    {"ops", "PUT", "/api/v1/warehouse/sites/{site_id}/bins", Door::admin, R"({"plans":["A-{1..99}"]})"},
    {"ops", "GET", "/api/v1/orders/{order_id}", Door::support},
    {"ops", "POST", "/api/v1/orders/{order_id}/payment-check", Door::support},
    {"ops", "GET", "/api/v1/orders", Door::support},
    {"ops", "POST", "/api/v1/orders/{order_id}/actions", Door::support,
     R"({"action":"release_hold","reason":"access","version":1})"},
    {"ops", "GET", "/api/v1/find", Door::support},
    {"ops", "GET", "/api/v1/counts", Door::support},
    {"ops", "GET", "/api/v1/hanging-orders", Door::support},
    {"ops", "GET", "/api/v1/stock/{sku_id}", Door::support},
    {"ops", "GET", "/api/v1/warehouse/movements", Door::support},
    {"ops", "GET", "/api/v1/payments", Door::support},
    {"ops", "GET", "/api/v1/webhooks", Door::support},
    {"ops", "GET", "/api/v1/suspense", Door::support},
    {"ops", "GET", "/api/v1/security/events", Door::admin},
    {"ops", "GET", "/api/v1/queues", Door::support},
    {"ops", "GET", "/api/v1/dead-letters/detail", Door::support},
    {"ops", "GET", "/api/v1/dead-letters", Door::support},
    {"ops", "POST", "/api/v1/dead-letters/replay", Door::admin,
     R"({"module":"orders","kind":"event","id":"none"})"},
    {"ops", "GET", "/health", Door::staff},
    {"ops", "GET", "/api/v1/openapi.json", Door::open},
    {"sandbox", "POST", "/bank/v1/payments", Door::merchant, "{}"},
    {"sandbox", "GET", "/bank/v1/payments", Door::merchant},
    {"sandbox", "GET", "/bank/v1/payments/{bank_payment_id}", Door::merchant},
    {"sandbox", "POST", "/bank/v1/payments/{bank_payment_id}/capture", Door::merchant,
     R"({"amount_minor":1})"},
    {"sandbox", "POST", "/bank/v1/payments/{bank_payment_id}/void", Door::merchant},
    {"sandbox", "POST", "/bank/v1/payments/{bank_payment_id}/refunds", Door::merchant, "{}"},
    {"sandbox", "POST", "/bank/v1/payments/end", Door::merchant, "{}"},
    {"sandbox", "GET", "/acs/{id}", Door::open},
    {"sandbox", "POST", "/acs/{id}", Door::open},
    {"sandbox", "GET", "/acs-style/{name}", Door::open},
    {"sandbox", "PUT", "/faults", Door::open, "[]"},
    {"sandbox", "GET", "/faults", Door::open},
    {"sandbox", "GET", "/report", Door::open},
    {"sandbox", "POST", "/sms/v1/messages", Door::merchant, "{}"},
    {"sandbox", "GET", "/sms", Door::open},
    {"sandbox", "GET", "/phone", Door::open},
    {"sandbox", "GET", "/sign-in", Door::open},
    {"sandbox", "POST", "/sign-in", Door::open},
    {"sandbox", "GET", "/api/v1/openapi.json", Door::open},
};

bool is_buyer(Who who) { return who == Who::buyer_a || who == Who::buyer_b; }
bool is_staff(Who who) {
  return who == Who::worker || who == Who::other_worker || who == Who::support || who == Who::admin;
}
bool is_worker(Who who) { return who == Who::worker || who == Who::other_worker; }

// The matrix.
Gets expected(Door door, Who who) {
  auto if_staff = [&](bool allowed) {
    return allowed ? Gets::yes : is_staff(who) ? Gets::forbidden : Gets::sign_in;
  };
  switch (door) {
    case Door::open: return Gets::yes;
    case Door::cart: return who == Who::nobody || is_buyer(who) ? Gets::yes : Gets::sign_in;
    case Door::buyer: return is_buyer(who) ? Gets::yes : Gets::sign_in;
    case Door::own_order: return who == Who::buyer_b ? Gets::not_found : expected(Door::buyer, who);
    case Door::session: return who == Who::nobody || is_staff(who) ? Gets::yes : Gets::sign_in;
    case Door::staff: return if_staff(is_staff(who));
    case Door::warehouse: return if_staff(is_worker(who) || who == Who::admin);
    case Door::own_site: return if_staff(who == Who::worker || who == Who::admin);
    case Door::support: return if_staff(who == Who::support || who == Who::admin);
    case Door::admin: return if_staff(who == Who::admin);
    case Door::merchant: return who == Who::merchant ? Gets::yes : Gets::sign_in;
  }
  return Gets::forbidden;
}

std::string filled(std::string text) {
  for (const auto& [name, value] : {std::pair<std::string, std::string>{"{order_id}", cast().order()},
                                    {"{task_id}", cast().task()},
                                    {"{sku_id}", cast().sku()},
                                    {"{site_id}", cast().site()},
                                    {"{receipt_id}", "access-" + cast().site()},
                                    {"{product_id}", "prd_none"},
                                    {"{bank_payment_id}", "bpy_none"},
                                    {"{id}", "none"},
                                    {"{name}", "none.css"},
                                    {"{provider}", "sandbox"},
                                    {"{user_id}", "usr_none"},
                                    {"SITE", cast().site()},
                                    {"SKU", cast().sku()}}) {
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name))
      text.replace(at, name.size(), value);
  }
  return text;
}

// Only the first bytes of an answer: a stream has no end.
int status_of(const Row& row, const std::string& headers) {
  harness::Wire wire(cast().origin(row.gateway));
  auto path = filled(row.path);
  if (path == "/api/v1/events") {
    // A refusal comes at once, and so does the beginning of the stream; a bad Last-Event-ID ends it as well.
    return wire.ask(row.method, path, headers + "Last-Event-ID: none\r\n").status;
  }
  return wire.ask(row.method, path, headers + "Idempotency-Key: access\r\n", filled(row.body)).status;
}

void expect(const Row& row, Who who) {
  auto status = status_of(row, cast().header(who));
  auto what = std::string(row.gateway) + " " + row.method + " " + row.path + " by " + name_of(who);
  bool hook = std::string_view(row.path).starts_with("/hooks/");
  ASSERT_GT(status, 0) << what;
  EXPECT_LT(status, 500) << what;
  switch (expected(row.door, who)) {
    case Gets::yes:
      // A webhook proves itself by its signature, which nobody of us has.
      if (hook) {
        EXPECT_EQ(status, 401) << what;
      } else {
        EXPECT_TRUE(status != 401 && status != 403) << what << ": " << status;
      }
      break;
    case Gets::sign_in: EXPECT_EQ(status, 401) << what; break;
    case Gets::forbidden: EXPECT_EQ(status, 403) << what; break;
    case Gets::not_found: EXPECT_EQ(status, 404) << what; break;
  }
}

TEST(Access, EveryRouteHasARow) {
  std::set<std::string> known, told;
  for (const auto& row : rows) known.insert(std::string(row.gateway) + " " + row.method + " " + row.path);
  for (const char* gateway : {"storefront", "ops", "sandbox"}) {
    harness::Wire wire(cast().origin(gateway));
    auto document = wire.ask("GET", "/api/v1/openapi.json").json();
    for (auto path : document.root()["paths"]) {
      for (auto operation : path) {
        std::string method(operation.name());
        std::transform(method.begin(), method.end(), method.begin(), ::toupper);
        told.insert(std::string(gateway) + " " + method + " " + std::string(path.name()));
      }
    }
  }
  EXPECT_EQ(known, told);
}

// Last in the row comes who may: A cancels its order only after the others could not.
TEST(Access, EachGetsWhatTheirRoleAllows_I25) {
  // So that there is a receipt to be refused.
  harness::Wire ops(cast().origin("ops"));
  auto made = ops.ask("POST", "/api/v1/warehouse/receipts", cast().header(Who::admin), filled(receipt));
  ASSERT_EQ(made.status, 201) << made.body;
  for (const auto& row : rows) {
    for (auto who : everybody) {
      if (expected(row.door, who) != Gets::yes) expect(row, who);
    }
  }
  for (const auto& row : rows) {
    for (auto who : everybody) {
      if (expected(row.door, who) == Gets::yes) expect(row, who);
    }
  }
}

TEST(Access, AnOrderOfSomebodyElseIsNeitherShownNorListedNorCancelled_I25) {
  auto order = cast().buy("mine", "tok_3ds");
  harness::Wire shop(cast().instance().storefront());
  auto b = cast().header(Who::buyer_b);
  EXPECT_EQ(shop.ask("GET", "/api/v1/orders/" + order, b).status, 404);
  EXPECT_EQ(
      shop.ask("POST", "/api/v1/orders/" + order + "/cancel", b + "Idempotency-Key: not-mine\r\n").status,
      404);
  auto listed = shop.ask("GET", "/api/v1/orders", b);
  EXPECT_EQ(listed.json().root()["total"].integer(), 0) << listed.body;
  EXPECT_EQ(shop.ask("GET", "/api/v1/orders/" + order, cast().header(Who::buyer_a)).text("status"),
            "PENDING_PAYMENT");
  // An order that is not there looks the same as one that is somebody else's.
  auto hidden = shop.ask("GET", "/api/v1/orders/" + order, b);
  auto absent = shop.ask("GET", "/api/v1/orders/ord_none", b);
  EXPECT_EQ(hidden.text("code"), absent.text("code"));
  EXPECT_EQ(hidden.text("detail"), absent.text("detail"));
}

TEST(Access, AnIdempotencyKeyOfSomebodyElseIsAnother_I19) {
  harness::Wire shop(cast().instance().storefront());
  auto body = "{\"items\":[{\"sku_id\":" + harness::json_string(cast().sku()) +
              ",\"quantity\":1}],\"delivery\":{\"type\":"
              "\"pickup\",\"pickup_point_id\":" +
              harness::json_string(cast().pickup_point()) +
              "},\"payment_method\":{\"type\":\"card\",\"token\":\"tok_declined\"}}";
  auto a =
      shop.ask("POST", "/api/v1/orders", cast().header(Who::buyer_a) + "Idempotency-Key: same\r\n", body);
  auto b =
      shop.ask("POST", "/api/v1/orders", cast().header(Who::buyer_b) + "Idempotency-Key: same\r\n", body);
  ASSERT_EQ(a.status, 201) << a.body;
  ASSERT_EQ(b.status, 201) << b.body;
  EXPECT_NE(a.text("order_id"), b.text("order_id"));
}

TEST(Access, ACartIsSeenByItsOwnerAlone_I25) {
  harness::Wire shop(cast().instance().storefront());
  auto path = "/api/v1/cart/items/" + cast().sku();
  ASSERT_EQ(shop.ask("PUT", path, cast().header(Who::buyer_a), R"({"quantity":5})").status, 200);
  auto count = [&](const std::string& headers) {
    return shop.ask("GET", "/api/v1/cart", headers).json().root()["count"].integer();
  };
  ASSERT_EQ(shop.ask("DELETE", "/api/v1/cart", cast().header(Who::buyer_b)).status, 200);
  EXPECT_EQ(count(cast().header(Who::buyer_a)), 5);
  EXPECT_EQ(count(cast().header(Who::buyer_b)), 0);
  EXPECT_EQ(count(""), 0);
  // A buyer's cart goes by the buyer's id, which is no token to bring.
  EXPECT_EQ(count("X-Cart-Token: " + cast().session(Who::buyer_a).user_id + "\r\n"), 0);
}

TEST(Access, HealthDetailsAndMetricsAreNotAtThePublicDoors) {
  for (const char* gateway : {"storefront", "sandbox", "ops"}) {
    harness::Wire wire(cast().origin(gateway));
    EXPECT_EQ(wire.ask("GET", "/metrics").status, 404) << gateway;
  }
  EXPECT_EQ(harness::Wire(cast().origin("sandbox")).ask("GET", "/health").status, 404);
  auto health = harness::Wire(cast().origin("storefront")).ask("GET", "/health");
  EXPECT_EQ(health.status, 200);
  EXPECT_TRUE(health.body == R"({"ok":true})" || health.body == R"({"ok":false})") << health.body;
}

TEST(Access, EveryAnswerHasARequestId) {
  for (const char* gateway : {"storefront", "sandbox", "ops"}) {
    harness::Wire wire(cast().origin(gateway));
    for (const char* path : {"/livez", "/readyz", "/health", "/", "/nothing", "/api/v1/openapi.json"})
      EXPECT_NE(wire.ask("GET", path).header("x-request-id"), "") << gateway << path;
  }
}

// Without a session, too: a guest's cart, a sign-in code, a sign-in. docs/security.md says what else protects
// each kind of route.
TEST(Access, APageOfAnotherSiteChangesNothing) {
  for (const auto& row : rows) {
    bool is_gateway = std::string_view(row.gateway) != "sandbox";
    bool is_hook = std::string_view(row.path).starts_with("/hooks/");
    if (!is_gateway || is_hook || std::string_view(row.method) == "GET") continue;
    for (const char* header : {"Sec-Fetch-Site: cross-site\r\n", "Origin: https://evil.example\r\n"}) {
      harness::Wire wire(cast().origin(row.gateway));
      auto answer = wire.ask(row.method, filled(row.path),
                             std::string(header) + "Idempotency-Key: elsewhere\r\n", filled(row.body));
      EXPECT_EQ(answer.status, 403) << row.gateway << " " << row.method << " " << row.path;
      EXPECT_EQ(answer.text("code"), "cross_site") << row.gateway << " " << row.method << " " << row.path;
    }
  }
}

}  // namespace
}  // namespace bramble::access
