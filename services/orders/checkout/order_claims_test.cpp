// A new order meets others: with its key, of its cart, of its buyer.
#include <set>

#include "services/orders/orders_fixture.h"

namespace bramble::orders {
namespace {

using enum OrderStatus;

class Claims : public OrdersFixture {
 public:
  CreateRequest from_cart(const std::string& key, const std::string& version,
                          std::vector<std::string> lines) {
    auto wanted = request(key);
    wanted.cart = CartOrdered{version, std::nullopt, std::move(lines)};
    return wanted;
  }
  OrdersSettings with_limits(std::int64_t most_orders, std::int64_t most_units) {
    OrdersSettings settings;
    settings.unpaid = {most_orders, most_units};
    return settings;
  }
  OrdersSettings alone() {
    OrdersSettings settings;
    settings.alone = true;
    return settings;
  }
  OrdersService another(OrdersSettings settings) {
    return {*database,
            {catalog, inventory, payments, pickup, warehouse},
            database.clock,
            database.random,
            std::move(settings)};
  }
};

class CutOff : public Claims {
 public:
  // A crash during the creation of an order: it is saved, its key taken, its goods held, its payment started.
  CutOff() {
    inventory.available[shoe] = 1;
    database.transact([&](Tx& tx) {
      OrderRow row;
      row.order_id = dead;
      row.user_id = UserId("usr_1");
      row.total = Money{199'900, "RUB"};
      row.delivery = {"pickup", PickupPointId("pp_1")};
      row.created_at = tx.now();
      row.expires_at = tx.now() + minutes(15);
      row.idempotency_key = "k";
      Item item{
          ItemId("itm_1"), shoe, ProductId("prd_1"), SellerId("sel_1"), "Shoe", {}, 199'900, 1, {}, new_};
      OrderStore().add(tx, row, {item}, tx.now() + seconds(5));
      AnswerStore().take_key(tx, "usr_1", create_route, "k", "digest of 1/0",
                             Lease{dead, "a process that died", tx.now() + seconds(5)});
      ClaimStore().put_cart_claim(tx, UserId("usr_1"), {dead, "v1", {"a"}, tx.now()});
    });
    run_sync(inventory.reserve(database.call, {dead, 1, {{shoe, 1}}, 0, 0, {}}));
    run_sync(
        payments.begin(database.call, {dead, UserId("usr_1"), Money{199'900, "RUB"}, {"card", "t"}, "", {}}));
  }
  void check_undone(const OrderId& order) {
    EXPECT_NE(order, dead);
    EXPECT_EQ(status(dead), cancelled);
    EXPECT_EQ(account(dead).payment.status, Pay::cancelled);
    EXPECT_EQ(account(dead).captures, 0);
    EXPECT_EQ(hold(dead), FakeInventory::State::released);
    EXPECT_EQ(run_jobs(), 0);
    EXPECT_EQ(status(order), paid);
    check_orders();
  }
  const OrderId dead{"ord_dead"};
};

TEST_F(CutOff, ItsRepeatIsAnsweredAtOnceByTheOnlyProcess) {  // I16, I19
  auto after_restart = another(alone());
  auto reply = run_sync(after_restart.create(buyer(), request("k")));
  ASSERT_EQ(reply.outcome, CreateOutcome::created);
  EXPECT_FALSE(reply.replayed);
  check_undone(reply.order->order_id);
}

TEST_F(CutOff, ItsRepeatIsAnsweredByAnotherProcessWhenItsLeaseIsOver) {  // I16, I19
  EXPECT_EQ(create(request("k")).outcome, CreateOutcome::key_busy);
  EXPECT_EQ(failure_of(orders.get(buyer(), {dead})).code, ErrorCode::not_found);
  // Its job waits until it is known whether the creation is still running.
  on_authorised(dead);
  EXPECT_EQ(run_jobs(), 1);
  EXPECT_EQ(account(dead).captures, 0);
  database.clock.advance(seconds(5));
  auto reply = create(request("k"));
  ASSERT_EQ(reply.outcome, CreateOutcome::created);
  check_undone(reply.order->order_id);
}

TEST_F(CutOff, ItsCartIsFreeAsSoonAsItsKeyIs) {
  auto after_restart = another(alone());
  auto reply = run_sync(after_restart.create(buyer(), from_cart("k2", "v1", {"a"})));
  ASSERT_EQ(reply.outcome, CreateOutcome::created);
  check_undone(reply.order->order_id);
}

TEST_F(CutOff, TheSweeperEndsItWhenNobodyRepeatsIt) {  // I16
  sweep();
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(failure_of(orders.get(buyer(), {dead})).code, ErrorCode::not_found);
  database.clock.advance(seconds(6));
  sweep();
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(dead), cancelled);
  EXPECT_EQ(inventory.available[shoe], 1);
  EXPECT_EQ(account(dead).payment.status, Pay::cancelled);
  EXPECT_EQ(create(request("k")).outcome, CreateOutcome::created);
  check_orders();
}

TEST_F(CutOff, TheSweeperOfTheNextProcessEndsIt) {  // I16
  auto after_restart = another(alone());
  database.clock.advance(seconds(5));
  run_sync(after_restart.stories().sweeper.sweep(database.call));
  while (auto job = database.take_job<AdvanceOrder>())
    run_sync(after_restart.stories().saga.advance(database.call, *job));
  EXPECT_EQ(status(dead), cancelled);
  EXPECT_EQ(inventory.available[shoe], 1);
}

// A killed older version left such keys.
TEST_F(Claims, AKeyThatNamesNoOrderIsFree) {  // I19
  database.run("INSERT INTO idempotency (principal, route, key, digest, reply, created_at) VALUES"
               " ('usr_1', 'orders.create', 'k', 'another digest', NULL, 1)");
  auto reply = create(request("k"));
  EXPECT_EQ(reply.outcome, CreateOutcome::created);
  EXPECT_TRUE(create(request("k")).replayed);
  check_orders();
}

TEST_F(Claims, ARequestThatIsStillAtWorkIsNotUndone) {  // I19
  auto elsewhere = another({});
  payments.trouble.meanwhile("begin", When::before, [&] {
    EXPECT_EQ(run_sync(orders.create(buyer(), request("k"))).outcome, CreateOutcome::key_busy);
    for (int i = 0; i < 4; ++i) {
      database.clock.advance(seconds(4));
      run_sync(orders.stories().creations.renew_leases(database.call));
      EXPECT_EQ(run_sync(elsewhere.create(buyer(), request("k"))).outcome, CreateOutcome::key_busy);
      run_sync(elsewhere.stories().sweeper.sweep(database.call));
      EXPECT_EQ(database.jobs<AdvanceOrder>().size(), i == 0 ? 0u : 1u);
    }
  });
  EXPECT_EQ(create(request("k")).outcome, CreateOutcome::created);
  run_jobs();
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM purchase WHERE status = 2"), 1);
  check_orders();
}

TEST_F(Claims, AProcessThatStoodStillTooLongFindsItsOrderUndone) {  // I19
  auto elsewhere = another({});
  std::optional<OrderId> second;
  payments.trouble.meanwhile("begin", When::before, [&] {
    database.clock.advance(seconds(6));
    second = run_sync(elsewhere.create(buyer(), request("k"))).order->order_id;
  });
  EXPECT_EQ(failure_of(orders.create(buyer(), request("k"))).reason, "order_moved");
  run_jobs();
  EXPECT_EQ(status(*second), paid);
  EXPECT_EQ(inventory.available[shoe], 9);
  EXPECT_EQ(create(request("k")).order->order_id, *second);
  check_orders();
}

TEST_F(Claims, ARefusalThatComesAfterItsRequestWasUndoneIsNotTheRepeatsAnswer) {  // I19
  auto elsewhere = another({});
  inventory.available[shoe] = 0;
  inventory.trouble.meanwhile("reserve", When::after, [&] {
    inventory.available[shoe] = 5;
    database.clock.advance(seconds(6));
    EXPECT_EQ(run_sync(elsewhere.create(buyer(), request("k"))).outcome, CreateOutcome::created);
  });
  EXPECT_EQ(create(request("k")).outcome, CreateOutcome::out_of_stock);
  EXPECT_EQ(create(request("k")).outcome, CreateOutcome::created);
}

TEST_F(Claims, ACartMakesOneOrder) {
  payments.next_status = Pay::requires_action;
  auto first = create(from_cart("k1", "v1", {"a", "b"})).order->order_id;
  auto second = create(from_cart("k2", "v1", {"a", "b"}));
  EXPECT_EQ(second.outcome, CreateOutcome::cart_ordered);
  EXPECT_EQ(second.claimed_by, first);
  // Also if lines were added or changed meanwhile: the claimed lines are the same.
  EXPECT_EQ(create(from_cart("k3", "v2", {"b", "c"})).claimed_by, first);
  EXPECT_EQ(inventory.available[shoe], 9);
  // A list of items claims nothing, and the first key keeps its answer.
  EXPECT_EQ(create(request("k4")).outcome, CreateOutcome::created);
  EXPECT_TRUE(create(from_cart("k1", "v1", {"a", "b"})).replayed);
  // Another cart, then another buyer.
  EXPECT_EQ(create(from_cart("k5", "v3", {"c"})).outcome, CreateOutcome::created);
  auto stranger = from_cart("k1", "v1", {"a"});
  stranger.user_id = UserId("usr_2");
  EXPECT_EQ(create(stranger).outcome, CreateOutcome::created);
  check_orders();
}

TEST_F(Claims, ACartIsFreeAgainWhenItsOrderHasComeToNothing) {
  payments.next_status = Pay::requires_action;
  auto first = create(from_cart("k1", "v1", {"a"})).order->order_id;
  EXPECT_EQ(create(from_cart("k2", "v1", {"a"})).outcome, CreateOutcome::cart_ordered);
  cancel(first);
  // The refusal did not use the key up.
  EXPECT_EQ(create(from_cart("k2", "v1", {"a"})).outcome, CreateOutcome::created);
}

TEST_F(Claims, APaidOrderKeepsItsCartEvenWhenItIsCancelled) {
  auto first = create(from_cart("k1", "v1", {"a"})).order->order_id;
  run_jobs();
  cancel(first);
  EXPECT_EQ(status(first), cancelled);
  EXPECT_EQ(create(from_cart("k2", "v1", {"a"})).outcome, CreateOutcome::cart_ordered);
}

TEST_F(Claims, ACartThatWasNotSoldIsNotClaimed) {
  inventory.available[shoe] = 0;
  EXPECT_EQ(create(from_cart("k1", "v1", {"a"})).outcome, CreateOutcome::out_of_stock);
  inventory.available[shoe] = 1;
  EXPECT_EQ(create(from_cart("k2", "v1", {"a"})).outcome, CreateOutcome::created);
}

TEST_F(Claims, ACartThatWasOrderedIsEmptyForAWhileBeforeItIsJustEmpty) {
  payments.next_status = Pay::requires_action;
  auto empty = from_cart("k0", "v0", {});
  empty.items.clear();
  EXPECT_EQ(failure_of(orders.create(buyer(), empty)).code, ErrorCode::invalid);
  auto first = create(from_cart("k1", "v1", {"a"})).order->order_id;
  EXPECT_EQ(create(empty).claimed_by, first);
  // A request that names the ordered version is refused as ordered, another version as changed.
  auto named = empty;
  named.cart->expected_version = "v1";
  EXPECT_EQ(create(named).claimed_by, first);
  named.cart->expected_version = "v7";
  EXPECT_EQ(create(named).outcome, CreateOutcome::cart_changed);
  database.clock.advance(minutes(16));
  EXPECT_EQ(failure_of(orders.create(buyer(), empty)).code, ErrorCode::invalid);
}

TEST_F(Claims, ACartThatHasChangedIsNotOrdered) {  // I24
  auto wanted = from_cart("k", "v2", {"a"});
  wanted.cart->expected_version = "v1";
  EXPECT_EQ(create(wanted).outcome, CreateOutcome::cart_changed);
  EXPECT_TRUE(inventory.holds.empty());
  wanted.cart->expected_version = "v2";
  EXPECT_EQ(create(wanted).outcome, CreateOutcome::created);
  // A repeat gets its answer although the order has changed the cart.
  wanted.cart->version = "v3";
  EXPECT_TRUE(create(wanted).replayed);
}

TEST_F(Claims, OfTwoOrdersOfOneCartAtOnceTheSecondWaitsForTheFirst) {
  std::map<CreateOutcome, int> outcomes;
  std::set<OrderId> named;
  auto buy = [&](std::string key) -> Task<void> {
    try {
      auto reply = co_await orders.create(buyer(), from_cart(key, "v1", {"a"}));
      ++outcomes[reply.outcome];
      named.insert(reply.order ? reply.order->order_id : reply.claimed_by.value_or(OrderId()));
    } catch (const Error& error) {
      EXPECT_EQ(error.reason, "trouble");
    }
  };
  auto at_once = [&](const std::string& one, const std::string& other) {
    std::vector<Task<void>> tasks;
    tasks.push_back(buy(one));
    tasks.push_back(buy(other));
    run_sync(all(std::move(tasks)));
  };
  // The first order fails, so the second is created.
  payments.trouble.next("begin", When::before);
  at_once("k1", "k2");
  EXPECT_EQ(outcomes, (std::map<CreateOutcome, int>{{CreateOutcome::created, 1}}));
  cancel(*named.begin());
  outcomes.clear();
  named.clear();
  at_once("k3", "k4");
  EXPECT_EQ(outcomes,
            (std::map<CreateOutcome, int>{{CreateOutcome::created, 1}, {CreateOutcome::cart_ordered, 1}}));
  EXPECT_EQ(named.size(), 1u);
}

TEST_F(Claims, ABuyerHoldsAFewUnpaidOrdersAndNoMore) {
  inventory.available[shoe] = 1000;
  std::vector<OrderId> held;
  for (int i = 0; i < 5; ++i) held.push_back(create_with(Pay::requires_action));
  const std::set<OrderId> all_of_them(held.begin(), held.end());
  auto refused = create(request("k"));
  ASSERT_EQ(refused.outcome, CreateOutcome::too_many_unpaid);
  EXPECT_EQ(std::set<OrderId>(refused.unpaid->order_ids.begin(), refused.unpaid->order_ids.end()),
            all_of_them);
  EXPECT_EQ(refused.unpaid->most_orders, 5);
  EXPECT_EQ(inventory.available[shoe], 995);
  // Other buyers are not affected. After a payment or a cancel the same key succeeds.
  auto other = request("k");
  other.user_id = UserId("usr_2");
  EXPECT_EQ(create(other).outcome, CreateOutcome::created);
  cancel(held[0]);
  EXPECT_EQ(create(request("k")).outcome, CreateOutcome::created);
  EXPECT_EQ(create(request("k6")).outcome, CreateOutcome::too_many_unpaid);
  account(held[1]).payment.status = Pay::authorised;
  on_authorised(held[1]);
  run_jobs();
  EXPECT_EQ(status(held[1]), paid);
  EXPECT_EQ(create(request("k6")).outcome, CreateOutcome::created);
}

TEST_F(Claims, ABuyerHoldsABoundedNumberOfUnits) {
  inventory.available[shoe] = 1000;
  create_with(Pay::requires_action, 200);
  create_with(Pay::requires_action, 100);
  auto refused = create(request("k", 1));
  ASSERT_EQ(refused.outcome, CreateOutcome::too_many_unpaid);
  EXPECT_EQ(refused.unpaid->most_units, 300);
}

TEST_F(Claims, WhoOnlyHoldsAndLetsLapseHoldsLessAndLess) {
  inventory.available[shoe] = 1000;
  std::vector<std::size_t> taken;
  for (int round = 0; round < 4; ++round) {
    std::vector<OrderId> held;
    for (int i = 0; i < 6; ++i) {
      payments.next_status = Pay::requires_action;
      auto reply = create(request("key-" + std::to_string(++keys)));
      if (reply.outcome == CreateOutcome::created) held.push_back(reply.order->order_id);
    }
    taken.push_back(held.size());
    for (const auto& order : held) end_time_of(order);
    run_jobs();
  }
  EXPECT_EQ(taken, (std::vector<std::size_t>{5, 3, 1, 1}));
  EXPECT_EQ(create(request("many", 21)).outcome, CreateOutcome::too_many_unpaid);
  database.clock.advance(hours(24));
  EXPECT_EQ(create(request("many", 21)).outcome, CreateOutcome::created);
}

// Cancelling keeps goods from others just as expiry does.
TEST_F(Claims, WhoHoldsAndCancelsHoldsLessAndLess) {
  inventory.available[shoe] = 1000;
  std::vector<std::size_t> taken;
  for (int round = 0; round < 3; ++round) {
    std::vector<OrderId> held;
    for (int i = 0; i < 6; ++i) {
      payments.next_status = Pay::requires_action;
      auto reply = create(request("key-" + std::to_string(++keys)));
      if (reply.outcome == CreateOutcome::created) held.push_back(reply.order->order_id);
    }
    taken.push_back(held.size());
    for (const auto& order : held) cancel(order, "cancel-" + order.text());
    run_jobs();
  }
  EXPECT_EQ(taken, (std::vector<std::size_t>{5, 3, 1}));
}

}  // namespace
}  // namespace bramble::orders
