// Too many requests: a person's are counted wherever they come from, an address' only where it may be many.
#include <gtest/gtest.h>

#include "tests/journeys/world.h"

namespace bramble::journeys {
namespace {

// Asks until it is told to wait; the refusal. Fewer are let through than a burst and what comes to it
// meanwhile.
Reply ask_until_refused(const std::function<Reply()>& ask, int most) {
  Reply answer;
  for (int i = 0; i < most; ++i) {
    answer = ask();
    if (answer.status != 200) break;
  }
  return answer;
}

void expect_told_to_wait(const Reply& answer, const std::string& policy) {
  EXPECT_EQ(answer.status, 429) << answer.body;
  EXPECT_EQ(answer.code(), "too_many_requests");
  EXPECT_EQ(answer.headers.get("Content-Type"), "application/problem+json");
  EXPECT_EQ(answer.headers.get("Retry-After"), "1");
  EXPECT_EQ(answer.headers.get("RateLimit"), "\"" + policy + "\";r=0;t=1");
  EXPECT_EQ(answer.headers.get("RateLimit-Policy"), "\"" + policy + "\";q=2;w=2");
}

TEST(Limits, APersonsRequestsAreCountedAndEverybodyElseGoesOn) {
  World world({"storefront.principal_per_s=1"});
  auto buyers = world.buyers(2);
  auto cart_of = [&](const Buyer& buyer) { return buyer.send(buyer.request("GET", "/api/v1/cart")); };
  expect_told_to_wait(ask_until_refused([&] { return cart_of(buyers[0]); }, 100), "principal");
  EXPECT_EQ(cart_of(buyers[1]).status, 200);
  EXPECT_TRUE(eventually([&] { return cart_of(buyers[0]).status == 200; }));
  world.expect_consistent();
}

TEST(Limits, AnAddressIsLimitedUnlessItIsThisMachineWithTheSandboxBesideIt) {
  auto search = [](World& world) {
    return [&world] { return world.client.send(get(world.instance.storefront() + "/api/v1/suggest?q=a")); };
  };
  World open({"storefront.address_per_s=1"});
  EXPECT_EQ(ask_until_refused(search(open), 100).status, 200);
  World limited({"storefront.address_per_s=1", "storefront.limit_loopback=true"});
  expect_told_to_wait(ask_until_refused(search(limited), 100), "address");
}

TEST(Limits, APhoneThatWasSentACodeWaitsForTheNext) {
  World world;
  auto asking =
      with_json("POST", world.instance.storefront() + "/api/v1/auth/codes", R"({"phone":"+79015550009"})");
  EXPECT_EQ(world.client.send(asking).status, 202);
  auto refused = world.client.send(asking);
  EXPECT_EQ(refused.status, 429);
  auto wait_s = std::string(refused.headers.get("Retry-After"));
  EXPECT_GT(std::stoi(wait_s), 1);
  EXPECT_EQ(refused.headers.get("RateLimit"), "\"codes\";r=0;t=" + wait_s);
  EXPECT_EQ(refused.headers.get("RateLimit-Policy"), "\"codes\";q=1;w=" + wait_s);
}

TEST(Limits, CodesToManyPhonesFromOneAddressEndSoon) {
  World world({"storefront.limit_loopback=true", "storefront.address_per_s=10000"});
  int sent = 0;
  Reply refused;
  for (int number = 0; number < 100; ++number) {
    auto answer =
        world.client.send(with_json("POST", world.instance.storefront() + "/api/v1/auth/codes",
                                    R"({"phone":"+7901666)" + std::to_string(1'000 + number) + "\"}"));
    if (answer.status == 202) ++sent;
    if (answer.status == 429) refused = std::move(answer);
  }
  EXPECT_EQ(sent, 20);
  EXPECT_EQ(refused.code(), "too_many_codes");
  EXPECT_GT(std::stoi("0" + std::string(refused.headers.get("Retry-After"))), 60);
}

}  // namespace
}  // namespace bramble::journeys
