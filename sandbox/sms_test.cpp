#include "sandbox/sandbox_world_test.h"
#include "sandbox/sms_store.h"

namespace bramble::sandbox {
namespace {

class Phones : public SandboxWorld {
 protected:
  int send(std::string phone, std::string text, std::string id) {
    auto body = "{\"phone\":\"" + phone + "\",\"text\":\"" + text + "\",\"message_id\":\"" + id + "\"}";
    return ask("POST", "/sms/v1/messages", std::move(body)).status;
  }
};

TEST(Codes, AreTheFirstFourToEightDigitsThatStandAlone) {
  const std::pair<const char*, std::optional<std::string>> cases[] = {
      {"Your code: 483920", "483920"}, {"1234 or 5678", "1234"},    {"call 123, code 0042.", "0042"},
      {"no code", std::nullopt},       {"123456789", std::nullopt}, {"", std::nullopt},
      {"a12345678b", "12345678"},
  };
  for (const auto& [text, code] : cases) EXPECT_EQ(code_in(text), code) << text;
}

TEST_F(Phones, KeepWhatTheyReceivedNewestFirst) {
  EXPECT_EQ(send("+79001234567", "Code 111111", "m1"), 202);
  clock_.advance(seconds(1));
  EXPECT_EQ(send("+79001234567", "Code 222222", "m2"), 202);
  EXPECT_EQ(send("+79007654321", "Hello", "m3"), 202);
  auto inbox = get("/sms?phone=%2B79001234567").json();
  ASSERT_EQ(inbox.root()["items"].size(), 2U);
  auto newest = *inbox.root()["items"].begin();
  EXPECT_EQ(newest["code"].text(), "222222");
  EXPECT_EQ(newest["text"].text(), "Code 222222");
  EXPECT_EQ(newest["sent_at"].text(), to_rfc3339(clock_.now()));
  auto other = get("/sms?phone=%2B79007654321").json();
  EXPECT_TRUE((*other.root()["items"].begin())["code"].is_null());
  EXPECT_EQ(get("/sms?phone=%2B79001234567&limit=1").json().root()["items"].size(), 1U);
  EXPECT_EQ(get("/sms").status, 400);
  EXPECT_EQ(get("/sms?phone=hello").status, 400);
}

TEST_F(Phones, AMessageSentTwiceComesOnce) {
  EXPECT_EQ(send("+79001234567", "Code 111111", "m1"), 202);
  EXPECT_EQ(send("+79001234567", "Code 111111", "m1"), 202);
  EXPECT_EQ(send("+79001234567", "Code 999999", "m1"), 422);
  EXPECT_EQ(get("/sms?phone=%2B79001234567").json().root()["items"].size(), 1U);
}

TEST_F(Phones, OnlyTheLatestFiftyAreKept) {
  for (int i = 0; i < 60; ++i) {
    clock_.advance(milliseconds(1));
    EXPECT_EQ(send("+79001234567", "Code " + std::to_string(100'000 + i), "m" + std::to_string(i)), 202);
  }
  auto inbox = get("/sms?phone=%2B79001234567&limit=100").json();
  EXPECT_EQ(inbox.root()["items"].size(), 50U);
  EXPECT_EQ((*inbox.root()["items"].begin())["code"].text(), "100059");
}

}  // namespace
}  // namespace bramble::sandbox
