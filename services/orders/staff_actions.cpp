// What staff do to an order: decided on the order as it is when it is written, recorded with who did it and
// why in the same transaction, and finished by a job if it was cut off. How it ended is told as well.
#include <algorithm>

#include "base/error.h"
#include "services/orders/order_rules.h"
#include "services/orders/orders_service.h"

namespace bramble::orders {
namespace {

constexpr Duration second_look = seconds(5);
constexpr Duration time_to_send = minutes(1);  // a notice; then whoever was to send it has died
constexpr std::size_t longest_reason = 500;
constexpr std::size_t most_units = 200;

void check(const Call& call, const StaffActionRequest& request) {
  const auto& caller = call.caller;
  bool staff = caller.kind == CallerKind::staff && (caller.has_role("support") || caller.has_role("admin"));
  if (!staff) throw Error(ErrorCode::forbidden, "not_support", "only support staff may do this");
  if (request.reason.empty()) throw_invalid("reason", "required", "say why: it stays with the order");
  if (request.reason.size() > longest_reason)
    throw_invalid("reason", "too_long", "at most " + std::to_string(longest_reason) + " characters");
  bool of_units = request.kind == StaffActionKind::refund_items;
  if (of_units && request.units.empty()) throw_invalid("units", "required", "which units");
  if (!of_units && !request.units.empty()) throw_invalid("units", "not_allowed", "only with refund_items");
  if (request.units.size() > most_units)
    throw_invalid("units", "too_many", "at most " + std::to_string(most_units));
}

StaffActionReply refusal(StaffActionOutcome outcome, std::string detail) {
  return {outcome, std::nullopt, std::move(detail), false};
}

// What came too late was not done, however often it is asked for.
void tell_refused(StaffActionReply& reply) {
  if (!reply.action || reply.action->state != StaffActionState::refused) return;
  bool of_hold = reply.action->kind == StaffActionKind::release_hold;
  reply.outcome = of_hold ? StaffActionOutcome::moved : StaffActionOutcome::packed;
  if (of_hold) reply.detail = "the order was paid meanwhile";
  if (reply.action->kind == StaffActionKind::refund_items)
    reply.detail = "some of the units are picked or packed already";
}

// Units that the order still waits for, by SKU.
std::map<SkuId, std::int64_t> open_units(const std::vector<Item>& items) {
  std::map<SkuId, std::int64_t> open;
  for (const auto& item : items) {
    if (!item.short_id) ++open[item.sku_id];
  }
  return open;
}

bool is_refunding_units(const std::vector<StaffAction>& under_way) {
  return std::any_of(under_way.begin(), under_way.end(),
                     [](const StaffAction& action) { return action.kind == StaffActionKind::refund_items; });
}

std::optional<StaffActionReply> judge_units(const std::vector<Item>& items,
                                            const StaffActionRequest& request) {
  auto open = open_units(items);
  for (std::size_t i = 0; i < request.units.size(); ++i) {
    auto& left = open[request.units[i].sku_id];
    left -= request.units[i].quantity;
    if (left >= 0) continue;
    return refusal(StaffActionOutcome::not_possible,
                   "the order has fewer of " + request.units[i].sku_id.text() + " left");
  }
  bool any_left = std::any_of(open.begin(), open.end(), [](const auto& unit) { return unit.second > 0; });
  if (any_left) return std::nullopt;
  return refusal(StaffActionOutcome::not_possible, "that is all of the order: cancel it instead");
}

}  // namespace

// Nothing: it may be done.
std::optional<StaffActionReply> OrdersService::judge_action(Tx& tx, const Purchase& purchase,
                                                            const StaffActionRequest& request) const {
  using Outcome = StaffActionOutcome;
  if (request.version != purchase.version + actions_.changes_of(tx, purchase.order_id))
    return refusal(Outcome::moved, "the order has changed since: it is " +
                                       std::string(to_string(purchase.status)) + " by now");
  bool is_wished = purchase.cancel_requested;
  switch (request.kind) {
    case StaffActionKind::cancel:
      if (is_wished) return refusal(Outcome::not_possible, "its cancellation is being decided already");
      if (is_closed(purchase.status)) return refusal(Outcome::not_possible, "the order is closed already");
      if (!is_cancellable(purchase.status) || purchase.cancel_refused)
        return refusal(Outcome::packed, "the order is packed already");
      return std::nullopt;
    case StaffActionKind::refund_items:
      if (is_wished) return refusal(Outcome::not_possible, "its cancellation is being decided");
      if (is_refunding_units(actions_.open_of(tx, purchase.order_id)))
        return refusal(Outcome::not_possible, "a refund of some units is under way: wait for its end");
      if (purchase.status == OrderStatus::paid || purchase.status == OrderStatus::assembling)
        return judge_units(store_.items(tx, purchase), request);
      if (is_closed(purchase.status)) return refusal(Outcome::not_possible, "the order is closed");
      return purchase.was_paid ? refusal(Outcome::packed, "the order is packed already")
                               : refusal(Outcome::not_possible, "the order is not paid");
    case StaffActionKind::release_hold:
      if (is_closed(purchase.status) && !purchase.was_paid) return std::nullopt;
      return refusal(Outcome::not_possible, "only of an order that was closed unpaid: cancel it instead");
    case StaffActionKind::resend_notice:
    case StaffActionKind::ask_bank: return std::nullopt;
  }
  return refusal(Outcome::not_possible, "an unknown action");
}

OrdersService::StartedAction OrdersService::begin_action(Tx& tx, const Call& call,
                                                         const StaffActionRequest& request) {
  auto purchase = store_.find(tx, request.order_id);
  if (!purchase || purchase->status == OrderStatus::new_)
    throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
  if (auto known = known_action(tx, call, request)) return std::move(*known);
  if (auto refused = judge_action(tx, *purchase, request)) return {std::move(*refused), true};
  StaffAction action{"act_" + new_id<ItemId>(clock_, random_, request.order_id.text()).text().substr(4),
                     request.kind,
                     StaffActionState::wished,
                     request.units,
                     request.reason,
                     call.caller.id,
                     tx.now()};
  if (!actions_.add(tx, request, action)) return known_action(tx, call, request).value();
  tx.publish(StaffActed{request.order_id, action, tx.now()});
  if (action.kind == StaffActionKind::cancel) {
    purchase->cancel_requested = true;
    store_.save_flags(tx, *purchase);
    tx.schedule(AdvanceOrder{request.order_id}, tx.now());
  }
  tx.schedule(FinishStaffActions{request.order_id}, tx.now() + second_look);
  return {{StaffActionOutcome::accepted, std::move(action), {}, false}};
}

// What the key was used for before. An action without an answer belongs to a request that is running or has
// died: the repeat finishes it.
std::optional<OrdersService::StartedAction> OrdersService::known_action(
    Tx& tx, const Call& call, const StaffActionRequest& request) const {
  auto known = actions_.find(tx, call.caller.id, request.idempotency_key);
  if (!known) return std::nullopt;
  bool same = known->digest == request.idempotency_digest && known->order_id == request.order_id;
  if (!same)
    return StartedAction{refusal(StaffActionOutcome::key_reused, "the key was used for another request"),
                         true};
  if (known->was_answered_open) known->action.state = StaffActionState::wished;
  bool is_answer = known->was_answered_open || known->action.state != StaffActionState::wished;
  return StartedAction{{StaffActionOutcome::accepted, std::move(known->action), {}, true}, is_answer};
}

Task<StaffActionReply> OrdersService::act(Call call, StaffActionRequest request) {
  check(call, request);
  awaiting_.forget(request.order_id);
  auto [reply, is_answer] = co_await database_.transact(call, request.order_id.text(), [&](Tx& tx) {
    return begin_action(tx, call, request);
  });
  if (!is_answer) {
    auto& action = *reply.action;
    try {
      action.state = co_await run_action(call, request.order_id, action);
    } catch (const Error& error) {
      // The job goes on with it.
      if (error.code == ErrorCode::internal) throw;
    }
    // A notice is answered by whoever sends it.
    bool is_open = action.state == StaffActionState::wished && action.kind != StaffActionKind::resend_notice;
    if (is_open) action.state = co_await answer_open(call, request.order_id, action.action_id);
  }
  tell_refused(reply);
  co_return reply;
}

// Unless a job has ended the action meanwhile.
Task<StaffActionState> OrdersService::answer_open(Call call, OrderId order, std::string action_id) {
  co_return co_await database_.transact(call, order.text(), [&](Tx& tx) {
    if (actions_.answer_open(tx, action_id)) return StaffActionState::wished;
    return actions_.of_id(tx, action_id).value().state;
  });
}

// Each may be repeated. Wished: it is not at its end yet.
Task<StaffActionState> OrdersService::run_action(Call call, OrderId order, StaffAction action) {
  auto state = StaffActionState::done;
  if (action.kind == StaffActionKind::cancel) {
    co_await advance(call, AdvanceOrder{order});
    auto now = co_await load(call, order);
    if (now.cancel_requested) co_return StaffActionState::wished;
    // By the time that a job finishes this, what was refused may have been delivered.
    if (now.cancel_refused || !is_closed(now.status)) state = StaffActionState::refused;
  } else if (action.kind == StaffActionKind::refund_items) {
    warehouse::StopUnitsRequest stop{order, action.action_id, {}};
    std::map<SkuId, std::int64_t> sums;
    for (const auto& unit : action.units) sums[unit.sku_id] += unit.quantity;
    for (const auto& [sku, quantity] : sums) stop.units.push_back({sku, quantity});
    auto answer = co_await peers_.warehouse.stop_units(call, std::move(stop));
    if (answer.outcome == warehouse::StopUnitsOutcome::packed) state = StaffActionState::refused;
  } else if (action.kind == StaffActionKind::release_hold) {
    // Late money may have paid the order since then.
    auto now = co_await load(call, order);
    bool is_unpaid = is_closed(now.status) && !now.was_paid;
    if (is_unpaid) co_await peers_.inventory.release(call, {order, now.version});
    if (!is_unpaid) state = StaffActionState::refused;
  } else if (action.kind == StaffActionKind::ask_bank) {
    auto payment = co_await ask_and_advance(call, order);
    if (!payment || payment->bank_unreachable_since) state = StaffActionState::failed;
  } else {
    // Whoever sends it says so.
    if (clock_.now() < action.at + time_to_send) co_return StaffActionState::wished;
    state = StaffActionState::failed;
  }
  co_return co_await database_.transact(call, order.text(), [&](Tx& tx) {
    return end_action_in(tx, order, action.action_id, state);
  });
}

// Once, and told; what had ended before stays as it ended.
StaffActionState OrdersService::end_action_in(Tx& tx, const OrderId& order, const std::string& id,
                                              StaffActionState state) {
  bool ended = actions_.end(tx, id, state);
  auto action = actions_.of_id(tx, id);
  if (!action) throw Error(ErrorCode::not_found, "action_not_found", "there is no such action");
  if (ended) tx.publish(StaffActed{order, *action, tx.now()});
  return action->state;
}

Task<Empty> OrdersService::end_action(Call call, EndActionRequest request) {
  if (call.caller.kind != CallerKind::system)
    throw Error(ErrorCode::forbidden, "not_system", "only the platform itself may do this");
  co_await database_.transact(call, request.order_id.text(), [&](Tx& tx) {
    auto action = actions_.of_id(tx, request.action_id);
    bool is_sent = action && action->kind == StaffActionKind::resend_notice;
    bool is_end = request.state == StaffActionState::done || request.state == StaffActionState::failed;
    if (!is_sent || !is_end) throw_invalid("action_id", "not_allowed", "a notice that ends done or failed");
    end_action_in(tx, request.order_id, request.action_id, request.state);
  });
  co_return Empty{};
}

Task<void> OrdersService::finish_staff_actions(Call call, FinishStaffActions job) {
  auto actions = co_await database_.read(call, job.order_id.text(),
                                         [&](Tx& tx) { return actions_.open_of(tx, job.order_id); });
  bool any_left = false;
  for (auto& action : actions) {
    auto state = co_await run_action(call, job.order_id, std::move(action));
    any_left = any_left || state == StaffActionState::wished;
  }
  if (any_left) throw Error(ErrorCode::unavailable, "not_yet", "an action of staff is not at its end yet");
}

}  // namespace bramble::orders
