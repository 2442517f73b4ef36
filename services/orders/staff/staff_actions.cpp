#include "services/orders/staff/staff_actions.h"

#include "base/error.h"
#include "services/orders/staff/action_rules.h"

namespace bramble::orders {
namespace {

constexpr Duration time_to_answer = seconds(10);
constexpr Duration second_look = seconds(5);
constexpr Duration time_to_send = minutes(1);  // then the gateway that sends a notice counts as dead

}  // namespace

std::optional<StaffActionReply> StaffActions::refusal_of(Tx& tx, const OrderRow& order,
                                                         const StaffActionRequest& request) const {
  if (request.version != order.version + actions_.changes_of(tx, order.order_id))
    return refusal(StaffActionOutcome::moved,
                   "the order has changed since: it is " + std::string(to_string(order.status)) + " by now");
  switch (request.kind) {
    case StaffActionKind::cancel: return refusal_of_cancel(order);
    case StaffActionKind::refund_items:
      return refusal_of_refund(order, actions_.open_of(tx, order.order_id), store_.items(tx, order), request);
    case StaffActionKind::release_hold: return refusal_of_release(order);
    case StaffActionKind::resend_notice:
    case StaffActionKind::ask_bank: return std::nullopt;
  }
  return refusal(StaffActionOutcome::not_possible, "an unknown action");
}

StaffActions::StartedAction StaffActions::start(Tx& tx, const Call& call, const StaffActionRequest& request) {
  auto order = store_.find_shown(tx, request.order_id);
  if (auto known = find_known(tx, call, request)) return std::move(*known);
  if (auto refused = refusal_of(tx, order, request)) return {std::move(*refused), true};
  StaffAction action;
  action.action_id =
      "act_" + new_id<ItemId>(env_.clock, env_.random, request.order_id.text()).text().substr(4);
  action.kind = request.kind;
  action.state = StaffActionState::wished;
  action.units = request.units;
  action.reason = request.reason;
  action.by_whom = call.caller.id;
  action.at = tx.now();
  if (!actions_.add(tx, request, action)) return find_known(tx, call, request).value();
  tx.publish(StaffActed{request.order_id, action, tx.now()});
  if (action.kind == StaffActionKind::cancel) {
    order.cancel_requested = true;
    store_.save_flags(tx, order);
    tx.schedule(AdvanceOrder{request.order_id}, tx.now());
  }
  tx.schedule(FinishStaffActions{request.order_id}, tx.now() + second_look);
  return {{StaffActionOutcome::accepted, std::move(action), {}, false}};
}

// The action that the key has started before. An action without an answer belongs to a request that is
// running or dead: the repeat finishes it.
std::optional<StaffActions::StartedAction> StaffActions::find_known(Tx& tx, const Call& call,
                                                                    const StaffActionRequest& request) const {
  auto known = actions_.find(tx, call.caller.id, request.idempotency_key);
  if (!known) return std::nullopt;
  bool is_same = known->digest == request.idempotency_digest && known->order_id == request.order_id;
  if (!is_same)
    return StartedAction{refusal(StaffActionOutcome::key_reused, "the key was used for another request"),
                         true};
  if (known->was_answered_open) known->action.state = StaffActionState::wished;
  bool is_answer = known->was_answered_open || known->action.state != StaffActionState::wished;
  return StartedAction{{StaffActionOutcome::accepted, std::move(known->action), {}, true}, is_answer};
}

Task<StaffActionReply> StaffActions::act(Call call, StaffActionRequest request) {
  check(call, request);
  saga_.forget_awaited(request.order_id);
  auto [reply, is_answer] = co_await env_.database.transact(call, request.order_id.text(),
                                                            [&](Tx& tx) { return start(tx, call, request); });
  if (!is_answer) {
    auto& action = *reply.action;
    try {
      action.state = co_await run(call, request.order_id, action);
    } catch (const Error& error) {
      // The job continues.
      if (error.code == ErrorCode::internal) throw;
    }
    // The gateway that sends a notice answers for it.
    if (action.kind != StaffActionKind::resend_notice)
      action.state = co_await keep_answer(call, request.order_id, action.action_id);
  }
  show_refusal(reply);
  co_return reply;
}

// The first answer counts: an equal request, or the job, may have ended the action meanwhile. The answer is
// stored even if the caller's time is over, because the action is.
Task<StaffActionState> StaffActions::keep_answer(Call call, OrderId order, std::string action_id) {
  call.deadline = env_.clock.now() + time_to_answer;
  co_return co_await env_.database.transact(call, order.text(), [&](Tx& tx) {
    if (actions_.answer_open(tx, action_id)) return StaffActionState::wished;
    return actions_.of_id(tx, action_id).value().state;
  });
}

// Safe to repeat. Returns `wished` while the action has not ended.
Task<StaffActionState> StaffActions::run(Call call, OrderId order, StaffAction action) {
  auto state = StaffActionState::failed;
  switch (action.kind) {
    case StaffActionKind::cancel: state = co_await run_cancel(call, order); break;
    case StaffActionKind::refund_items: state = co_await run_refund(call, order, action); break;
    case StaffActionKind::release_hold: state = co_await run_release(call, order); break;
    case StaffActionKind::ask_bank: state = co_await run_ask_bank(call, order); break;
    case StaffActionKind::resend_notice:
      // The gateway that sends the notice ends the action.
      if (env_.clock.now() < action.at + time_to_send) state = StaffActionState::wished;
      break;
  }
  if (state == StaffActionState::wished) co_return state;
  co_return co_await env_.database.transact(call, order.text(), [&](Tx& tx) {
    return end_in(tx, order, action.action_id, state);
  });
}

Task<StaffActionState> StaffActions::run_cancel(Call call, OrderId order) {
  co_await saga_.advance(call, AdvanceOrder{order});
  auto now = co_await load_order(env_.database, call, order);
  if (now.cancel_requested) co_return StaffActionState::wished;
  // When the job gets here, an order whose cancel was refused may already be delivered.
  bool is_refused = now.cancel_refused || !is_closed(now.status);
  co_return is_refused ? StaffActionState::refused : StaffActionState::done;
}

Task<StaffActionState> StaffActions::run_refund(Call call, OrderId order, StaffAction action) {
  warehouse::StopUnitsRequest stop{order, action.action_id, {}};
  std::map<SkuId, std::int64_t> sums;
  for (const auto& unit : action.units) sums[unit.sku_id] += unit.quantity;
  for (const auto& [sku, quantity] : sums) stop.units.push_back({sku, quantity});
  auto answer = co_await env_.peers.warehouse.stop_units(call, std::move(stop));
  bool is_packed = answer.outcome == warehouse::StopUnitsOutcome::packed;
  co_return is_packed ? StaffActionState::refused : StaffActionState::done;
}

Task<StaffActionState> StaffActions::run_release(Call call, OrderId order) {
  // Late money may have paid the order meanwhile.
  auto now = co_await load_order(env_.database, call, order);
  if (!is_closed(now.status) || now.was_paid) co_return StaffActionState::refused;
  co_await env_.peers.inventory.release(call, {order, now.version});
  co_return StaffActionState::done;
}

Task<StaffActionState> StaffActions::run_ask_bank(Call call, OrderId order) {
  auto payment = co_await saga_.ask_bank_and_advance(call, order);
  bool is_answered = payment && !payment->bank_unreachable_since;
  co_return is_answered ? StaffActionState::done : StaffActionState::failed;
}

// Published once. An action that has ended keeps its state.
StaffActionState StaffActions::end_in(Tx& tx, const OrderId& order, const std::string& id,
                                      StaffActionState state) {
  bool has_ended = actions_.end(tx, id, state);
  auto action = actions_.of_id(tx, id);
  if (!action) throw Error(ErrorCode::not_found, "action_not_found", "there is no such action");
  if (has_ended) tx.publish(StaffActed{order, *action, tx.now()});
  return action->state;
}

Task<Empty> StaffActions::end_action(Call call, EndActionRequest request) {
  if (call.caller.kind != CallerKind::system)
    throw Error(ErrorCode::forbidden, "not_system", "only the platform itself may do this");
  co_await env_.database.transact(call, request.order_id.text(), [&](Tx& tx) {
    auto action = actions_.of_id(tx, request.action_id);
    bool is_notice = action && action->kind == StaffActionKind::resend_notice;
    bool is_end = request.state == StaffActionState::done || request.state == StaffActionState::failed;
    if (!is_notice || !is_end) throw_invalid("action_id", "not_allowed", "a notice that ends done or failed");
    end_in(tx, request.order_id, request.action_id, request.state);
  });
  co_return Empty{};
}

Task<void> StaffActions::finish(Call call, FinishStaffActions job) {
  auto actions = co_await env_.database.read(call, job.order_id.text(),
                                             [&](Tx& tx) { return actions_.open_of(tx, job.order_id); });
  bool any_left = false;
  for (auto& action : actions) {
    auto state = co_await run(call, job.order_id, std::move(action));
    any_left = any_left || state == StaffActionState::wished;
  }
  if (any_left) throw Error(ErrorCode::unavailable, "not_yet", "an action of staff has not ended yet");
}

}  // namespace bramble::orders
