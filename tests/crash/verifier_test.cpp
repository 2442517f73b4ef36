// The verifier notices each kind of fault.
#include <gtest/gtest.h>

#include "tests/crash/bank_audit.h"
#include "tests/crash/order_note.h"

namespace bramble::crash {
namespace {

// An order as the API shows it.
std::string shown(const std::string& statuses, const std::string& payment = "CAPTURED", int total = 200,
                  int quantity = 2) {
  std::string history, last;
  for (std::size_t at = 0; at < statuses.size();) {
    auto end = std::min(statuses.find(' ', at), statuses.size());
    last = statuses.substr(at, end - at);
    history += (history.empty() ? "" : ",") + std::string(R"({"status":")") + last + R"(","at":"t)" +
               std::to_string(at) + "\"}";
    at = end + 1;
  }
  return R"({"order_id":"ord_1","status":")" + last + R"(","total":{"amount_minor":)" +
         std::to_string(total) + R"(},"items":[{"sku_id":"sku_1","quantity":)" + std::to_string(quantity) +
         R"(}],"history":[)" + history + R"(],"payment":{"status":")" + payment + "\"}}";
}

OrderNote note_of(const std::string& order) {
  OrderNote note;
  note.wanted = {{"sku_1", 2}};
  auto json = JsonDocument::parse(order);
  EXPECT_EQ(learn(note, json.root()), "");
  return note;
}

std::string learned(OrderNote note, const std::string& order) {
  auto json = JsonDocument::parse(order);
  return learn(note, json.root());
}

TEST(Verifier, NoticesAnOrderThatIsNotWhatItWas_I17) {
  auto paid = note_of(shown("PENDING_PAYMENT PAID"));
  EXPECT_EQ(learned(paid, shown("PENDING_PAYMENT PAID")), "");
  EXPECT_EQ(learned(paid, shown("PENDING_PAYMENT PAID ASSEMBLING")), "");
  EXPECT_NE(learned(paid, shown("PENDING_PAYMENT")), "");
  EXPECT_NE(learned(paid, shown("PENDING_PAYMENT CANCELLED")), "");
  EXPECT_NE(learned(paid, shown("PENDING_PAYMENT PAID", "AUTHORISED")), "");
  EXPECT_NE(learned(paid, shown("PENDING_PAYMENT PAID", "CAPTURED", 201)), "");
  EXPECT_NE(learned(paid, shown("PENDING_PAYMENT PAID", "CAPTURED", 200, 3)), "");
  paid.cancelled = true;
  EXPECT_NE(learned(paid, shown("PENDING_PAYMENT PAID ASSEMBLING")), "");
  EXPECT_EQ(learned(paid, shown("PENDING_PAYMENT PAID REFUNDED", "REFUNDED")), "");
}

harness::BankReport report(std::vector<harness::BankRow> rows, std::int64_t captured, std::int64_t refunded,
                           std::int64_t captures) {
  return {
      .rows = std::move(rows), .captured_minor = captured, .refunded_minor = refunded, .captures = captures};
}

TEST(Verifier, NoticesMoneyThatIsNotWhereItBelongs_I12_I18) {
  auto packed = note_of(shown("PENDING_PAYMENT PAID ASSEMBLING READY_TO_SHIP"));
  auto refunded = note_of(shown("PENDING_PAYMENT PAID REFUNDED", "REFUNDED"));
  harness::BankRow charge{"pay_1", "ord_1", "CAPTURED", 200, 0};
  harness::BankRow given_back{"pay_1", "ord_1", "CAPTURED", 200, 200};
  EXPECT_TRUE(audit(report({charge}, 200, 0, 1), {&packed}).empty());
  EXPECT_TRUE(audit(report({given_back}, 200, 200, 1), {&refunded}).empty());
  EXPECT_FALSE(audit(report({charge}, 200, 0, 1), {&refunded}).empty()) << "never given back";
  EXPECT_FALSE(audit(report({charge}, 200, 0, 1), {}).empty()) << "charged for nothing";
  EXPECT_FALSE(audit(report({charge}, 400, 0, 2), {&packed}).empty()) << "charged twice";
  EXPECT_FALSE(audit(report({}, 0, 0, 0), {&packed}).empty()) << "never paid";
  auto short_of_one = packed;
  short_of_one.cancelled_minor = 50;
  EXPECT_TRUE(audit(report({{"pay_1", "ord_1", "CAPTURED", 200, 50}}, 200, 50, 1), {&short_of_one}).empty());
  EXPECT_FALSE(audit(report({charge}, 200, 0, 1), {&short_of_one}).empty())
      << "a missing unit is kept paid for";
  auto second = charge;
  second.payment_id = "pay_2";
  EXPECT_FALSE(audit(report({charge, second}, 400, 0, 2), {&packed}).empty()) << "two charges";
  EXPECT_FALSE(audit(report({{"pay_3", "ord_3", "AUTHORISED", 0, 0}}, 0, 0, 0), {}).empty())
      << "blocked for ever";
}

}  // namespace
}  // namespace bramble::crash
