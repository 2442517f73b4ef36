// The bank misbehaves in every way that banks do. Each order still comes to one end, and the bank's report of
// all money agrees with ours.
#include <gtest/gtest.h>

#include <set>

#include "tests/journeys/world.h"

namespace bramble::journeys {
namespace {

// Short time limits for the bank's answers and for the reconciler.
std::vector<std::string> impatient(std::vector<std::string> more = {}) {
  more.insert(more.end(), {"payments.bank_patience_ms=500", "sandbox.timeout_hold_ms=700",
                           "payments.reconcile_after_ms=300"});
  return more;
}

struct Batch {
  std::vector<std::string> orders;
  std::vector<Reply> answers;
};

// Some orders of each method at once; those that ask for it are confirmed.
Batch buy_many(World& world, const Buyer& buyer, const std::vector<std::string>& methods,
               std::size_t of_each) {
  std::vector<HttpClientRequest> requests;
  const auto& goods = world.plenty();
  for (std::size_t i = 0; i < of_each * methods.size(); ++i) {
    requests.push_back(buyer.ordering({.sku_id = goods.sku_id, .method = methods[i % methods.size()]}));
  }
  Batch batch{{}, world.client.send_all(std::move(requests))};
  std::vector<HttpClientRequest> confirmations;
  for (const auto& answer : batch.answers) {
    if (answer.status != 201) continue;
    batch.orders.push_back(answer.text("order_id"));
    if (!redirect_of(answer).empty()) confirmations.push_back(confirmation(redirect_of(answer)));
  }
  world.client.send_all(std::move(confirmations));
  return batch;
}

void expect_all(World& world, const Buyer& buyer, const std::vector<std::string>& orders,
                const std::set<std::string>& wanted) {
  std::vector<std::string> last;
  bool all = eventually(
      [&] {
        last = world.statuses(buyer, orders);
        return std::all_of(last.begin(), last.end(),
                           [&](const auto& status) { return wanted.contains(status); });
      },
      seconds(90));  // a payment may be unlucky many times in a row, and waits longer each time
  EXPECT_TRUE(all) << testing::PrintToString(last) << world.instance.log();
}

class BadWebhooks : public testing::TestWithParam<const char*> {};

// I12, I20: news may come twice, late, in any order, or never.
TEST_P(BadWebhooks, EveryOrderThatIsPaidForIsPaidOnce) {
  World world(impatient());
  auto buyer = world.buyer();
  world.bank.misbehave(GetParam());
  auto batch = buy_many(world, buyer, {card("tok_3ds"), card("tok_ok"), sbp()}, 8);
  ASSERT_EQ(batch.orders.size(), 24U);
  expect_all(world, buyer, batch.orders, {"PAID"});
  world.bank.behave();
  world.expect_money_follows(buyer, batch.orders);
  EXPECT_EQ(world.bank.report().refunds, 0);
  world.expect_consistent();
}

INSTANTIATE_TEST_SUITE_P(Faults, BadWebhooks,
                         testing::Values(R"({"webhook":{"duplicate":true}})",
                                         R"({"webhook":{"reorder":true,"duplicate":true}})",
                                         R"({"webhook":{"drop_rate":1.0}})",
                                         R"({"webhook":{"delay_ms":700}})",
                                         R"({"webhook":{"drop_rate":0.5,"duplicate":true,"reorder":true}})",
                                         R"({"api":{"delay_ms":250}})"));

// I25: what is not signed by the bank is not news.
TEST(Bank, AWebhookWithABadSignatureIsRefusedAndChangesNothing) {
  World world;
  auto buyer = world.buyer();
  auto captures_before = world.bank.report().captures;
  auto order = world.order(buyer, {.sku_id = world.plenty().sku_id});
  auto id = order.text("order_id");
  auto total = std::to_string(order["total"]["amount_minor"].integer());
  auto payment = std::string(order["payment"]["payment_id"].text());
  auto body = R"({"event_id":"bev_forged","type":"payment.captured","created_at":"2026-11-23T09:38:46.120Z",)"
              R"("payment":{"bank_payment_id":"bpy_forged","payment_id":")" +
              payment + R"(","order_id":")" + id + R"(","status":"CAPTURED","amount_minor":)" + total +
              R"(,"authorised_minor":)" + total + R"(,"captured_minor":)" + total +
              R"(,"refunded_minor":0,"currency":"RUB","decline_reason":null}})";
  auto now = std::to_string(std::chrono::system_clock::now().time_since_epoch() / std::chrono::seconds(1));
  const std::string of_another_secret(64, 'a');
  for (const auto& signature :
       {std::string(), "v1=" + of_another_secret, "v2=" + of_another_secret, std::string("v1=")}) {
    auto hook = with_json("POST", world.instance.storefront() + "/hooks/payments/sandbox", body);
    hook.headers.add("X-Bank-Key-Id", "key-1");
    hook.headers.add("X-Bank-Timestamp", now);
    if (!signature.empty()) hook.headers.add("X-Bank-Signature", signature);
    auto answer = world.client.send(hook);
    EXPECT_EQ(answer.status, 401) << signature << answer.body;
  }
  auto view = buyer.view(id);
  EXPECT_EQ(view.text("status"), "PENDING_PAYMENT");
  EXPECT_EQ(view["payment"]["status"].text(), "REQUIRES_ACTION");
  EXPECT_EQ(world.bank.report().captures, captures_before);
  world.expect_consistent();
}

// I10, I12, I16: errors and silence, before or after the bank acted.
TEST(Bank, WhenAThirdOfItsAnswersFailEveryOrderEndsOnceAndNothingIsTakenTwice) {
  World world(impatient({"orders.hold_ms=12000", "orders.session_margin_ms=6000"}));
  auto buyer = world.buyer();
  world.bank.misbehave(
      R"({"api":{"error_rate":0.3,"timeout_rate":0.3},"webhook":{"drop_rate":0.3,"duplicate":true}})");
  auto batch = buy_many(world, buyer, {card("tok_ok"), card("tok_3ds"), sbp()}, 10);
  for (const auto& answer : batch.answers) {
    bool said = answer.status == 201 || answer.status == 502 || answer.status == 503 || answer.status == 504;
    EXPECT_TRUE(said) << answer.status << " " << answer.body;
  }
  // Some are cancelled in the middle of it.
  std::vector<HttpClientRequest> cancels;
  for (std::size_t i = 0; i < batch.orders.size(); i += 4)
    cancels.push_back(buyer.cancelling(batch.orders[i]));
  world.client.send_all(std::move(cancels));
  expect_all(world, buyer, batch.orders, {"PAID", "CANCELLED", "EXPIRED", "REFUNDED"});
  world.bank.behave();
  world.expect_money_follows(buyer, batch.orders);
  auto report = world.bank.report();
  std::int64_t captured = 0, captures = 0;
  for (const auto& [order, rows] : report.by_order()) {
    for (const auto& row : rows) {
      captured += row.captured_minor;
      captures += row.captured_minor > 0 ? 1 : 0;
    }
  }
  EXPECT_EQ(captured, report.captured_minor);
  EXPECT_EQ(captures, report.captures);
  world.expect_consistent();
}

// The bank is down while the shop is open. A buyer who waits until it is back pays; others lose nothing.
TEST(Bank, WhenItIsDownOrdersWaitAndAreDecidedWhenItIsBack) {
  World world(impatient({"orders.hold_ms=9000", "orders.session_margin_ms=4000"}));
  auto buyer = world.buyer();
  // No webhooks either: a payment that the bank made before its error would otherwise arrive before our
  // answer.
  world.bank.misbehave(R"({"api":{"error_rate":1.0},"webhook":{"drop_rate":1.0}})");
  OrderSpec spec{.sku_id = world.plenty().sku_id, .method = card("tok_ok")};
  auto first = buyer.order(spec);
  ASSERT_TRUE(first.status == 201 || first.status == 502 || first.status == 503 || first.status == 504)
      << first.body;
  std::vector<std::string> orders;
  if (first.status == 201) {
    EXPECT_EQ(first["payment"]["status"].text(), "PROCESSING");
    EXPECT_TRUE(first["payment"]["redirect_url"].is_null());
    orders.push_back(first.text("order_id"));
    EXPECT_EQ(buyer.order(spec).text("order_id"), orders[0]);
  }
  for (int i = 0; i < 5; ++i) {
    auto answer = buyer.order({.sku_id = spec.sku_id, .method = i % 2 ? sbp() : card("tok_3ds")});
    if (answer.status == 201) orders.push_back(answer.text("order_id"));
  }
  world.bank.behave();
  expect_all(world, buyer, orders, {"PAID", "CANCELLED", "EXPIRED"});
  world.expect_money_follows(buyer, orders);
  // And it is as before.
  auto after = world.order(buyer, {.sku_id = spec.sku_id, .method = card("tok_ok")}).text("order_id");
  EXPECT_EQ(buyer.wait_for(after, {"PAID"}).text("status"), "PAID");
  world.expect_consistent();
}

}  // namespace
}  // namespace bramble::journeys
