#include "services/inventory/stock_store.h"

#include "services/inventory/inventory_stand.h"

namespace bramble::inventory {
namespace {

class Grants : public InventoryStand {};
class Turns : public InventoryStand {};

TEST_F(Grants, AddUp) {
  grant(near, 1, 1, {{shoe, 2}, {sock, 5}});
  grant(near, 1, 2, {{shoe, 3}});
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 5, 0, 0}}));
  EXPECT_EQ(stock(sock), (std::vector<Stock>{{sock, near, 5, 0, 0}}));
  check_sums();
}

TEST_F(Grants, ARepeatedOneIsIgnored) {  // I22
  grant(near, 1, 1, {{shoe, 2}});
  grant(near, 1, 2, {{shoe, 1}});
  grant(near, 1, 1, {{shoe, 2}});
  grant(near, 1, 2, {{shoe, 1}});
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 3, 0, 0}}));
}

TEST_F(Grants, AGapIsRefusedUntilItIsFilled) {  // I22
  grant(near, 1, 1, {{shoe, 1}});
  EXPECT_THROW(grant(near, 1, 3, {{shoe, 4}}), Error);
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 1, 0, 0}}));
  grant(near, 1, 2, {{shoe, 2}});
  grant(near, 1, 3, {{shoe, 4}});
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 7, 0, 0}}));
}

TEST_F(Grants, AnEpochBeginsAtOneAndEndsTheOneBefore) {  // I22
  grant(near, 1, 1, {{shoe, 1}});
  EXPECT_THROW(grant(near, 2, 2, {{shoe, 4}}), Error);
  grant(near, 2, 1, {{shoe, 2}});
  grant(near, 1, 2, {{shoe, 100}});
  grant(near, 2, 1, {{shoe, 100}});
  grant(near, 2, 2, {{shoe, 4}});
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 7, 0, 0}}));
  check_sums();
}

TEST_F(Grants, EachSiteCountsForItself) {
  grant(near, 1, 1, {{shoe, 1}});
  grant(far, 1, 1, {{shoe, 2}});
  grant(near, 1, 2, {{shoe, 1}});
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, far, 2, 0, 0}, {shoe, near, 2, 0, 0}}));
}

TEST_F(Grants, OneOfASiteThatIsNotKnownYetIsTriedAgain) {
  SiteId later("site_later");
  EXPECT_THROW(grant(later, 1, 1, {{shoe, 1}}), Error);
  open(later, 50, 50);
  grant(later, 1, 1, {{shoe, 1}});
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, later, 1, 0, 0}}));
}

TEST_F(Grants, ASiteThatIsOpenedAgainKeepsItsCount) {
  grant(near, 1, 1, {{shoe, 1}});
  open(near, 10, 10);
  grant(near, 1, 1, {{shoe, 1}});
  grant(near, 1, 2, {{shoe, 1}});
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 2, 0, 0}}));
}

TEST_F(Turns, AreToldOnlyWhenTheLastGoesAndTheFirstComes) {
  grant(near, 1, 1, {{shoe, 2}});
  grant(near, 1, 2, {{shoe, 1}});
  EXPECT_EQ(turns(shoe), (std::vector<bool>{true}));
  reserve("ord_1", {{shoe, 2}});
  EXPECT_EQ(turns(shoe), (std::vector<bool>{true}));
  reserve("ord_2", {{shoe, 1}});
  EXPECT_EQ(turns(shoe), (std::vector<bool>{true, false}));
  reserve("ord_3", {{shoe, 1}});
  EXPECT_EQ(turns(shoe), (std::vector<bool>{true, false}));
  release("ord_1");
  release("ord_2");
  EXPECT_EQ(turns(shoe), (std::vector<bool>{true, false, true}));
}

TEST_F(Turns, AHoldOverSeveralSitesTurnsOnce) {
  grant(near, 1, 1, {{shoe, 2}});
  grant(far, 1, 1, {{shoe, 2}});
  reserve("ord_1", {{shoe, 4}});
  EXPECT_EQ(turns(shoe), (std::vector<bool>{true, false}));
  release("ord_1");
  EXPECT_EQ(turns(shoe), (std::vector<bool>{true, false, true}));
}

TEST_F(Turns, AReturnOfSoldGoodsIsOneExpiryIsOne) {
  grant(near, 1, 1, {{shoe, 1}});
  reserve("ord_1", {{shoe, 1}});
  begin_payment("ord_1");
  pay("ord_1");
  EXPECT_EQ(turns(shoe), (std::vector<bool>{true, false}));
  cancel_paid("ord_1");
  EXPECT_EQ(turns(shoe), (std::vector<bool>{true, false, true}));
  reserve("ord_2", {{shoe, 1}});
  database.clock.advance(minutes(16));
  expire();
  EXPECT_EQ(turns(shoe), (std::vector<bool>{true, false, true, false, true}));
}

TEST_F(Turns, ARightThatIsMissingIsNeverTaken) {  // I2, I6
  grant(near, 1, 1, {{shoe, 2}});
  StockStore store;
  database.transact([&](Tx& tx) {
    EXPECT_FALSE(store.take(tx, {shoe, near, 3}));
    EXPECT_FALSE(store.take(tx, {shoe, far, 1}));
    EXPECT_TRUE(store.take(tx, {shoe, near, 2}));
    EXPECT_FALSE(store.take(tx, {shoe, near, 1}));
  });
  auto step = [&](auto work) { database.transact([&](Tx& tx) { work(tx); }); };
  EXPECT_THROW(step([&](Tx& tx) { store.release(tx, {shoe, near, 3}); }), Error);
  EXPECT_THROW(step([&](Tx& tx) { store.spend(tx, {shoe, near, 3}); }), Error);
  EXPECT_THROW(step([&](Tx& tx) { store.take_back(tx, {shoe, near, 1}); }), Error);
  EXPECT_EQ(stock(shoe), (std::vector<Stock>{{shoe, near, 2, 2, 0}}));
}

}  // namespace
}  // namespace bramble::inventory
