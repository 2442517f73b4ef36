#include <set>

#include "services/orders/orders_fixture.h"

namespace bramble::orders {
namespace {

using enum OrderStatus;

class Creating : public OrdersFixture {};
class Repeating : public OrdersFixture {};

TEST_F(Creating, HoldsTheGoodsAndStartsThePayment) {
  payments.next_status = Pay::requires_action;
  auto reply = create(request("k", 2, 1));
  ASSERT_EQ(reply.outcome, CreateOutcome::created);
  const auto& order = *reply.order;
  EXPECT_EQ(order.status, pending_payment);
  EXPECT_EQ(order.total, (Money{2 * 199'900 + 19'900, "RUB"}));  // I13
  EXPECT_EQ(order.expires_at, order.created_at + minutes(15));
  EXPECT_EQ(order.payment.status, Pay::requires_action);
  EXPECT_EQ(order.items.size(), 2u);
  EXPECT_FALSE(reply.replayed);
  EXPECT_EQ(hold(order.order_id), FakeInventory::State::held);
  EXPECT_EQ(inventory.available[shoe], 8);
  const auto& start = payments.started.front();
  EXPECT_EQ(start.amount, order.total);
  EXPECT_EQ(start.session_expires_at, order.expires_at - minutes(1));
  EXPECT_EQ(start.return_url, "http://shop/return?order_id=" + order.order_id.text());
  EXPECT_TRUE(database.jobs<AdvanceOrder>().empty());
  check_orders();
}

TEST_F(Creating, TheBuyerIsShownWhatWasOrderedAndWhereItIsCollected) {
  catalog.skus[shoe].image = "/media/shoe.svg";
  payments.next_status = Pay::requires_action;
  auto created = *create(request("k", 2, 1)).order;
  catalog.skus[shoe].image = "/media/another.svg";
  auto shown = view(created.order_id);
  for (const auto& order : {created, shown}) {
    ASSERT_TRUE(order.pickup_point.has_value());
    EXPECT_EQ(order.pickup_point->title, "A point");
    EXPECT_EQ(order.pickup_point->address, "A street");
    ASSERT_EQ(order.items.size(), 2u);
    EXPECT_EQ(order.items[0].image_url, "/media/shoe.svg");
    EXPECT_EQ(order.items[1].image_url, "");
    EXPECT_TRUE(order.can_cancel);
  }
}

TEST_F(Creating, TheBuyerIsToldInTheLanguageOfTheOrder) {
  auto call = buyer();
  call.language = "en";
  payments.next_status = Pay::authorised;
  run_sync(orders.create(call, request("k")));
  run_jobs();
  auto events = database.events<OrderStatusChanged>();
  ASSERT_FALSE(events.empty());
  for (const auto& event : events) EXPECT_EQ(event.language, "en");
}

TEST_F(Creating, AnAuthorisedOneIsDrivenOnToPaid) {
  auto order = create_with(Pay::authorised, 2);
  EXPECT_EQ(status(order), pending_payment);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(order), paid);
  EXPECT_EQ(account(order).captures, 1);
  EXPECT_EQ(hold(order), FakeInventory::State::paying);
  auto events = database.events<OrderPaid>();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events.front().items.size(), 2u);
  for (const auto& item : events.front().items) {
    EXPECT_EQ(item.sku_id, shoe);
    EXPECT_EQ(item.site_id.text(), "site_1");
  }
  EXPECT_EQ(history(order), (std::vector<OrderStatus>{pending_payment, paid}));
  check_orders();
}

TEST_F(Creating, ADeclinedOneKeepsItsGoodsForAnotherPayment) {
  payments.next_status = Pay::declined;
  auto reply = create(request("k"));
  EXPECT_EQ(reply.outcome, CreateOutcome::created);
  EXPECT_EQ(reply.order->status, pending_payment);
  EXPECT_EQ(reply.order->payment.status, Pay::declined);
  EXPECT_TRUE(reply.order->can_pay);
  EXPECT_EQ(reply.order->can_pay_until, reply.order->expires_at - minutes(1));
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(status(reply.order->order_id), pending_payment);
  EXPECT_EQ(hold(reply.order->order_id), FakeInventory::State::held);
  EXPECT_EQ(inventory.available[shoe], 9);
  check_orders();
}

TEST_F(Creating, BankTroubleIsProcessingAndEndsWhenTheBankSpeaks) {
  auto order = create_with(Pay::processing);
  EXPECT_EQ(view(order).payment.status, Pay::processing);
  account(order).payment.status = Pay::authorised;
  on_authorised(order);
  run_jobs();
  EXPECT_EQ(status(order), paid);
}

TEST_F(Creating, AChangedPriceIsShownAndNothingIsHeld) {  // I24
  auto wanted = request("k");
  wanted.items[0].expected_price = Money{100, "RUB"};
  auto reply = create(wanted);
  EXPECT_EQ(reply.outcome, CreateOutcome::price_changed);
  EXPECT_EQ(reply.price_changes,
            (std::vector<PriceChange>{{shoe, Money{100, "RUB"}, Money{199'900, "RUB"}}}));
  EXPECT_TRUE(inventory.holds.empty());
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM purchase"), 0);
  wanted.items[0].expected_price = Money{199'900, "RUB"};
  wanted.idempotency_key = "k2";
  EXPECT_EQ(create(wanted).outcome, CreateOutcome::created);
}

TEST_F(Creating, TooFewGoodsAreNamedAndTheOrderNeverWas) {
  auto reply = create(request("k", 11, 1));
  EXPECT_EQ(reply.outcome, CreateOutcome::out_of_stock);
  EXPECT_EQ(reply.shortages, (std::vector<Shortage>{{shoe, 11, 10}}));
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM purchase"), 0);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM item"), 0);
  EXPECT_TRUE(payments.started.empty());
  EXPECT_TRUE(payments.accounts.empty());
  // The refusal is the answer to the key.
  inventory.available[shoe] = 50;
  EXPECT_TRUE(create(request("k", 11, 1)).replayed);
  EXPECT_EQ(create(request("k2", 11, 1)).outcome, CreateOutcome::created);
}

TEST_F(Creating, WhereGoodsRanOutAMomentAgoNoPaymentIsAnnouncedForNothing) {
  create(request("k", 11, 1));
  create(request("k2", 11, 1));
  EXPECT_EQ(payments.trouble.calls["prepare_attempt"], 1);
  database.clock.advance(seconds(2));
  create(request("k3", 11, 1));
  EXPECT_EQ(payments.trouble.calls["prepare_attempt"], 2);
  EXPECT_EQ(create(request("k4", 1, 1)).outcome, CreateOutcome::created);
}

TEST_F(Creating, UnknownGoodsAndPointsAreNamed) {
  auto wanted = request("k");
  wanted.items.insert(wanted.items.begin(), {SkuId("sku_gone"), 1, std::nullopt});
  wanted.items[1].expected_price = Money{1, "RUB"};
  auto reply = create(wanted);
  EXPECT_EQ(reply.outcome, CreateOutcome::unknown_sku);
  EXPECT_EQ(reply.unknown_skus, (std::vector<std::string>{"sku_gone"}));
  auto nowhere = request("k2");
  nowhere.delivery.pickup_point_id = PickupPointId("pp_gone");
  EXPECT_EQ(create(nowhere).outcome, CreateOutcome::unknown_pickup_point);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM purchase"), 0);
}

TEST_F(Creating, EqualLinesAreOneHold) {
  auto wanted = request("k", 2);
  wanted.items.push_back({shoe, 3, std::nullopt});
  auto reply = create(wanted);
  EXPECT_EQ(reply.order->items.size(), 1u);
  EXPECT_EQ(reply.order->items.front().quantity, 5);
  EXPECT_EQ(reply.order->total, (Money{5 * 199'900, "RUB"}));
  EXPECT_EQ(inventory.available[shoe], 5);
}

TEST_F(Creating, RefusesRequestsThatMakeNoSense) {
  auto field = [&](auto change) {
    auto wanted = request("k");
    change(wanted);
    auto failure = failure_of(orders.create(buyer(), wanted));
    EXPECT_EQ(failure.code, ErrorCode::invalid);
    return failure.fields.empty() ? "" : failure.fields.front().field;
  };
  EXPECT_EQ(field([](auto& r) { r.user_id = UserId(); }), "user_id");
  EXPECT_EQ(field([](auto& r) { r.idempotency_key = ""; }), "Idempotency-Key");
  EXPECT_EQ(field([](auto& r) { r.items.clear(); }), "items");
  EXPECT_EQ(field([](auto& r) { r.items[0].quantity = 0; }), "items[0].quantity");
  EXPECT_EQ(field([](auto& r) { r.items[0].quantity = 201; }), "items[0].quantity");
  EXPECT_EQ(field([](auto& r) { r.items = {{SkuId("sku_a"), 150, {}}, {SkuId("sku_b"), 51, {}}}; }), "items");
  EXPECT_EQ(field([](auto& r) { r.delivery.type = "drone"; }), "delivery.type");
  EXPECT_EQ(field([](auto& r) { r.payment_method.type = "cash"; }), "payment_method.type");
  EXPECT_EQ(field([](auto& r) { r.payment_method.token = ""; }), "payment_method.token");
}

TEST_F(Repeating, TheSameKeyAndBodyGetTheFirstAnswer) {  // I19
  auto first = create(request("k"));
  run_jobs();
  auto again = create(request("k"));
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.order, first.order);
  EXPECT_EQ(payments.started.size(), 1u);
  EXPECT_EQ(inventory.available[shoe], 9);
  // Keys belong to their buyer.
  auto other = request("k");
  other.user_id = UserId("usr_2");
  EXPECT_FALSE(create(other).replayed);
}

TEST_F(Repeating, AnotherBodyIsRefused) {  // I19
  create(request("k", 1));
  EXPECT_EQ(create(request("k", 2)).outcome, CreateOutcome::key_reused);
  EXPECT_EQ(inventory.available[shoe], 9);
}

TEST_F(Repeating, ManyTimesAtOnceIsOneOrder) {  // I19
  std::set<std::string> made;
  int busy = 0;
  auto buy = [&]() -> Task<void> {
    auto reply = co_await orders.create(buyer(), request("k"));
    if (reply.outcome == CreateOutcome::created) made.insert(reply.order->order_id.text());
    if (reply.outcome == CreateOutcome::key_busy) ++busy;
  };
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 16; ++i) tasks.push_back(buy());
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(made.size(), 1u);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM purchase"), 1);
  EXPECT_EQ(inventory.available[shoe], 9);
  EXPECT_LE(busy, 15);
}

TEST_F(Repeating, AKeyIsForgottenAfterADay) {
  create(request("k"));
  database.clock.advance(hours(24) + seconds(1));
  run_sync(orders.stories().sweeper.drop_old_keys(database.call));
  EXPECT_FALSE(create(request("k")).replayed);
}

struct Failure {
  std::string peer;
  std::string method;
  Trouble::When when;
};

class InTheMiddle : public OrdersFixture, public testing::WithParamInterface<Failure> {};

// After each failure the goods become free, no money moves, and the buyer may try again with the same key.
TEST_P(InTheMiddle, AFailureIsUndoneAndTheKeyIsFree) {  // I16, I19
  const auto& failure = GetParam();
  auto& trouble = failure.peer == "inventory"  ? inventory.trouble
                  : failure.peer == "payments" ? payments.trouble
                  : failure.peer == "pickup"   ? pickup.trouble
                                               : catalog.trouble;
  trouble.next(failure.method, failure.when);
  EXPECT_EQ(failure_of(orders.create(buyer(), request("k"))).code, ErrorCode::unavailable);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(inventory.available[shoe], 10);
  for (auto& [order, account] : payments.accounts) EXPECT_EQ(account.payment.status, Pay::cancelled);
  auto second = create(request("k"));
  EXPECT_EQ(second.outcome, CreateOutcome::created);
  EXPECT_FALSE(second.replayed);
  run_jobs();
  EXPECT_EQ(status(second.order->order_id), paid);
  EXPECT_EQ(inventory.available[shoe], 9);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM purchase WHERE status = 2"), 1);
  check_orders();
}

INSTANTIATE_TEST_SUITE_P(Creating, InTheMiddle,
                         testing::Values(Failure{"catalog", "get_skus", Trouble::When::before},
                                         Failure{"pickup", "get", Trouble::When::before},
                                         Failure{"inventory", "reserve", Trouble::When::before},
                                         Failure{"inventory", "reserve", Trouble::When::after},
                                         Failure{"payments", "create_at_bank", Trouble::When::before},
                                         Failure{"payments", "create_at_bank", Trouble::When::after}),
                         [](const auto& about) {
                           return about.param.peer + "_" + about.param.method +
                                  (about.param.when == Trouble::When::before ? "_before" : "_after");
                         });

}  // namespace
}  // namespace bramble::orders
