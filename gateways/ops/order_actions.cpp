// What staff do to an order from the console, and what of it is done outside of orders: the buyer is told
// again.
#include "base/error.h"
#include "gateways/edge/problem.h"
#include "gateways/ops/ops_gateway.h"

namespace bramble::ops {
namespace {

constexpr std::int64_t most_counted = 100;
constexpr Duration hanging_after = minutes(15);

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

Task<orders::StaffAction> OpsGateway::act_on_order(edge::HttpCall& http, OrderActionRequest request) {
  std::optional<Reminder> reminder;
  if (request.action == orders::StaffActionKind::resend_notice)
    reminder = co_await last_told(http.call, request.order_id);
  auto reply = co_await services_.orders.act(http.call, {request.order_id, request.action, request.reason,
                                                         request.version, std::move(request.units),
                                                         http.idempotency_key, http.idempotency_digest});
  if (reply.replayed) http.headers.add("Idempotent-Replayed", "true");
  if (reply.outcome != orders::StaffActionOutcome::accepted || !reply.action) refuse(reply);
  auto action = std::move(*reply.action);
  // Of a repeat, too: nobody knows whether the first request came as far as this.
  if (reminder && action.state == orders::StaffActionState::wished)
    action.state = co_await tell_again(http.call, request.order_id, action.action_id, std::move(*reminder));
  if (action.state == orders::StaffActionState::wished) http.status = 202;
  co_return action;
}

// The last that the buyer was told of the order.
Task<OpsGateway::Reminder> OpsGateway::last_told(Call call, OrderId order) {
  auto inspection = co_await services_.orders.get_order_details(call, {order});
  auto user = inspection.order.user_id;
  auto notices = co_await services_.notifications.order_notices(call, {user, order, {}});
  if (notices.items.empty())
    throw edge::Problem(409, "no_notice", "the buyer was told nothing of the order yet");
  co_return Reminder{std::move(user), std::move(notices.items.back().message)};
}

// Once more and by SMS. Staff do not see the phone. What a provider that is down did not take may be tried
// again with the same key, until orders takes it for failed.
Task<orders::StaffActionState> OpsGateway::tell_again(Call call, OrderId order, std::string action_id,
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

Task<CountsPage> OpsGateway::counts(edge::HttpCall& http, Nothing) {
  orders::SearchReply hanging;
  payments::ListWebhooksReply webhooks;
  payments::SuspenseReply suspense;
  std::vector<DeadLetter> letters;
  Parts parts;
  auto call = http.call;
  call.deadline = std::min(call.deadline, host_.clock().now() + part_time);
  parts.add("order",
            services_.orders.list_unfinished(call, {host_.clock().now() - hanging_after, std::nullopt,
                                                    most_counted}),
            hanging);
  parts.add("payments", services_.payments.list_webhooks(call, {true, std::nullopt, 0, most_counted}),
            webhooks);
  parts.add("payments", services_.payments.list_suspense(call, {0, most_counted}), suspense);
  parts.add("messages", host_.dead_letters().list(call, static_cast<std::size_t>(most_counted)), letters);
  co_await parts.read();
  co_return CountsPage{std::ssize(hanging.items), std::ssize(webhooks.items), std::ssize(suspense.items),
                       std::ssize(letters), parts.missing()};
}

}  // namespace bramble::ops
