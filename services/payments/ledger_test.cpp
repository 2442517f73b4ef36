#include "services/payments/ledger.h"

#include <gtest/gtest.h>

#include <map>

#include "base/error.h"

namespace bramble::payments {
namespace {

const OrderId order("ord_1");

using Balances = std::map<std::string, std::int64_t>;

Balances sums(std::initializer_list<std::vector<Posting>> entries) {
  Balances balances;
  for (const auto& postings : entries) {
    check_balanced(postings);
    for (const auto& posting : postings) balances[posting.account] += posting.amount_minor;
  }
  std::erase_if(balances, [](const auto& balance) { return balance.second == 0; });
  return balances;
}

TEST(Ledger, EveryEntryBalances) {  // I8
  for (bool late : {false, true}) {
    for (std::int64_t captured : {1, 999, 1'000, 1'001, 5'000}) {
      EXPECT_NO_THROW(check_balanced(capture_postings("sandbox", order, captured, 1'000, late)));
      EXPECT_NO_THROW(check_balanced(refund_postings("sandbox", order, captured, late)));
    }
  }
  EXPECT_NO_THROW(check_balanced(accept_late_postings(order, 1'000)));
}

TEST(Ledger, KnowsWhoseTheMoneyIs) {  // I9
  EXPECT_EQ(sums({capture_postings("sandbox", order, 1'000, 1'000, false)}),
            (Balances{{"psp:sandbox", 1'000}, {"buyer:ord_1", -1'000}}));
  EXPECT_EQ(sums({capture_postings("sandbox", order, 1'000, 1'000, true)}),
            (Balances{{"psp:sandbox", 1'000}, {"suspense:late_payment", -1'000}}));
}

TEST(Ledger, WhatWasNotAskedForIsInSuspense) {  // I10
  EXPECT_EQ(sums({capture_postings("sandbox", order, 900, 1'000, false)}),
            (Balances{{"psp:sandbox", 900}, {"buyer:ord_1", -1'000}, {"suspense:recon", 100}}));
  EXPECT_EQ(sums({capture_postings("sandbox", order, 1'100, 1'000, false)}),
            (Balances{{"psp:sandbox", 1'100}, {"buyer:ord_1", -1'000}, {"suspense:recon", -100}}));
}

TEST(Ledger, ARefundLeavesNothing) {  // I11
  EXPECT_EQ(sums({capture_postings("sandbox", order, 1'000, 1'000, false),
                  refund_postings("sandbox", order, 1'000, false)}),
            Balances());
  EXPECT_EQ(sums({capture_postings("sandbox", order, 1'000, 1'000, true),
                  refund_postings("sandbox", order, 1'000, true)}),
            Balances());
}

TEST(Ledger, AcceptedLateMoneyIsTheBuyersAndCanBeRefunded) {  // I18
  auto late = capture_postings("sandbox", order, 1'000, 1'000, true);
  auto accepted = accept_late_postings(order, 1'000);
  EXPECT_EQ(sums({late, accepted}), (Balances{{"psp:sandbox", 1'000}, {"buyer:ord_1", -1'000}}));
  EXPECT_EQ(sums({late, accepted, refund_postings("sandbox", order, 1'000, false)}), Balances());
}

TEST(Ledger, RefusesWhatDoesNotBalance) {  // I8
  EXPECT_THROW(check_balanced({}), Error);
  EXPECT_THROW(check_balanced({{"a", 1}}), Error);
  EXPECT_THROW(check_balanced({{"a", 1}, {"b", -2}}), Error);
  EXPECT_THROW(check_balanced({{"a", 0}, {"b", 0}}), Error);
  EXPECT_THROW(check_balanced({{"a", 1}, {"b", -1}, {"c", 0}}), Error);
}

}  // namespace
}  // namespace bramble::payments
