// Actions of staff: decided on the current order, stored with author and reason, done once.
#include "services/orders/orders_fixture.h"

namespace bramble::orders {
namespace {

using enum OrderStatus;
using Outcome = StaffActionOutcome;
using State = StaffActionState;
using Kind = StaffActionKind;

class ActingStaff : public OrdersFixture {
 public:
  Call support(std::vector<std::string> roles = {"support"}) {
    auto call = database.call;
    call.caller = {CallerKind::staff, "usr_support", std::move(roles), ""};
    return call;
  }
  std::int64_t version(const OrderId& order) {
    return run_sync(orders.get_order_details(support(), {order})).version;
  }
  StaffActionRequest wish(const OrderId& order, Kind kind, std::vector<StaffActionUnits> units = {},
                          const std::string& key = "key") {
    return {order, kind, "the buyer called", version(order), std::move(units), key, "digest"};
  }
  StaffActionReply act(StaffActionRequest request) {
    return run_sync(orders.act(support(), std::move(request)));
  }
  // The events for the security log.
  std::vector<State> told() {
    std::vector<State> states;
    for (const auto& event : database.events<StaffActed>()) states.push_back(event.action.state);
    return states;
  }
  std::vector<StaffAction> written(const OrderId& order) {
    return run_sync(orders.get_order_details(support(), {order})).actions;
  }
};

TEST_F(ActingStaff, ACancelIsDoneOnceAndWrittenDownWithItsReason) {
  auto order = create_paid(2);
  auto request = wish(order, Kind::cancel);
  auto reply = act(request);
  EXPECT_EQ(reply.outcome, Outcome::accepted);
  EXPECT_EQ(reply.action->state, State::done);
  EXPECT_EQ(status(order), cancelled);
  EXPECT_TRUE(act(request).replayed);
  auto actions = written(order);
  ASSERT_EQ(actions.size(), 1u);
  EXPECT_EQ(actions[0].by_whom, "usr_support");
  EXPECT_EQ(actions[0].reason, "the buyer called");
  EXPECT_EQ(told(), (std::vector<State>{State::wished, State::done}));
  request.idempotency_digest = "another";
  EXPECT_EQ(act(request).outcome, Outcome::key_reused);
  check_orders();
}

// Two people of support look at the same page.
TEST_F(ActingStaff, OneViewOfAnOrderMakesOneRefund) {
  auto order = create_paid(5);
  auto first = wish(order, Kind::refund_items, {{shoe, 1}}, "first");
  auto second = wish(order, Kind::refund_items, {{shoe, 1}}, "second");
  EXPECT_EQ(act(first).outcome, Outcome::accepted);
  EXPECT_EQ(act(second).outcome, Outcome::moved);
  EXPECT_EQ(written(order).size(), 1u);
  EXPECT_EQ(act(first).outcome, Outcome::accepted) << "a repeat is answered as before";
  check_orders();
}

TEST_F(ActingStaff, ARefundOfUnitsWaitsForTheOneBeforeIt) {
  auto order = create_paid(5);
  warehouse.trouble.next("stop_units", Trouble::When::before);
  EXPECT_EQ(act(wish(order, Kind::refund_items, {{shoe, 1}}, "first")).action->state, State::wished);
  EXPECT_EQ(act(wish(order, Kind::refund_items, {{shoe, 1}}, "second")).outcome, Outcome::not_possible);
}

TEST_F(ActingStaff, NothingIsDoneToAnOrderThatHasMovedMeanwhile) {
  auto order = create_paid(2);
  auto request = wish(order, Kind::cancel);
  on_assembly_started(order);
  EXPECT_EQ(act(request).outcome, Outcome::moved);
  EXPECT_EQ(status(order), assembling);
  EXPECT_TRUE(written(order).empty());
}

TEST_F(ActingStaff, APackedOrderIsNotCancelledAndTheTrySaysSo) {
  auto order = create_paid(2);
  warehouse.packed = true;
  auto request = wish(order, Kind::cancel);
  EXPECT_EQ(act(request).outcome, Outcome::packed);
  auto repeated = act(request);  // I19
  EXPECT_TRUE(repeated.replayed);
  EXPECT_EQ(repeated.outcome, Outcome::packed);
  EXPECT_EQ(written(order).at(0).state, State::refused);
  EXPECT_EQ(told(), (std::vector<State>{State::wished, State::refused}));
  EXPECT_EQ(status(order), paid);
}

TEST_F(ActingStaff, TwoEqualRequestsAtOnceAreOneActionWithOneAnswer) {  // I19
  auto order = create_paid(2);
  auto [one, other] = run_sync(both(orders.act(support(), wish(order, Kind::cancel)),
                                    orders.act(support(), wish(order, Kind::cancel))));
  EXPECT_EQ(one.outcome, Outcome::accepted);
  EXPECT_EQ(other.outcome, Outcome::accepted);
  EXPECT_EQ(one.action->action_id, other.action->action_id);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(written(order).size(), 1u);
  EXPECT_EQ(told(), (std::vector<State>{State::wished, State::done}));
}

TEST_F(ActingStaff, ARequestThatIsOvertakenGetsTheAnswerOfTheFirst) {  // I19
  auto order = create_paid(3);
  auto request = wish(order, Kind::refund_items, {{shoe, 1}});
  warehouse.trouble.meanwhile("stop_units", Trouble::When::before, [&] {
    warehouse.trouble.next("stop_units", Trouble::When::before);
    EXPECT_EQ(act(request).action->state, State::wished);
  });
  EXPECT_EQ(act(request).action->state, State::wished);
  EXPECT_EQ(written(order).at(0).state, State::done);
  EXPECT_EQ(act(request).action->state, State::wished);
}

TEST_F(ActingStaff, ARepeatGetsTheFirstAnswerThoughTheActionHasEndedSince) {  // I19
  auto order = create_paid(3);
  warehouse.trouble.next("stop_units", Trouble::When::before);
  auto request = wish(order, Kind::refund_items, {{shoe, 1}});
  auto first = act(request);
  EXPECT_EQ(first.action->state, State::wished);
  auto asked = warehouse.trouble.calls["stop_units"];
  EXPECT_EQ(act(request).action, first.action);
  EXPECT_EQ(warehouse.trouble.calls["stop_units"], asked) << "the action is its job's now";
  database.clock.advance(seconds(5));
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(written(order).at(0).state, State::done);
  auto again = act(request);
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.action, first.action);
  request.idempotency_digest = "another";
  EXPECT_EQ(act(request).outcome, Outcome::key_reused);
}

TEST_F(ActingStaff, TheBankIsAskedBeforeThatIsDone) {
  auto order = create_with(Pay::requires_action, 1);
  EXPECT_EQ(act(wish(order, Kind::ask_bank)).action->state, State::done);
  EXPECT_EQ(payments.trouble.calls["ask"], 1);
  account(order).payment.bank_unreachable_since = database.clock.now();
  EXPECT_EQ(act(wish(order, Kind::ask_bank, {}, "key-2")).action->state, State::failed);
  payments.trouble.next("ask", When::before);
  EXPECT_EQ(act(wish(order, Kind::ask_bank, {}, "key-3")).action->state, State::wished);
  account(order).payment.bank_unreachable_since.reset();
  account(order).payment.status = Pay::authorised;
  database.clock.advance(seconds(5));
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(written(order).back().state, State::done);
  EXPECT_EQ(status(order), paid);
  EXPECT_EQ(told(), (std::vector<State>{State::wished, State::done, State::wished, State::failed,
                                        State::wished, State::done}));
}

TEST_F(ActingStaff, ANoticeIsSentAgainWhenWhoeverSendsItSaysSo) {
  auto order = create_paid(1);
  auto action = *act(wish(order, Kind::resend_notice)).action;
  EXPECT_EQ(action.state, State::wished);
  EndActionRequest end{order, action.action_id, State::done};
  EXPECT_EQ(failure_of(orders.end_action(support(), end)).code, ErrorCode::forbidden);
  auto gateway = system_call("ops", Time{INT64_MAX});
  run_sync(orders.end_action(gateway, end));
  end.state = State::failed;
  run_sync(orders.end_action(gateway, end));
  EXPECT_EQ(act(wish(order, Kind::resend_notice)).action->state, State::done);
  EXPECT_EQ(told(), (std::vector<State>{State::wished, State::done}));
  auto cancel = *act(wish(order, Kind::cancel, {}, "key-2")).action;
  EXPECT_EQ(failure_of(orders.end_action(gateway, {order, cancel.action_id, State::done})).code,
            ErrorCode::invalid);
}

TEST_F(ActingStaff, ANoticeThatNobodySendsHasFailedAfterAMinute) {
  auto order = create_paid(1);
  act(wish(order, Kind::resend_notice));
  database.clock.advance(seconds(5));
  EXPECT_EQ(run_jobs(), 1);
  EXPECT_EQ(written(order).at(0).state, State::wished);
  database.clock.advance(minutes(1));
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(told(), (std::vector<State>{State::wished, State::failed}));
}

TEST_F(ActingStaff, TheNewestAreShownHoweverManyThereWere) {
  auto order = create_with(Pay::requires_action, 1);
  for (int i = 0; i < 201; ++i) {
    database.clock.advance(seconds(1));
    act(wish(order, Kind::ask_bank, {}, "key-" + std::to_string(i)));
  }
  auto actions = written(order);
  ASSERT_EQ(actions.size(), 200u);
  EXPECT_EQ(actions.back().at, database.clock.now());
  EXPECT_LT(actions.front().at, actions.back().at);
}

TEST_F(ActingStaff, UnitsAreRefundedWhileTheRestGoesOn) {  // I11
  auto order = create_paid(3);
  auto reply = act(wish(order, Kind::refund_items, {{shoe, 1}}));
  EXPECT_EQ(reply.outcome, Outcome::accepted);
  EXPECT_EQ(reply.action->state, State::done);
  ASSERT_EQ(warehouse.stopped.size(), 1u);
  auto stop_id = warehouse.stopped.begin()->first + ".1";
  // The warehouse reports them as a short pick.
  database.transact([&](Tx& tx) {
    orders.stories().short_picks.on_pick_short(tx,
                                               {order, stop_id, TaskId("tsk_1"), SiteId("site_1"), shoe, 1,
                                                warehouse::ShortReason::called_off, database.clock.now()});
  });
  inventory.elsewhere[shoe][SiteId("site_2")] = 5;
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(account(order).refunds.size(), 1u);
  auto refunds = view(order).refunds;
  ASSERT_EQ(refunds.size(), 1u);
  EXPECT_EQ(refunds[0].reason, "called_off");
  EXPECT_EQ(database.events<OrderItemsChanged>().at(0).change, ItemsChange::called_off);
  EXPECT_TRUE(database.events<PickShortDecided>().at(0).replacements.empty());
  check_orders();
}

TEST_F(ActingStaff, AllUnitsOrMoreThanThereAreIsNoRefundOfAPart) {
  auto order = create_paid(3);
  EXPECT_EQ(act(wish(order, Kind::refund_items, {{shoe, 3}})).outcome, Outcome::not_possible);
  EXPECT_EQ(act(wish(order, Kind::refund_items, {{shoe, 4}})).outcome, Outcome::not_possible);
  EXPECT_EQ(act(wish(order, Kind::refund_items, {{shoe, 2}, {shoe, 1}})).outcome, Outcome::not_possible);
  EXPECT_EQ(act(wish(order, Kind::refund_items, {{sock, 1}})).outcome, Outcome::not_possible);
  EXPECT_TRUE(warehouse.stopped.empty());
  auto unpaid = create_with(Pay::requires_action, 2);
  EXPECT_EQ(act(wish(unpaid, Kind::refund_items, {{shoe, 1}})).outcome, Outcome::not_possible);
}

TEST_F(ActingStaff, WhatWasCutOffIsFinishedByItsJob) {
  auto order = create_paid(3);
  warehouse.trouble.next("stop_units", When::after);
  auto reply = act(wish(order, Kind::refund_items, {{shoe, 1}}));
  EXPECT_EQ(reply.action->state, State::wished);
  database.clock.advance(seconds(5));
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(written(order).at(0).state, State::done);
  EXPECT_EQ(warehouse.stopped.size(), 1u);
}

TEST_F(ActingStaff, AHoldIsReleasedOnlyOfAnOrderThatIsClosedUnpaid) {
  auto order = create_with(Pay::requires_action, 1);
  EXPECT_EQ(act(wish(order, Kind::release_hold)).outcome, Outcome::not_possible);
  EXPECT_EQ(hold(order), FakeInventory::State::held);
  end_time_of(order);
  EXPECT_EQ(status(order), OrderStatus::expired);
  EXPECT_EQ(hold(order), FakeInventory::State::held);
  EXPECT_EQ(act(wish(order, Kind::release_hold)).action->state, State::done);
  EXPECT_EQ(hold(order), FakeInventory::State::released);
}

TEST_F(ActingStaff, EachNeedsARoleAndAReason) {
  auto order = create_paid(1);
  auto request = wish(order, Kind::cancel);
  EXPECT_EQ(failure_of(orders.act(support({"warehouse"}), request)).code, ErrorCode::forbidden);
  EXPECT_EQ(failure_of(orders.act(buyer(), request)).code, ErrorCode::forbidden);
  request.reason.clear();
  EXPECT_EQ(failure_of(orders.act(support(), request)).fields.at(0).field, "reason");
  EXPECT_EQ(status(order), paid);
}

TEST_F(ActingStaff, AnOrderIsFoundByTheNumberThatItsBuyerSees) {
  auto order = create_paid(1);
  create_paid(1);
  SearchRequest request;
  auto text = order.text();
  auto number = text.substr(text.size() - 6);
  for (auto& c : number) c = static_cast<char>(std::toupper(c));
  request.number = number;
  request.limit = 10;
  auto found = run_sync(orders.search(support(), request));
  ASSERT_EQ(found.items.size(), 1u);
  EXPECT_EQ(found.items[0].order_id, order);
  EXPECT_FALSE(found.next);
  request.number = "a%";
  EXPECT_EQ(failure_of(orders.search(support(), request)).code, ErrorCode::invalid);
}

}  // namespace
}  // namespace bramble::orders
