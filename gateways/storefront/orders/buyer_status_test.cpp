#include "gateways/storefront/orders/buyer_status.h"

#include <gtest/gtest.h>

#include "storefront_page_files.h"

namespace bramble::storefront {
namespace {

using orders::OrderStatus;
using payments::PaymentStatus;

TEST(OrderWords, HowItStandsFollowsFromTheOrderAndItsPayment) {
  struct Case {
    OrderStatus order;
    PaymentStatus payment;
    const char* reason;
    BuyerStatus buyer_status;
    const char* kind;
  };
  const Case cases[] = {
      {OrderStatus::pending_payment, PaymentStatus::requires_action, "", BuyerStatus::to_confirm, "warning"},
      {OrderStatus::pending_payment, PaymentStatus::processing, "", BuyerStatus::deciding, "info"},
      {OrderStatus::pending_payment, PaymentStatus::authorised, "", BuyerStatus::deciding, "info"},
      {OrderStatus::pending_payment, PaymentStatus::declined, "3ds_failed", BuyerStatus::to_repay, "error"},
      {OrderStatus::paid, PaymentStatus::captured, "", BuyerStatus::paid, "success"},
      {OrderStatus::at_pickup_point, PaymentStatus::captured, "", BuyerStatus::paid, "success"},
      {OrderStatus::delivered, PaymentStatus::captured, "", BuyerStatus::delivered, "success"},
      {OrderStatus::cancelled, PaymentStatus::declined, "insufficient_funds", BuyerStatus::declined, "error"},
      {OrderStatus::cancelled, PaymentStatus::declined, "session_expired", BuyerStatus::timed_out, "warning"},
      {OrderStatus::cancelled, PaymentStatus::cancelled, "", BuyerStatus::cancelled, "info"},
      {OrderStatus::expired, PaymentStatus::cancelled, "", BuyerStatus::timed_out, "warning"},
      {OrderStatus::refunded, PaymentStatus::refunded, "", BuyerStatus::refunded, "info"},
      {OrderStatus::returned, PaymentStatus::captured, "", BuyerStatus::returned, "info"},
  };
  for (const auto& given : cases) {
    orders::OrderView order;
    order.status = given.order;
    order.payment.status = given.payment;
    if (*given.reason != '\0') order.payment.decline_reason = given.reason;
    EXPECT_EQ(buyer_status_of(order), given.buyer_status) << to_string(given.order) << given.reason;
    EXPECT_EQ(notice_kind(buyer_status_of(order)), given.kind) << to_string(given.order);
  }
}

class OrderTexts : public testing::TestWithParam<const char*> {
 protected:
  pages::Locale locale{GetParam(), pages::Messages(GetParam(), pages::storefront_page_files()),
                       pages::Formats(GetParam(), "Europe/Moscow"),
                       pages::TemplateStore({}, pages::Messages(GetParam(), {}), nullptr)};
};

TEST_P(OrderTexts, EveryStateIsToldWithWhatComesNext) {
  for (auto status :
       {OrderStatus::pending_payment, OrderStatus::paid, OrderStatus::assembling, OrderStatus::ready_to_ship,
        OrderStatus::in_transit, OrderStatus::at_pickup_point, OrderStatus::delivered, OrderStatus::cancelled,
        OrderStatus::expired, OrderStatus::refunded, OrderStatus::returned}) {
    for (auto payment : {PaymentStatus::requires_action, PaymentStatus::processing, PaymentStatus::captured,
                         PaymentStatus::declined, PaymentStatus::refunded}) {
      orders::OrderView order;
      order.status = status;
      order.payment.status = payment;
      EXPECT_FALSE(status_text(locale, status).empty());
      EXPECT_FALSE(what_next(locale, order).empty()) << to_string(status);
      order.cancel_requested = true;
      EXPECT_FALSE(what_next(locale, order).empty());
    }
  }
}

TEST_P(OrderTexts, ACancelThatCameTooLateIsAnsweredUntilTheOrderLeaves) {
  orders::OrderView order;
  order.payment.status = PaymentStatus::captured;
  for (auto status : {OrderStatus::paid, OrderStatus::ready_to_ship, OrderStatus::in_transit}) {
    order.status = status;
    order.cancel_refused = false;
    auto usual = what_next(locale, order);
    order.cancel_refused = true;
    EXPECT_EQ(what_next(locale, order) == usual, status == OrderStatus::in_transit);
  }
}

TEST_P(OrderTexts, ABankThatGivesNoReasonOrANewOneIsSpokenForAsWell) {
  orders::OrderView order;
  order.status = OrderStatus::cancelled;
  order.payment.status = PaymentStatus::declined;
  auto without = decline_text(locale, order);
  EXPECT_FALSE(without.empty());
  order.payment.decline_reason = "the moon is full";
  EXPECT_EQ(decline_text(locale, order), without);
  order.payment.decline_reason = "3ds_failed";
  EXPECT_NE(decline_text(locale, order), without);
  order.status = OrderStatus::paid;
  EXPECT_EQ(decline_text(locale, order), "");
}

INSTANTIATE_TEST_SUITE_P(Languages, OrderTexts, testing::Values("ru", "en"));

}  // namespace
}  // namespace bramble::storefront
