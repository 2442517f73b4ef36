// Webhooks that are not the bank's, or are and make no sense: nothing of them is believed or breaks anything.
#include <gtest/gtest.h>

#include <chrono>

#include "base/digest.h"
#include "tests/input/fixture.h"
#include "tests/input/refusal_check.h"

namespace bramble::input {
namespace {

constexpr const char* hook = "/hooks/payments/sandbox";

std::int64_t now_s() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string signature(const std::string& secret, const std::string& timestamp, const std::string& body) {
  return "v1=" + hmac_sha256_hex(secret, timestamp + "." + body);
}

std::string headers(const std::string& timestamp, const std::string& key, const std::string& signature) {
  return "X-Bank-Timestamp: " + timestamp + "\r\nX-Bank-Key-Id: " + key +
         "\r\nX-Bank-Signature: " + signature + "\r\n";
}

// An event that would mean something, had the bank sent it.
std::string event_about(const std::string& payment) {
  return R"({"event_id":"bev_bad","type":"payment.captured","created_at":"2026-11-23T09:38:46.120Z","payment":)" +
         payment + "}";
}

class BadHooks : public testing::Test {
 protected:
  void SetUp() override { before_ = fixture().everything(); }
  void TearDown() override {
    EXPECT_EQ(before_, fixture().everything()) << "a bad webhook changed something";
  }

  harness::Reply send(const std::string& headers, const std::string& body, const char* path = hook) {
    harness::Wire shop(fixture().origin("storefront"));
    return shop.ask("POST", path, headers, body);
  }
  // Signed as the bank signs.
  harness::Reply send_signed(const std::string& body) {
    auto timestamp = std::to_string(now_s());
    return send(headers(timestamp, "key-1", signature(secret_, timestamp, body)), body);
  }

  std::string secret_ = fixture().secret("bank_webhook_secret");
  std::string before_;
};

TEST_F(BadHooks, WhatIsNotSignedByTheBankNowIsRefused_I25) {
  auto body =
      event_about(R"({"bank_payment_id":"bpy_1","payment_id":"pay_1","status":"CAPTURED","amount_minor":1})");
  auto now = std::to_string(now_s());
  auto good = signature(secret_, now, body);
  auto old = std::to_string(now_s() - 4'000), future = std::to_string(now_s() + 4'000);
  for (const auto& lines :
       {std::string(), headers(now, "key-1", ""), headers(now, "key-1", good.substr(3)),
        headers(now, "key-2", good), headers(now, "", good), headers(now, "key-1", "v2" + good.substr(2)),
        headers(now, "key-1", good.substr(0, 40)),
        headers(now, "key-1", signature("another secret", now, body)),
        headers(now, "key-1", signature("", now, body)),
        headers(now, "key-1", signature(secret_, now, body + " ")),
        headers(old, "key-1", signature(secret_, old, body)),
        headers(future, "key-1", signature(secret_, future, body)),
        headers("", "key-1", signature(secret_, "", body)),
        headers("1e9", "key-1", signature(secret_, "1e9", body)),
        headers("-1", "key-1", signature(secret_, "-1", body)),
        headers("99999999999999999999", "key-1", signature(secret_, "99999999999999999999", body))}) {
    auto reply = send(lines, body);
    EXPECT_EQ(reply.status, 401) << lines << reply.body;
    EXPECT_EQ(check_refusal(reply, ""), "") << lines << reply.body;
  }
  EXPECT_EQ(send(headers(now, "key-1", good), body, "/hooks/payments/otherbank").status, 401);
}

TEST_F(BadHooks, WhatTheBankSignsAndMakesNoSenseBreaksNothing) {
  std::string deep;
  for (int i = 0; i < 1'000; ++i) deep += "{\"payment\":";
  for (const auto& body : {std::string("{}"), std::string("[]"), std::string("null"), std::string("{"), deep,
                           std::string("\xFF\xFE"), event_about("null"), event_about("[]"), event_about("{}"),
                           event_about(R"({"bank_payment_id":1,"payment_id":2,"status":3})"),
                           event_about(R"({"bank_payment_id":"b","payment_id":"p","status":"STOLEN"})"),
                           event_about(R"({"bank_payment_id":"","payment_id":"","status":"CAPTURED"})")}) {
    auto reply = send_signed(body);
    EXPECT_EQ(reply.status, 400) << body.substr(0, 200) << reply.body;
    EXPECT_EQ(check_refusal(reply, ""), "") << body.substr(0, 200) << reply.body;
  }
  // Events about unknown payments are stored, whatever they say: the payment may still arrive.
  int number = 0;
  for (const auto& amounts : {R"("amount_minor":-1,"captured_minor":-9223372036854775808)",
                              R"("amount_minor":9223372036854775807,"captured_minor":9223372036854775807)",
                              R"("amount_minor":1.5,"captured_minor":"1")", R"("currency":"XXXX")"}) {
    auto body =
        R"({"event_id":"bev_odd)" + std::to_string(++number) +
        R"(","type":"payment.captured","payment":{"bank_payment_id":"bpy_odd","payment_id":"pay_odd","status":)"
        R"("CAPTURED",)" +
        amounts + "}}";
    auto reply = send_signed(body);
    EXPECT_TRUE(reply.ok() || reply.status == 400) << amounts << reply.status << reply.body;
    EXPECT_EQ(send_signed(body).status, reply.status) << "the second time";
  }
}

}  // namespace
}  // namespace bramble::input
