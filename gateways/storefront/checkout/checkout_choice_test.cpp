#include "gateways/storefront/checkout/checkout_choice.h"

#include <gtest/gtest.h>

namespace bramble::storefront {
namespace {

constexpr const char* key = "0123456789abcdef0123456789abcdef";

const PayMethods practice = {{"card_ok", "card", "tok_ok"}, {"sbp", "sbp", ""}};

Choice read(const std::string& form, const PayMethods& methods = practice) {
  return choice_of(pages::Form(form), methods);
}

TEST(CheckoutChoice, IsReadFromTheFormThatWasShown) {
  auto choice =
      read(std::string("key=") + key +
           "&point=pp_1&pay=sbp&near=+kazan+&lat=55.5&lon=-37.25&line=sku_a+2+199900&line=sku_b+1+50");
  EXPECT_EQ(choice.key, key);
  EXPECT_EQ(choice.point, PickupPointId("pp_1"));
  ASSERT_NE(choice.pay, nullptr);
  EXPECT_EQ(choice.pay->type, "sbp");
  EXPECT_EQ(choice.near, "kazan");
  EXPECT_EQ(choice.here, (std::pair{55.5, -37.25}));
  ASSERT_EQ(choice.items.size(), 2u);
  EXPECT_EQ(choice.items[0].sku_id, SkuId("sku_a"));
  EXPECT_EQ(choice.items[0].quantity, 2);
  EXPECT_EQ(choice.items[0].expected_price, rub(199'900));
}

TEST(CheckoutChoice, LeavesOutWhatCannotBe) {
  for (const char* form :
       {"line=sku_a", "line=sku_a+2", "line=sku_a+0+100", "line=sku_a+100+100", "line=sku_a+1+0",
        "line=prd_a+1+100", "line=sku_a+1+1e9", "line=sku_a+1+100+7", "line=+", "line=sku_a++100"}) {
    EXPECT_TRUE(read(form).items.empty()) << form;
  }
  for (const char* form :
       {"key=", "key=short", "key=0123456789ABCDEF0123456789ABCDEF", "key=../../../etc/passwd"}) {
    EXPECT_TRUE(read(form).key.empty()) << form;
  }
  for (const char* form :
       {"lat=55", "lon=37", "lat=91&lon=0", "lat=0&lon=181", "lat=nan&lon=0", "lat=x&lon=y"}) {
    EXPECT_FALSE(read(form).here.has_value()) << form;
  }
  EXPECT_EQ(read("pay=tok_ok").pay, nullptr);
  EXPECT_FALSE(read("point=ord_1").point.has_value());
}

TEST(CheckoutChoice, OnlyAnOfferedWayToPayCanBeChosen) {
  const auto usual = usual_pay_methods();
  EXPECT_EQ(read("pay=card_ok", usual).pay, nullptr) << "no test card reaches a real bank";
  ASSERT_NE(read("pay=card", usual).pay, nullptr);
  EXPECT_EQ(read("pay=card", usual).pay->token, "bank_page");
  ASSERT_NE(read("pay=sbp", usual).pay, nullptr);
  EXPECT_EQ(read("pay=card", practice).pay, nullptr);
}

TEST(CheckoutChoice, AtMostAHundredLinesAreRead) {
  std::string form;
  for (int i = 0; i < 150; ++i) form += "&line=sku_" + std::to_string(i) + "+1+100";
  EXPECT_EQ(read(form.substr(1)).items.size(), 100u);
}

TEST(CheckoutChoice, TheSameOrderHasTheSameDigestAndAnotherHasNot) {
  auto base = std::string("point=pp_1&pay=sbp&line=sku_a+2+100");
  EXPECT_EQ(digest_of(read(base)), digest_of(read(base + "&key=" + key + "&near=x")));
  for (const char* other : {"point=pp_2&pay=sbp&line=sku_a+2+100", "point=pp_1&pay=card_ok&line=sku_a+2+100",
                            "point=pp_1&pay=sbp&line=sku_a+1+100", "point=pp_1&pay=sbp&line=sku_a+2+101",
                            "point=pp_1&pay=sbp&line=sku_a+2+100&line=sku_b+1+100"}) {
    EXPECT_NE(digest_of(read(base)), digest_of(read(other))) << other;
  }
}

TEST(CheckoutChoice, ALineIsReadAsItIsWritten) {
  auto choice = read("line=" + line_text(SkuId("sku_a"), 3, rub(1'234)));
  ASSERT_EQ(choice.items.size(), 1u);
  EXPECT_EQ(line_text(choice.items[0].sku_id, choice.items[0].quantity, *choice.items[0].expected_price),
            "sku_a 3 1234");
}

}  // namespace
}  // namespace bramble::storefront
