#include "gateways/ops/console/order_console.h"

#include "base/error.h"
#include "gateways/edge/problem.h"
#include "gateways/ops/console/order_search.h"

namespace bramble::ops {
namespace {

[[noreturn]] void refuse(const orders::StaffActionReply& reply) {
  using Outcome = orders::StaffActionOutcome;
  switch (reply.outcome) {
    case Outcome::moved: throw edge::Problem(409, "order_moved", reply.detail);
    case Outcome::not_possible: throw edge::Problem(409, "not_possible", reply.detail);
    case Outcome::packed:
      throw edge::Problem(409, "order_packed",
                          reply.detail.empty() ? "the order is packed already" : reply.detail);
    case Outcome::key_reused:
      throw edge::Problem(422, "idempotency_key_reused",
                          "This Idempotency-Key was used with another request.");
    case Outcome::accepted: break;
  }
  throw Error(ErrorCode::internal, "no_action", "an action was accepted and is not there");
}

}  // namespace

OrderReportSources OrderConsole::report_sources() {
  return {services_.orders,          services_.payments, services_.inventory, services_.warehouse,
          services_.notifications,   services_.auth,     services_.pickup,    services_.catalog,
          host_.message_histories(), host_.clock(),      host_.dependencies()};
}

// The last notice of the order.
Task<OrderConsole::Reminder> OrderConsole::last_notice(Call call, OrderId order) {
  auto inspection = co_await services_.orders.get_order_details(call, {order});
  auto user = inspection.order.user_id;
  auto notices = co_await services_.notifications.order_notices(call, {user, order, {}});
  if (notices.items.empty())
    throw edge::Problem(409, "no_notice", "the buyer was told nothing of the order yet");
  co_return Reminder{std::move(user), std::move(notices.items.back().message)};
}

// Sends the notice again, by SMS; staff do not see the phone. If the provider is down, the same key may be
// tried again until orders gives the action up.
Task<orders::StaffActionState> OrderConsole::resend_notice(Call call, OrderId order, std::string action_id,
                                                           Reminder reminder) {
  auto system = system_call("ops", call.deadline, call.trace);
  auto state = orders::StaffActionState::done;
  auto text =
      "Bramble, " + order.text().substr(order.text().size() - std::min<std::size_t>(6, order.text().size()));
  for (auto& letter : text) {
    if (letter >= 'a' && letter <= 'z' && &letter >= text.data() + 9)
      letter = static_cast<char>(letter - 'a' + 'A');
  }
  text += ": " + reminder.message;
  try {
    auto person = co_await services_.auth.get_person(system, {reminder.user_id});
    co_await services_.notifications.send_sms(system, {action_id, person.phone, std::move(text)});
  } catch (const Error& error) {
    if (error.code != ErrorCode::not_found) throw;
    state = orders::StaffActionState::failed;  // the buyer's account is gone
  }
  co_await services_.orders.end_action(system, {order, std::move(action_id), state});
  co_return state;
}

Task<OrderReport> OrderConsole::order(edge::HttpCall& http, OrderQuery request) {
  co_return co_await read_order_report(report_sources(), http.call, request.order_id);
}

Task<orders::OrderView> OrderConsole::check_payment(edge::HttpCall& http, OrderQuery request) {
  co_return co_await services_.orders.ask_bank(http.call, {request.order_id});
}

Task<OrderPage> OrderConsole::search_orders(edge::HttpCall& http, OrderSearchQuery request) {
  co_return co_await ops::search_orders(report_sources(), services_.auth, http.call, std::move(request));
}

Task<HangingPage> OrderConsole::hanging_orders(edge::HttpCall& http, HangingQuery request) {
  co_return co_await ops::hanging_orders(report_sources(), http.call, std::move(request));
}

Task<orders::StaffAction> OrderConsole::act_on_order(edge::HttpCall& http, OrderActionRequest request) {
  std::optional<Reminder> reminder;
  if (request.action == orders::StaffActionKind::resend_notice)
    reminder = co_await last_notice(http.call, request.order_id);
  auto reply = co_await services_.orders.act(http.call, {request.order_id, request.action, request.reason,
                                                         request.version, std::move(request.units),
                                                         http.idempotency_key, http.idempotency_digest});
  if (reply.replayed) http.headers.add("Idempotent-Replayed", "true");
  if (reply.outcome != orders::StaffActionOutcome::accepted || !reply.action) refuse(reply);
  auto action = std::move(*reply.action);
  // Also on replay: the first request may have failed before this step.
  if (reminder && action.state == orders::StaffActionState::wished)
    action.state =
        co_await resend_notice(http.call, request.order_id, action.action_id, std::move(*reminder));
  if (action.state == orders::StaffActionState::wished) http.status = 202;
  co_return action;
}

}  // namespace bramble::ops
