#include "services/orders/orders_fixture.h"

namespace bramble::orders {

OrdersFixture::OrdersFixture() {
  catalog.put("sku_shoe", 199'900);
  catalog.put("sku_sock", 19'900);
  inventory.available[shoe] = 10;
  inventory.available[sock] = 10;
}

Call OrdersFixture::buyer(const std::string& user) {
  auto call = database.call;
  call.caller = {CallerKind::buyer, user, {}, ""};
  return call;
}

CreateRequest OrdersFixture::request(const std::string& key, std::int64_t shoes, std::int64_t socks) {
  CreateRequest request;
  request.user_id = UserId("usr_1");
  request.idempotency_key = key;
  request.idempotency_digest = "digest of " + std::to_string(shoes) + "/" + std::to_string(socks);
  if (shoes > 0) request.items.push_back({shoe, shoes, std::nullopt});
  if (socks > 0) request.items.push_back({sock, socks, std::nullopt});
  request.delivery = {"pickup", PickupPointId("pp_1")};
  request.payment_method = {"card", "tok_ok"};
  request.return_url = "http://shop/return";
  return request;
}

CreateReply OrdersFixture::create(CreateRequest wanted) {
  return run_sync(orders.create(buyer(), std::move(wanted)));
}

OrderId OrdersFixture::create_with(Pay status, std::int64_t shoes) {
  payments.next_status = status;
  return create(request("key-" + std::to_string(++keys), shoes)).order->order_id;
}

OrderId OrdersFixture::create_paid(std::int64_t shoes) {
  auto order = create_with(Pay::authorised, shoes);
  run_jobs();
  EXPECT_EQ(status(order), OrderStatus::paid);
  return order;
}

CancelReply OrdersFixture::cancel(const OrderId& order, const std::string& key) {
  return run_sync(orders.cancel(buyer(), {order, key, "cancel"}));
}

OrderView OrdersFixture::view(const OrderId& order) { return run_sync(orders.get(buyer(), {order})); }

std::vector<OrderStatus> OrdersFixture::history(const OrderId& order) {
  std::vector<OrderStatus> found;
  for (const auto& change : view(order).history) found.push_back(change.status);
  return found;
}

void OrdersFixture::on_authorised(const OrderId& order) {
  database.transact([&](Tx& tx) {
    orders.stories().saga.on_payment_authorised(tx, {order, PaymentId("pay_1")});
  });
  database.clock.advance(OrdersSettings{}.second_look);
}

void OrdersFixture::on_captured(const OrderId& order, bool late) {
  database.transact([&](Tx& tx) {
    orders.stories().saga.on_payment_captured(tx, {order, PaymentId("pay_1"), late});
  });
}

void OrdersFixture::on_declined(const OrderId& order) {
  account(order).payment.status = Pay::declined;
  database.transact([&](Tx& tx) {
    orders.stories().saga.on_payment_declined(tx, {order, PaymentId("pay_1"), "3ds_failed"});
  });
}

void OrdersFixture::on_hold_expired(const OrderId& order) {
  database.transact([&](Tx& tx) { orders.stories().saga.on_hold_expired(tx, {order}); });
}

void OrdersFixture::end_time_of(const OrderId& order) {
  auto end = view(order).expires_at;
  if (database.clock.now() < end) database.clock.advance(end - database.clock.now());
  run_sync(orders.stories().saga.advance(database.call, {order}));
}

void OrdersFixture::on_assembly_started(const OrderId& order) {
  database.transact([&](Tx& tx) { orders.stories().fulfilment.on_assembly_started(tx, {order}); });
}

void OrdersFixture::on_assembly_complete(const OrderId& order) {
  database.transact([&](Tx& tx) {
    orders.stories().fulfilment.on_assembly_complete(tx, {order, {"PKG-1"}});
  });
}

void OrdersFixture::on_pick_short(const OrderId& order, const std::string& short_id, std::int64_t quantity,
                                  const SiteId& site) {
  database.transact([&](Tx& tx) {
    orders.stories().short_picks.on_pick_short(tx, {order, short_id, TaskId("tsk_1"), site, shoe, quantity,
                                                    warehouse::ShortReason::not_found, tx.now()});
  });
}

void OrdersFixture::on_refunded(const OrderId& order, const std::vector<std::string>& keys, bool in_full) {
  database.transact([&](Tx& tx) {
    orders.stories().refunds.on_payment_refunded(tx,
                                                 {order, PaymentId("pay_1"), Money{1, "RUB"}, keys, in_full});
  });
}

bool OrdersFixture::give_back(const OrderId& order) {
  if (!payments.give_back(order)) return false;
  database.transact([&](Tx& tx) {
    orders.stories().refunds.on_payment_refunded(
        tx, {order, PaymentId("pay_1"), account(order).payment.amount, {}, true});
  });
  return true;
}

int OrdersFixture::run_jobs() {
  database.clock.advance(OrdersSettings().second_look);
  return run_jobs_of<SettleShorts>(
             [&](SettleShorts job) { return orders.stories().short_picks.settle(database.call, job); }) +
         run_jobs_of<AdvanceOrder>(
             [&](AdvanceOrder job) { return orders.stories().saga.advance(database.call, job); }) +
         run_jobs_of<FinishStaffActions>([&](FinishStaffActions job) {
           return orders.stories().staff_actions.finish(database.call, job);
         });
}

void OrdersFixture::sweep() { run_sync(orders.stories().sweeper.sweep(database.call)); }

void OrdersFixture::check_orders() {
  database.transact([&](Tx& tx) {
    for (auto row : tx.query("SELECT order_id, status, version FROM purchase")) {
      auto status = OrderStatus::new_;
      std::int64_t version = 0;
      for (auto step : tx.query("SELECT version, status FROM history WHERE order_id = $1 ORDER BY version",
                                row.get<OrderId>(0))) {
        EXPECT_EQ(step.get<std::int64_t>(0), ++version);
        EXPECT_TRUE(may_become(status, step.get<OrderStatus>(1)));
        status = step.get<OrderStatus>(1);
      }
      EXPECT_EQ(status, row.get<OrderStatus>(1));
      EXPECT_EQ(version, row.get<std::int64_t>(2));
    }
    EXPECT_EQ(tx.query("SELECT order_id FROM purchase WHERE total_minor <>"
                       " (SELECT SUM(price_minor) FROM item WHERE item.order_id = purchase.order_id)")
                  .size(),
              0u);
    // A unit has its order's status, unless a short pick has cancelled it.
    EXPECT_EQ(tx.query("SELECT item_id FROM item JOIN purchase ON purchase.order_id = item.order_id WHERE"
                       " (short_id IS NULL AND item.status <> purchase.status) OR"
                       " (short_id IS NOT NULL AND item.status NOT IN (8, 10))")
                  .size(),
              0u);
  });
}

}  // namespace bramble::orders
