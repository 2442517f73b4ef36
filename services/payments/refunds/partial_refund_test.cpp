// Parts of a payment that go back while its order goes on.
#include "services/payments/payments_stand.h"

namespace bramble::payments {
namespace {

using enum PaymentStatus;

class PartialRefunds : public PaymentsStand {
 public:
  PartialRefunds() {
    start_card("tok_ok");
    capture();
  }
  Task<Payment> refunding(const std::string& key, std::int64_t minor) {
    return payments.refund(database.call, {order, key, Money{minor, "RUB"}});
  }
  Payment refund(const std::string& key, std::int64_t minor) { return run_sync(refunding(key, minor)); }
  std::int64_t refunded() {
    return run_sync(payments.get(database.call, {order})).refunded.value_or(Money{0, "RUB"}).amount_minor;
  }
  // What was told of each: the keys, and whether nothing is left.
  std::vector<std::pair<std::vector<std::string>, bool>> told() {
    std::vector<std::pair<std::vector<std::string>, bool>> found;
    for (auto& event : database.events<PaymentRefunded>()) found.emplace_back(event.keys, event.in_full);
    return found;
  }
  using Told = std::vector<std::pair<std::vector<std::string>, bool>>;
};

TEST_F(PartialRefunds, GoBackOneByOneAndTheRestStays) {  // I8, I11
  EXPECT_EQ(refund("short-1", 50'000).status, captured);
  refund("short-2", 20'000);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(refunded(), 70'000);
  EXPECT_EQ(status(), captured);
  EXPECT_EQ(account().refunds, 2);
  EXPECT_EQ(entries(), 3);
  EXPECT_EQ(balance("buyer:ord_1"), -(amount - 70'000));
  EXPECT_EQ(told(), (Told{{{"short-1"}, false}, {{"short-2"}, false}}));
  auto found = run_sync(payments.get_order_payments(database.call, {order}));
  ASSERT_EQ(found.refunds.size(), 2u);
  EXPECT_TRUE(found.refunds[1].done);
  check_money();
}

TEST_F(PartialRefunds, OnceForAKey) {  // I11
  refund("short-1", 50'000);
  refund("short-1", 50'000);
  run_jobs();
  refund("short-1", 50'000);
  run_jobs();
  EXPECT_EQ(refunded(), 50'000);
  EXPECT_EQ(failure_of(refunding("short-1", 1)).code, ErrorCode::conflict);
  check_money();
}

TEST_F(PartialRefunds, AreTogetherAtMostWhatWasCaptured) {  // I11
  refund("short-1", 100'000);
  EXPECT_EQ(failure_of(refunding("short-2", amount - 100'000 + 1)).code, ErrorCode::conflict);
  EXPECT_EQ(failure_of(refunding("short-2", 0)).code, ErrorCode::invalid);
  refund("short-2", amount - 100'000);
  run_jobs();
  EXPECT_EQ(status(), PaymentStatus::refunded);
  EXPECT_EQ(told(), (Told{{{"short-1"}, false}, {{"short-2"}, true}}));
  check_money();
}

TEST_F(PartialRefunds, TheEndAfterwardsGivesBackTheRest) {  // I11
  refund("short-1", 50'000);
  cancel();
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(), PaymentStatus::refunded);
  EXPECT_EQ(account().refunds, 2);
  EXPECT_EQ(told(), (Told{{{"short-1"}, false}, {{}, true}}));
  EXPECT_EQ(balance("buyer:ord_1"), 0);
  check_money();
}

TEST_F(PartialRefunds, AfterTheEndAreCoveredByIt) {  // I11
  cancel();
  refund("short-1", 50'000);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(), PaymentStatus::refunded);
  EXPECT_EQ(account().refunds, 1);
  EXPECT_EQ(told(), (Told{{{}, true}}));
  check_money();
}

TEST_F(PartialRefunds, WhoseAnswersAreLostAreMadeOnce) {  // I11
  refund("short-1", 50'000);
  refund("short-2", 20'000);
  bank.faults = {Fault::unreachable};
  EXPECT_EQ(run_jobs(), 1);
  database.clock.advance(seconds(1));
  bank.faults = {Fault::lost_answer};
  EXPECT_EQ(run_jobs(), 1);
  database.clock.advance(seconds(1));
  bank.faults = {Fault::none, Fault::error_after};
  EXPECT_EQ(run_jobs(), 1);
  database.clock.advance(seconds(1));
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(account().refunds, 2);
  EXPECT_EQ(refunded(), 70'000);
  EXPECT_EQ(told(), (Told{{{"short-1"}, false}, {{"short-2"}, false}}));
  check_money();
}

TEST_F(PartialRefunds, AreKnownFromTheBanksNewsToo) {  // I12
  refund("short-1", 50'000);
  refund("short-2", 20'000);
  bank.faults = {Fault::lost_answer};
  EXPECT_EQ(run_jobs(), 1);
  tell("bev_1");
  EXPECT_EQ(told(), (Told{{{"short-1"}, false}}));
  database.clock.advance(seconds(1));
  EXPECT_EQ(run_jobs(), 0);
  tell("bev_2");
  EXPECT_EQ(account().refunds, 2);
  EXPECT_EQ(entries(), 3);
  check_money();
}

TEST_F(PartialRefunds, NewsOfSeveralAtOnceIsAnEntryForEach) {  // I11
  refund("short-1", 50'000);
  refund("short-2", 20'000);
  account().refunded_minor = 75'000;  // 5,000 of it nobody here asked for
  tell("bev_1");
  EXPECT_EQ(entries(), 4);
  EXPECT_EQ(told(), (Told{{{"short-1", "short-2"}, false}}));
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(account().refunds, 0);
  check_money();
}

TEST_F(PartialRefunds, OfMoneyThatIsNotThereAreRefused) {
  OrderId other("ord_2");
  auto request = this->request("tok_3ds");
  request.order_id = other;
  start_with(request);
  auto wish = payments.refund(database.call, {other, "short-1", Money{1, "RUB"}});
  EXPECT_EQ(failure_of(std::move(wish)).code, ErrorCode::conflict);
  auto nobody = payments.refund(database.call, {OrderId("ord_3"), "short-1", Money{1, "RUB"}});
  EXPECT_EQ(failure_of(std::move(nobody)).code, ErrorCode::not_found);
}

}  // namespace
}  // namespace bramble::payments
