// Tokens that are not ours, not for here, not now, or not this one's any more: each is refused.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <thread>

#include "base/text.h"
#include "tests/access/cast.h"
#include "tests/access/forgery.h"

namespace bramble::access {
namespace {

constexpr const char* whose_door = "/api/v1/orders";

int status_with(const std::string& origin, const std::string& path, const std::string& token) {
  harness::Wire wire(origin);
  auto reply = wire.ask("GET", path, harness::bearer(token));
  if (reply.status == 401) {
    EXPECT_FALSE(reply.header("www-authenticate").empty());
    bool told = token.size() > 40 && reply.body.find(token.substr(0, 40)) != std::string::npos;
    EXPECT_FALSE(told) << "the token came back in the answer";
  }
  return reply.status;
}

int at_storefront(const std::string& token) {
  return status_with(cast().instance().storefront(), whose_door, token);
}

TEST(Tokens, AForgedOneIsRefused_I25) {
  auto good = cast().session(Who::buyer_a).access_token;
  ASSERT_EQ(at_storefront(good), 200);
  auto parts = take_apart(good);
  ForgersKey forger;
  harness::Wire shop(cast().instance().storefront());
  auto jwks_reply = shop.ask("GET", "/.well-known/jwks.json");
  auto jwks = jwks_reply.json();
  ASSERT_GT(jwks.root()["keys"].size(), 0u);
  EXPECT_EQ(at_storefront(forger.sign(parts.header, parts.claims)), 401) << "signed by another key";
  auto hs256 = with(parts.header, "ES256", "HS256");
  for (auto key : jwks.root()["keys"]) {
    auto x = std::string(key["x"].text()), y = std::string(key["y"].text());
    for (const auto& secret :
         {pem_of(x, y), x, y, x + y, std::string("\x04") + *from_base64url(x) + *from_base64url(y),
          std::string()}) {
      EXPECT_EQ(at_storefront(sign_with_secret(hs256, parts.claims, secret)), 401)
          << "HS256 with the public key";
    }
    // The key that a token brings along is not one of ours.
    auto own_key = with(parts.header, "{", R"({"jwk":{"kty":"EC","crv":"P-256","x":"AA","y":"AA"},)");
    EXPECT_EQ(at_storefront(forger.sign(own_key, parts.claims)), 401) << "brings its own key";
  }
  for (const char* none : {"none", "None", "NONE", "nOnE", ""}) {
    auto header = with(parts.header, "ES256", none);
    EXPECT_EQ(at_storefront(put_together({header, parts.claims, ""})), 401) << "alg " << none;
    EXPECT_EQ(at_storefront(put_together({header, parts.claims, parts.signature})), 401) << "alg " << none;
  }
}

TEST(Tokens, ATamperedOneIsRefused_I25) {
  auto good = cast().session(Who::buyer_a).access_token;
  auto parts = take_apart(good);
  auto a = cast().session(Who::buyer_a).user_id, b = cast().session(Who::buyer_b).user_id;
  auto claims = [&](std::string_view from, std::string_view to) {
    return put_together({parts.header, with(parts.claims, from, to), parts.signature});
  };
  EXPECT_EQ(at_storefront(claims(a, b)), 401) << "another person";
  EXPECT_EQ(at_storefront(claims("\"exp\":1", "\"exp\":9")), 401) << "a longer life";
  EXPECT_EQ(at_storefront(claims("storefront", "ops")), 401) << "another audience";
  EXPECT_EQ(at_storefront(claims("{", R"({"roles":["admin"],)")), 401) << "a role";
  auto kid = take_apart(good).header;
  auto at = kid.find("\"kid\":\"") + 7;
  for (const auto& other :
       {std::string("k0"), std::string("../../etc/passwd"), std::string("' OR 1=1 --"), std::string()}) {
    auto header = kid.substr(0, at) + other + kid.substr(kid.find('"', at));
    EXPECT_EQ(at_storefront(put_together({header, parts.claims, parts.signature})), 401) << "kid " << other;
  }
  EXPECT_EQ(at_storefront(put_together({parts.header, parts.claims, ""})), 401) << "no signature";
  EXPECT_EQ(at_storefront(put_together({parts.header, parts.claims, std::string(64, '\0')})), 401)
      << "all zeros";
  auto flipped = parts.signature;
  flipped.back() = static_cast<char>(flipped.back() ^ 1);
  EXPECT_EQ(at_storefront(put_together({parts.header, parts.claims, flipped})), 401) << "one bit";
  auto b_parts = take_apart(cast().session(Who::buyer_b).access_token);
  EXPECT_EQ(at_storefront(put_together({parts.header, b_parts.claims, parts.signature})), 401)
      << "mixed of two";
  for (const auto& odd : {good + ".", "." + good, good + ".x", good.substr(0, good.size() - 1), good + "=",
                          std::string("."), std::string(".."), std::string(6'000, 'a')}) {
    EXPECT_EQ(at_storefront(odd), 401) << odd.substr(0, 20);
  }
}

TEST(Tokens, OneOfTheOtherGatewayIsRefused_I25) {
  const auto& instance = cast().instance();
  for (auto who : {Who::worker, Who::support, Who::admin}) {
    EXPECT_EQ(at_storefront(cast().session(who).access_token), 401) << name_of(who);
  }
  EXPECT_EQ(status_with(instance.ops(), "/api/v1/warehouse/sites", cast().session(Who::buyer_a).access_token),
            401);
  EXPECT_EQ(status_with(instance.ops(), "/api/v1/warehouse/sites",
                        cast().session(Who::buyer_a).refresh_token),
            401);
  EXPECT_EQ(at_storefront(cast().session(Who::buyer_a).refresh_token), 401);
}

harness::Reply refresh(const std::string& origin, const std::string& token) {
  harness::Wire wire(origin);
  return wire.ask("POST", "/api/v1/auth/tokens", {},
                  R"({"grant_type":"refresh_token","refresh_token":)" + harness::json_string(token) + "}");
}

TEST(Tokens, AReplayedRefreshTokenEndsItsWholeFamily_I25) {
  const auto& instance = cast().instance();
  const auto& shop = instance.storefront();
  auto stolen = harness::sign_in_buyer(instance, "+79005550203").refresh_token;
  auto second = refresh(shop, stolen);
  ASSERT_EQ(second.status, 200);
  auto third = refresh(shop, second.text("refresh_token"));
  ASSERT_EQ(third.status, 200);
  EXPECT_EQ(refresh(shop, stolen).status, 401);
  EXPECT_EQ(refresh(shop, third.text("refresh_token")).status, 401) << "the thief still has a good one";
}

TEST(Tokens, ARefreshTokenIsGoodAtItsOwnGatewayOnly_I25) {
  const auto& instance = cast().instance();
  auto buyer = harness::sign_in_buyer(instance, "+79005550204");
  auto staff = harness::sign_in_staff(instance, instance.login("support"));
  EXPECT_EQ(refresh(instance.ops(), buyer.refresh_token).status, 401);
  EXPECT_EQ(refresh(instance.storefront(), staff.refresh_token).status, 401);
  EXPECT_EQ(refresh(instance.storefront(), buyer.refresh_token).status, 200);
  EXPECT_EQ(refresh(instance.ops(), staff.refresh_token).status, 200);
  EXPECT_EQ(refresh(instance.storefront(), buyer.access_token).status, 401);
}

TEST(Tokens, SigningOutEndsTheSession_I25) {
  const auto& instance = cast().instance();
  auto buyer = harness::sign_in_buyer(instance, "+79005550205");
  harness::Wire shop(instance.storefront());
  auto gone = shop.ask("POST", "/api/v1/auth/sign-out", {},
                       "{\"refresh_token\":" + harness::json_string(buyer.refresh_token) + "}");
  EXPECT_EQ(gone.status, 204) << gone.body;
  EXPECT_EQ(refresh(instance.storefront(), buyer.refresh_token).status, 401);
}

// Asked until it is refused, for at most a minute.
int status_in_the_end(const std::string& origin, const std::string& path, const std::string& token) {
  int status = 200;
  for (int looks = 0; looks < 600 && status == 200; ++looks) {
    status = status_with(origin, path, token);
    if (status == 200) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return status;
}

// What a stream sends until it says that it ends; a few signs of life at most.
std::string rest_of(harness::Wire& wire) {
  std::string text;
  for (int reads = 0; reads < 6 && text.find("has ended") == std::string::npos; ++reads)
    text += wire.read_some();
  return text;
}

TEST(Tokens, SigningOutEndsAccessTokensAndStreams_I25) {
  const auto& instance = cast().instance();
  auto gone = harness::sign_in_buyer(instance, "+79005550209");
  auto other = harness::sign_in_buyer(instance, "+79005550209");
  harness::Wire stream(instance.storefront());
  stream.send(stream.request("GET", "/api/v1/events", gone.header(), {}));
  ASSERT_NE(stream.read_some().find("200"), std::string::npos);
  harness::Wire shop(instance.storefront());
  shop.ask("POST", "/api/v1/auth/sign-out", {},
           "{\"refresh_token\":" + harness::json_string(gone.refresh_token) + "}");
  EXPECT_EQ(status_in_the_end(instance.storefront(), whose_door, gone.access_token), 401);
  EXPECT_NE(rest_of(stream).find("the session has ended"), std::string::npos);
  EXPECT_EQ(at_storefront(other.access_token), 200) << "another session of the same buyer";
}

TEST(Tokens, AReplayEndsTheAccessTokensOfItsFamilyToo_I25) {
  const auto& instance = cast().instance();
  const auto& shop = instance.storefront();
  auto stolen = harness::sign_in_buyer(instance, "+79005550210");
  auto second = refresh(shop, stolen.refresh_token);
  auto third = refresh(shop, second.text("refresh_token"));
  ASSERT_EQ(at_storefront(third.text("access_token")), 200);
  EXPECT_EQ(refresh(shop, stolen.refresh_token).status, 401);
  EXPECT_EQ(status_in_the_end(shop, whose_door, third.text("access_token")), 401);
}

TEST(Tokens, ThreeRefreshesAtOnceAreOneSession) {
  const auto& shop = cast().instance().storefront();
  auto first = harness::sign_in_buyer(cast().instance(), "+79005550211").refresh_token;
  std::array<harness::Reply, 3> replies;
  std::vector<std::thread> tabs;
  for (auto& reply : replies) tabs.emplace_back([&] { reply = refresh(shop, first); });
  for (auto& tab : tabs) tab.join();
  for (const auto& reply : replies) {
    EXPECT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.text("refresh_token"), replies[0].text("refresh_token"));
  }
  auto next = refresh(shop, replies[0].text("refresh_token"));
  EXPECT_EQ(next.status, 200) << next.body;
  EXPECT_EQ(at_storefront(next.text("access_token")), 200);
}

TEST(Tokens, AStreamEndsWithItsToken_I25) {
  ScratchFolder folder;
  harness::InstanceOptions options;
  options.data = folder.path() + "/data";
  options.arguments = {"--set", "auth.access_s=5"};
  harness::Instance instance(options);
  harness::Wire stream(instance.storefront());
  auto buyer = harness::sign_in_buyer(instance, "+79005550212");
  stream.send(stream.request("GET", "/api/v1/events", buyer.header(), {}));
  ASSERT_NE(stream.read_some().find("200"), std::string::npos);
  EXPECT_NE(rest_of(stream).find("the session has ended"), std::string::npos);
}

TEST(Tokens, ACodeWorksOnceAndEndsAfterFiveWrongOnes_I25) {
  const auto& instance = cast().instance();
  harness::Wire shop(instance.storefront());
  auto exchange = [&](const std::string& challenge, const std::string& code) {
    return shop
        .ask("POST", "/api/v1/auth/tokens", {},
             R"({"grant_type":"phone_code","challenge_id":)" + harness::json_string(challenge) +
                 ",\"code\":" + harness::json_string(code) + "}")
        .status;
  };
  auto challenge_for = [&](const std::string& phone) {
    auto reply =
        shop.ask("POST", "/api/v1/auth/codes", {}, "{\"phone\":" + harness::json_string(phone) + "}");
    harness::require(reply, 202, "a code");
    return reply.text("challenge_id");
  };
  auto once = challenge_for("+79005550206");
  auto code = harness::last_code(instance.sandbox(), "+79005550206");
  EXPECT_EQ(exchange(once, code), 200);
  EXPECT_EQ(exchange(once, code), 401) << "the same code again";
  auto guessed = challenge_for("+79005550207");
  auto right = harness::last_code(instance.sandbox(), "+79005550207");
  auto wrong = right == "000000" ? "000001" : "000000";
  EXPECT_EQ(exchange(once, right), 401) << "the code of another challenge";
  for (int guess = 0; guess < 5; ++guess) EXPECT_EQ(exchange(guessed, wrong), 401);
  EXPECT_EQ(exchange(guessed, right), 401) << "after five wrong ones";
}

TEST(Tokens, AnExpiredOneIsRefusedEverywhere_I25) {
  ScratchFolder folder;
  harness::InstanceOptions options;
  options.data = folder.path() + "/data";
  options.arguments = {"--set", "auth.access_s=1"};
  harness::Instance instance(options);
  auto token = harness::sign_in_buyer(instance, "+79005550208").access_token;
  // It was good, and is refused from the second after; also by a server that remembers it as good.
  int status = 200;
  for (int looks = 0; looks < 400 && status == 200; ++looks) {
    status = status_with(instance.storefront(), whose_door, token);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(status, 401);
  EXPECT_EQ(status_with(instance.storefront(), "/api/v1/cart", token), 401) << "where signing in is optional";
  EXPECT_EQ(status_with(instance.storefront(), "/api/v1/events", token), 401);
}

}  // namespace
}  // namespace bramble::access
