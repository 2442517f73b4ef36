#include "gateways/edge/token_verifier.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "services/auth/signing_keys.h"
#include "testing/clock.h"

namespace bramble::edge {
namespace {

constexpr Duration key_life = days(30);

class TokenVerifierTest : public testing::Test {
 protected:
  TokenVerifierTest() { fetch_keys(); }

  void fetch_keys() { verifier.set_keys(keys.jwks(clock.now())); }
  std::string token(Duration life = minutes(15), const std::string& audience = "storefront") {
    auto now = clock.now().us / 1'000'000;
    return keys.sign(R"({"iss":"bramble","aud":")" + audience + R"(","sub":"usr_1","iat":)" +
                         std::to_string(now) + R"(,"exp":)" + std::to_string(now + life.us / 1'000'000) + "}",
                     clock.now());
  }
  std::string refusal(const std::string& token) {
    try {
      EXPECT_EQ(verifier.verify(token).caller.id, "usr_1");
      return "";
    } catch (const Error& error) {
      EXPECT_EQ(error.code, ErrorCode::unauthenticated);
      return error.message;
    }
  }

  TestClock clock;
  auth::SigningKeys keys{"a seed of this test alone, long enough", key_life};
  TokenVerifier verifier{clock, "storefront"};
};

TEST_F(TokenVerifierTest, TheNextKeyIsKnownBeforeItSigns) {
  auto before = keys.jwks(clock.now())[1].kid;
  clock.advance(key_life);
  ASSERT_NE(keys.jwks(clock.now())[1].kid, before);
  // The keys were last fetched before the change.
  EXPECT_EQ(refusal(token()), "");
}

TEST_F(TokenVerifierTest, ATokenOfTheKeyBeforeIsGoodToItsEnd) {
  clock.set({(clock.now().us / key_life.us + 1) * key_life.us - minutes(1).us});
  auto old = token(hours(1));
  clock.advance(minutes(2));
  ASSERT_EQ(keys.jwks(clock.now())[0].kid, keys.jwks(clock.now() - minutes(2))[1].kid) << "rotated";
  fetch_keys();
  EXPECT_EQ(refusal(old), "");
  clock.advance(hours(1));
  EXPECT_NE(refusal(old).find("expired"), std::string::npos);
}

TEST_F(TokenVerifierTest, AKeyThatIsGoneSignsNothingAnyMore) {
  auto old = token(days(100));
  clock.advance(key_life * 2);
  fetch_keys();
  EXPECT_NE(refusal(old).find("not signed by us"), std::string::npos);
}

TEST_F(TokenVerifierTest, ATokenOfAnotherPlaceOrOfTheFutureIsRefused) {
  EXPECT_NE(refusal(token(minutes(15), "ops")).find("another place"), std::string::npos);
  clock.advance(hours(1));
  auto early = token(hours(3));
  clock.advance(Duration{-hours(1).us});
  EXPECT_NE(refusal(early).find("from the future"), std::string::npos);
}

}  // namespace
}  // namespace bramble::edge
