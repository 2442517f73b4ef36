#include "services/payments/payments_stand.h"

namespace bramble::payments {
namespace {

class MoneyLooking : public PaymentsStand {
 public:
  Call support() {
    auto call = database.call;
    call.caller = {CallerKind::staff, "usr_support", {"support"}, ""};
    return call;
  }
  PaymentId start_for(const std::string& of, const std::string& token) {
    database.clock.advance(milliseconds(10));
    auto wanted = request(token);
    wanted.order_id = OrderId(of);
    return start_with(wanted).payment_id;
  }
  ListAttemptsReply attempts(ListAttemptsRequest request, std::int64_t limit = 10) {
    request.limit = limit;
    return run_sync(payments.list_attempts(support(), std::move(request)));
  }
  static std::vector<PaymentId> ids(const ListAttemptsReply& reply) {
    std::vector<PaymentId> found;
    for (const auto& attempt : reply.items) found.push_back(attempt.payment.payment_id);
    return found;
  }
};

TEST_F(MoneyLooking, OpenAttemptsAreShownTheOldestFirstPageByPage) {
  auto first = start_for("ord_1", "tok_3ds");
  start_for("ord_2", "tok_declined");
  auto second = start_for("ord_3", "tok_ok");
  ListAttemptsRequest open;
  open.open = true;
  EXPECT_EQ(ids(attempts(open)), (std::vector<PaymentId>{first, second}));
  auto page = attempts(open, 1);
  EXPECT_EQ(ids(page), std::vector<PaymentId>{first});
  EXPECT_TRUE(page.items[0].next_check_at);
  EXPECT_FALSE(page.items[0].payment.redirect_url);  // the bank's page is the buyer's alone
  open.from = page.next;
  EXPECT_EQ(ids(attempts(open, 1)), std::vector<PaymentId>{second});
  open.from = std::nullopt;
  open.status = PaymentStatus::authorised;
  EXPECT_EQ(ids(attempts(open)), std::vector<PaymentId>{second});
}

TEST_F(MoneyLooking, AllAttemptsAreShownTheNewestFirst) {
  auto first = start_for("ord_1", "tok_3ds");
  auto second = start_for("ord_2", "tok_declined");
  EXPECT_EQ(ids(attempts({})), (std::vector<PaymentId>{second, first}));
  auto page = attempts({}, 1);
  ListAttemptsRequest rest;
  rest.from = page.next;
  EXPECT_EQ(ids(attempts(rest)), std::vector<PaymentId>{first});
  ListAttemptsRequest declined;
  declined.status = PaymentStatus::declined;
  EXPECT_EQ(ids(attempts(declined)), std::vector<PaymentId>{second});
  ListAttemptsRequest one;
  one.payment_id = first;
  EXPECT_EQ(attempts(one).items.at(0).order_id.text(), "ord_1");
  one.payment_id = PaymentId("pay_none");
  EXPECT_TRUE(attempts(one).items.empty());
}

TEST_F(MoneyLooking, WebhooksOfUnknownPaymentsAreFoundByThemselves) {
  start_card("tok_3ds");
  bank.confirm("ord_1");
  tell("bev_1");
  auto stranger = account();
  stranger.payment_id = "pay_stranger";
  EXPECT_EQ(receive(signed_webhook(bank.event("bev_2", stranger))), WebhookOutcome::stored);
  auto look = [&](ListWebhooksRequest request) {
    request.limit = 10;
    return run_sync(payments.list_webhooks(support(), std::move(request))).items;
  };
  ListWebhooksRequest unapplied;
  unapplied.unapplied = true;
  auto found = look(unapplied);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].webhook.payment_id, "pay_stranger");
  EXPECT_FALSE(found[0].order_id);
  auto known = look({});
  ASSERT_EQ(known.size(), 1u);
  EXPECT_EQ(known[0].order_id, order);
  EXPECT_TRUE(known[0].webhook.applied);
  ListWebhooksRequest of_one;
  of_one.payment_id = "pay_stranger";
  EXPECT_EQ(look(of_one).size(), 1u);
}

TEST_F(MoneyLooking, LateMoneyIsInSuspenseUntilItIsDecidedUpon) {
  auto suspense = [&] { return run_sync(payments.list_suspense(support(), {0, 10})).items; };
  start_sbp();
  EXPECT_TRUE(suspense().empty());
  bank.confirm("ord_1");
  cancel();
  run_jobs();
  auto rows = suspense();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].account, "suspense:late_payment");
  EXPECT_EQ(rows[0].order_id, order);
  EXPECT_EQ(rows[0].balance, (Money{-amount, "RUB"}));
  accept_late();
  EXPECT_TRUE(suspense().empty());
}

TEST_F(MoneyLooking, BuyersMayNotLook) {
  auto call = database.call;
  call.caller = {CallerKind::buyer, "usr_1", {}, ""};
  EXPECT_EQ(failure_of(payments.list_attempts(call, {})).code, ErrorCode::forbidden);
  EXPECT_EQ(failure_of(payments.list_webhooks(call, {})).code, ErrorCode::forbidden);
  EXPECT_EQ(failure_of(payments.list_suspense(call, {})).code, ErrorCode::forbidden);
}

}  // namespace
}  // namespace bramble::payments
