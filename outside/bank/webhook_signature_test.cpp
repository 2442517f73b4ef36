#include "outside/bank/webhook_signature.h"

#include <gtest/gtest.h>

#include "base/digest.h"

namespace bramble::outside {
namespace {

const std::vector<WebhookKey> keys{{"key-2", "the new secret"}, {"key-1", "the old secret"}};
constexpr Time now{1'790'000'000'000'000};
const std::string stamp = "1790000000";
const std::string body = R"({"event_id":"bev_1"})";

std::string sign(const std::string& secret, const std::string& timestamp, const std::string& text) {
  return "v1=" + hmac_sha256_hex(secret, timestamp + "." + text);
}

bool fits(const std::string& key_id, const std::string& timestamp, const std::string& text,
          const std::string& signature) {
  return is_authentic(keys, key_id, timestamp, text, signature, now, minutes(5));
}

TEST(WebhookSignature, IsHmacSha256) {
  // RFC 4231, test case 2.
  EXPECT_EQ(hmac_sha256_hex("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(WebhookSignature, FitsWithTheKeyThatItNames) {
  EXPECT_TRUE(fits("key-2", stamp, body, sign("the new secret", stamp, body)));
  EXPECT_TRUE(fits("key-1", stamp, body, sign("the old secret", stamp, body)));
  EXPECT_FALSE(fits("key-1", stamp, body, sign("the new secret", stamp, body)));
  EXPECT_FALSE(fits("key-3", stamp, body, sign("the new secret", stamp, body)));
  EXPECT_FALSE(fits("", stamp, body, sign("the new secret", stamp, body)));
}

TEST(WebhookSignature, CoversTheBodyAndTheTime) {
  auto signature = sign("the new secret", stamp, body);
  EXPECT_FALSE(fits("key-2", stamp, body + " ", signature));
  EXPECT_FALSE(fits("key-2", "1790000001", body, signature));
  signature.back() = signature.back() == '0' ? '1' : '0';
  EXPECT_FALSE(fits("key-2", stamp, body, signature));
}

TEST(WebhookSignature, HasToBeWholeAndOfItsKind) {
  auto signature = sign("the new secret", stamp, body);
  EXPECT_FALSE(fits("key-2", stamp, body, ""));
  EXPECT_FALSE(fits("key-2", stamp, body, "v1="));
  EXPECT_FALSE(fits("key-2", stamp, body, signature.substr(3)));
  EXPECT_FALSE(fits("key-2", stamp, body, "v2=" + signature.substr(3)));
  EXPECT_FALSE(fits("key-2", stamp, body, signature + "0"));
  EXPECT_FALSE(fits("key-2", stamp, body, signature.substr(0, signature.size() - 1)));
}

TEST(WebhookSignature, IsRefusedOutsideItsTime) {
  for (const char* timestamp : {"1789999699", "1790000301", "", "x", "-1790000000", "1790000000 ",
                                "1790000000.5", "99999999999999999999", "100000000001"}) {
    EXPECT_FALSE(fits("key-2", timestamp, body, sign("the new secret", timestamp, body))) << timestamp;
  }
  for (const char* timestamp : {"1789999700", "1790000300"}) {
    EXPECT_TRUE(fits("key-2", timestamp, body, sign("the new secret", timestamp, body))) << timestamp;
  }
}

}  // namespace
}  // namespace bramble::outside
