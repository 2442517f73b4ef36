// Work that was given up: staff see what it was, and an admin has it tried again.
#include <gtest/gtest.h>

#include "tests/journeys/world.h"

namespace bramble::journeys {
namespace {

std::string letter_name(const JsonValue& letter) {
  return R"({"module":")" + std::string(letter["module"].text()) + R"(","kind":")" +
         std::string(letter["kind"].text()) + R"(","id":")" + std::string(letter["id"].text()) + "\"}";
}

// A refund that the bank would not hear of for so long that it was given up.
std::string refund_given_up(World& world, const Buyer& buyer) {
  const auto& goods = world.only(2);
  auto id =
      world.order(buyer, {.sku_id = goods.sku_id, .quantity = 2, .method = card("tok_ok")}).text("order_id");
  EXPECT_EQ(buyer.wait_for(id, {"PAID"}).text("status"), "PAID");
  world.bank.misbehave(R"({"api":{"error_rate":1.0},"webhook":{"drop_rate":1.0}})");
  EXPECT_EQ(world.staff("admin").report(id, 1).status, 200);
  EXPECT_TRUE(eventually([&] { return buyer.view(id)["refunds"].size() == 1; }));
  EXPECT_EQ(world.instance.stop(), 0) << world.instance.log();
  world.plant("payments", "UPDATE jobs SET dead_at = run_at, attempts = 12, last_error = 'given up'"
                          " WHERE type = 'payments.EndAtBank'");
  world.instance.start();
  world.bank.behave();
  return id;
}

TEST(DeadLetters, AreShownToStaffAndTriedAgainByAnAdmin) {
  World world({}, demo_of_this_run(), true);
  auto buyer = world.buyer();
  auto id = refund_given_up(world, buyer);
  auto support = world.staff("support"), admin = world.staff("admin"), picker = world.staff("warehouse");
  auto listed = support.send(support.request("GET", "/api/v1/dead-letters"));
  ASSERT_EQ(listed["items"].size(), 1U) << listed.body << world.instance.log();
  auto letter = *listed["items"].begin();
  EXPECT_EQ(letter["type"].text(), "payments.EndAtBank");
  EXPECT_EQ(letter["attempts"].integer(), 12);
  EXPECT_EQ(letter["last_error"].text(), "given up");
  EXPECT_EQ(support.send(support.request("GET", "/api/v1/dead-letters?module=orders"))["items"].size(), 0U);
  auto detail =
      support.send(support.request("GET", "/api/v1/dead-letters/detail?module=payments&kind=job&id=" +
                                              std::string(letter["id"].text())));
  EXPECT_NE(detail.text("payload").find(letter["key"].text()), std::string::npos) << detail.body;
  EXPECT_NE(admin.send(admin.request("GET", "/health")).body.find("dead"), std::string::npos);

  auto replaying = [&](const Worker& who) {
    return who.send(who.request("POST", "/api/v1/dead-letters/replay", letter_name(letter)));
  };
  EXPECT_EQ(replaying(picker).status, 403);
  EXPECT_EQ(replaying(support).status, 403);
  EXPECT_FALSE((*buyer.view(id)["refunds"].begin())["done"].boolean());
  EXPECT_EQ(replaying(admin).status, 204);
  EXPECT_TRUE(eventually([&] { return (*buyer.view(id)["refunds"].begin())["done"].boolean(); }))
      << buyer.view(id).body << world.instance.log();
  EXPECT_EQ(replaying(admin).status, 404) << "it is none any more";
  world.expect_consistent();
}

}  // namespace
}  // namespace bramble::journeys
