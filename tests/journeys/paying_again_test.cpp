// Paying for an order in several attempts, and a bank that does not say what the buyer did there.
#include <gtest/gtest.h>

#include "tests/journeys/world.h"

namespace bramble::journeys {
namespace {

std::string payment_status(const Buyer& buyer, const std::string& order) {
  return std::string(buyer.view(order)["payment"]["status"].text());
}

TEST(PayingAgain, ASecondCardPaysAfterADecline) {  // I12
  World world;
  auto buyer = world.buyer();
  auto order = world.order(buyer, {.sku_id = world.plenty().sku_id, .method = card("tok_declined")});
  auto id = order.text("order_id");
  auto key = fresh_key();
  auto started = buyer.send(buyer.paying(id, card("tok_3ds"), key));
  ASSERT_EQ(started.status, 201) << started.body;
  EXPECT_EQ(started["payment"]["status"].text(), "REQUIRES_ACTION");
  EXPECT_EQ(started["payment"]["attempt"].integer(), 2);
  auto again = buyer.send(buyer.paying(id, card("tok_3ds"), key));
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, started.body);
  EXPECT_EQ(again.headers.get("Idempotent-Replayed"), "true");
  EXPECT_EQ(buyer.send(buyer.paying(id, sbp(), key)).status, 422);
  auto page = std::string(started["payment"]["redirect_url"].text());
  EXPECT_EQ(world.client.send(confirmation(page)).status, 303);
  auto view = buyer.wait_for(id, {"PAID"});
  EXPECT_EQ(history_of(view), "PENDING_PAYMENT PAID");
  EXPECT_EQ(view["payment"]["status"].text(), "CAPTURED");
  auto late = buyer.send(buyer.paying(id, card("tok_ok")));
  EXPECT_EQ(late.status, 409);
  EXPECT_EQ(late.code(), "not_payable");
  world.expect_money_follows(buyer, {id});
  world.expect_consistent();
}

TEST(PayingAgain, TheFifthAttemptIsTheLast) {
  World world;
  auto buyer = world.buyer();
  auto id =
      world.order(buyer, {.sku_id = world.plenty().sku_id, .method = card("tok_declined")}).text("order_id");
  for (int attempt = 2; attempt <= 5; ++attempt)
    EXPECT_EQ(buyer.send(buyer.paying(id, card("tok_declined"))).status, 201);
  auto sixth = buyer.send(buyer.paying(id, card("tok_ok")));
  EXPECT_EQ(sixth.status, 409);
  EXPECT_EQ(sixth.code(), "not_payable");
  EXPECT_EQ(sixth["reason"].text(), "too_many_attempts");
  EXPECT_FALSE(buyer.view(id)["can_pay"].boolean());
  EXPECT_EQ(buyer.cancel(id).text("status"), "CANCELLED");
  world.expect_money_follows(buyer, {id});
  world.expect_consistent();
}

// Two tabs and a confirmed page: whatever happens at the same time, the order is paid once.
TEST(PayingAgain, ManyAttemptsAtOnceTakeTheMoneyOnce) {  // I12
  World world;
  auto buyer = world.buyer();
  auto order = world.order(buyer, {.sku_id = world.plenty().sku_id});
  auto id = order.text("order_id");
  std::vector<HttpClientRequest> at_once{confirmation(redirect_of(order))};
  for (int i = 0; i < 4; ++i) {
    at_once.push_back(buyer.paying(id, card("tok_ok")));
    at_once.push_back(buyer.paying(id, sbp()));
  }
  for (const auto& answer : world.client.send_all(std::move(at_once)))
    EXPECT_TRUE(answer.status == 201 || answer.status == 409 || answer.status == 303 || answer.status == 200)
        << answer.status << answer.body;
  // Whichever attempt is the last may wait for its payer.
  EXPECT_TRUE(eventually([&] {
    auto view = buyer.view(id);
    if (view.text("status") == "PAID") return true;
    auto page = std::string(view["payment"]["redirect_url"].text());
    if (!page.empty()) world.client.send(confirmation(page));
    if (view["can_pay"].boolean()) buyer.send(buyer.paying(id, card("tok_ok")));
    return false;
  })) << buyer.view(id).body;
  world.expect_money_follows(buyer, {id});
  EXPECT_EQ(world.bank.report().refunds, 0);
  world.expect_consistent();
}

TEST(PayingAgain, AnAttemptSurvivesAKillInBetween) {  // I12, I19, I21
  World world({}, demo_of_this_run(), true);
  auto buyer = world.buyer();
  auto id =
      world.order(buyer, {.sku_id = world.plenty().sku_id, .method = card("tok_declined")}).text("order_id");
  auto key = fresh_key();
  auto started = buyer.send(buyer.paying(id, card("tok_3ds"), key));
  ASSERT_EQ(started.status, 201) << started.body;
  world.instance.kill();
  world.instance.start();
  auto again = buyer.send(buyer.paying(id, card("tok_3ds"), key));
  EXPECT_EQ(again.status, 201) << again.body;
  EXPECT_EQ(again["payment"]["payment_id"].text(), started["payment"]["payment_id"].text());
  world.client.send(confirmation(std::string(again["payment"]["redirect_url"].text())));
  EXPECT_EQ(buyer.wait_for(id, {"PAID"}).text("status"), "PAID");
  world.expect_money_follows(buyer, {id});
  world.expect_consistent();
}

// The request to the bank was lost: the doubt ends within seconds, and another card pays.
TEST(BankDoubt, ALostRequestIsEndedAtTheBankAndAnotherAttemptPays) {  // I12
  World world({"payments.bank_patience_ms=200"});
  auto buyer = world.buyer();
  const auto& goods = world.plenty();
  world.bank.misbehave(R"({"api":{"error_rate":1.0},"webhook":{"drop_rate":1.0}})");
  auto order = buyer.order({.sku_id = goods.sku_id, .method = card("tok_declined")});
  ASSERT_EQ(order.status, 201) << order.body;
  auto id = order.text("order_id");
  EXPECT_EQ(order["payment"]["status"].text(), "PROCESSING");
  EXPECT_FALSE(order["can_pay"].boolean());
  auto refused = buyer.send(buyer.paying(id, card("tok_ok")));
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused["reason"].text(), "outcome_unknown");
  world.bank.behave();
  EXPECT_TRUE(eventually([&] { return payment_status(buyer, id) == "DECLINED"; })) << buyer.view(id).body;
  EXPECT_EQ(buyer.send(buyer.paying(id, card("tok_ok"))).status, 201);
  EXPECT_EQ(buyer.wait_for(id, {"PAID"}).text("status"), "PAID");
  world.expect_money_follows(buyer, {id});
  world.expect_consistent();
}

TEST(BankDoubt, ACancelOfAPaymentThatTheBankNeverHeardOfIsDoneAtOnce) {
  World world({"payments.bank_patience_ms=200"});
  auto buyer = world.buyer();
  const auto& goods = world.only(1);
  world.bank.misbehave(R"({"api":{"error_rate":1.0},"webhook":{"drop_rate":1.0}})");
  auto order = buyer.order({.sku_id = goods.sku_id, .method = card("tok_3ds")});
  ASSERT_EQ(order.status, 201) << order.body;
  auto id = order.text("order_id");
  world.bank.behave();
  EXPECT_EQ(buyer.cancel(id).text("status"), "CANCELLED");
  EXPECT_TRUE(eventually([&] { return world.available(goods) == 1; }));
  // Nothing is left to be asked of the bank, long before the session would have ended.
  EXPECT_TRUE(eventually([&] {
    auto rows = world.bank.report().by_order()[id];
    return rows.size() == 1 && (rows[0].status == "VOIDED" || rows[0].status == "DECLINED");
  })) << world.instance.log();
  world.expect_money_follows(buyer, {id});
  world.expect_consistent();
}

TEST(BankDoubt, WhoComesBackFromTheBankIsBelievedThoughItsNewsIsLost) {
  World world;
  auto buyer = world.buyer();
  world.bank.misbehave(R"({"webhook":{"drop_rate":1.0}})");
  auto order = world.order(buyer, {.sku_id = world.plenty().sku_id});
  auto id = order.text("order_id");
  ASSERT_EQ(world.client.send(confirmation(redirect_of(order))).status, 303);
  EXPECT_EQ(buyer.status(id), "PENDING_PAYMENT");
  auto checked = buyer.send(buyer.checking_payment(id));
  EXPECT_EQ(checked.status, 200) << checked.body;
  EXPECT_EQ(checked.text("status"), "PAID");
  world.bank.behave();
  world.expect_money_follows(buyer, {id});
  world.expect_consistent();
}

// Confirmed, its news lost, and the bank down until after the order's end: nobody guesses, the goods stay.
TEST(BankDoubt, AnOutageOverTheEndOfTheOrderLosesNothingThatWasConfirmed) {  // I12, I18
  World world({"orders.hold_ms=4000", "orders.session_margin_ms=1000", "payments.bank_patience_ms=500"},
              demo_of_this_run(), true);
  auto buyers = world.buyers(2);
  const auto& last = world.only(1);
  world.bank.misbehave(R"({"webhook":{"drop_rate":1.0}})");
  auto order = world.order(buyers[0], {.sku_id = last.sku_id});
  auto id = order.text("order_id");
  ASSERT_EQ(world.client.send(confirmation(redirect_of(order))).status, 303);
  world.bank.misbehave(R"({"api":{"error_rate":1.0},"webhook":{"drop_rate":1.0}})");
  EXPECT_TRUE(eventually([&] { return payment_status(buyers[0], id) == "PROCESSING"; }));
  auto waits = buyers[0].view(id);
  EXPECT_EQ(waits.text("status"), "PENDING_PAYMENT");
  EXPECT_FALSE(waits["payment"]["bank_unreachable_since"].is_missing()) << waits.body;
  EXPECT_FALSE(waits["can_pay"].boolean());
  // The goods are still the order's, also after a restart.
  world.instance.kill();
  world.instance.start();
  EXPECT_EQ(buyers[1].order({.sku_id = last.sku_id}).status, 409);
  EXPECT_EQ(buyers[0].status(id), "PENDING_PAYMENT");
  world.bank.behave();
  EXPECT_TRUE(eventually(
      [&] {
        buyers[0].send(buyers[0].checking_payment(id));
        return buyers[0].status(id) == "PAID";
      },
      seconds(30)))
      << buyers[0].view(id).body << world.instance.log();
  EXPECT_EQ(history_of(buyers[0].view(id)), "PENDING_PAYMENT PAID");
  world.expect_money_follows(buyers[0], {id});
  world.expect_consistent();
}

TEST(BankDoubt, AnOutageOverTheEndOfTheOrderEndsWhatWasNotConfirmed) {
  World world({"orders.hold_ms=3000", "orders.session_margin_ms=1000", "payments.bank_patience_ms=500"});
  auto buyer = world.buyer();
  const auto& goods = world.only(1);
  auto id = world.order(buyer, {.sku_id = goods.sku_id}).text("order_id");
  world.bank.misbehave(R"({"api":{"error_rate":1.0},"webhook":{"drop_rate":1.0}})");
  EXPECT_TRUE(eventually([&] { return payment_status(buyer, id) == "PROCESSING"; }));
  world.bank.behave();
  EXPECT_TRUE(eventually(
      [&] {
        buyer.send(buyer.checking_payment(id));
        return buyer.status(id) == "EXPIRED";
      },
      seconds(30)))
      << buyer.view(id).body << world.instance.log();
  EXPECT_TRUE(eventually([&] { return world.available(goods) == 1; }));
  world.expect_money_follows(buyer, {id});
  world.expect_consistent();
}

// E3: what does not answer is named, in the order's verdict and in Health.
TEST(BankDoubt, AnOutageIsNamedInTheVerdictAndInHealth) {
  World world({"payments.bank_patience_ms=500"});
  auto buyer = world.buyer();
  auto support = world.staff("support");
  auto id = world.order(buyer, {.sku_id = world.plenty().sku_id}).text("order_id");
  world.bank.misbehave(R"({"api":{"error_rate":1.0},"webhook":{"drop_rate":1.0}})");
  buyer.send(buyer.checking_payment(id));
  auto dossier = support.send(support.request("GET", "/api/v1/orders/" + id));
  EXPECT_EQ(dossier["verdict"]["waits_for"].text(), "BANK_ANSWER") << dossier.body;
  ASSERT_EQ(dossier["verdict"]["failing"].size(), 1U) << dossier.body;
  auto failing = *dossier["verdict"]["failing"].begin();
  EXPECT_EQ(failing["name"].text(), "bank");
  EXPECT_NE(failing["last_error"].text().find("500"), std::string_view::npos);
  auto health = support.send(support.request("GET", "/health"));
  EXPECT_FALSE(health["ok"].boolean());
  EXPECT_NE(health.body.find(R"("part":"dependency bank","ok":false)"), std::string::npos) << health.body;
  auto details = world.client.send(get(world.instance.admin() + "/health"));
  EXPECT_EQ(details.status, 503);
  EXPECT_NE(details.body.find(R"("part":"dependency bank","ok":false)"), std::string::npos) << details.body;
  EXPECT_NE(details.body.find(R"("since":")"), std::string::npos) << details.body;
  world.bank.behave();
  EXPECT_TRUE(eventually([&] {
    buyer.send(buyer.checking_payment(id));
    return support.send(support.request("GET", "/health"))["ok"].boolean();
  })) << support.send(support.request("GET", "/health")).body;
  EXPECT_EQ(support.send(support.request("GET", "/api/v1/orders/" + id))["verdict"]["waits_for"].text(),
            "BUYER");
  world.expect_consistent();
}

}  // namespace
}  // namespace bramble::journeys
