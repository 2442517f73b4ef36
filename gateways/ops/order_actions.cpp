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
  auto reply = co_await services_.orders.act(http.call, {request.order_id, request.action, request.reason,
                                                         request.version, std::move(request.units),
                                                         http.idempotency_key, http.idempotency_digest});
  if (reply.replayed) http.headers.add("Idempotent-Replayed", "true");
  if (reply.outcome != orders::StaffActionOutcome::accepted || !reply.action) refuse(reply);
  // Of a repeat, too: nobody knows whether the first request came as far as this.
  if (reply.action->kind == orders::StaffActionKind::resend_notice)
    co_await tell_again(http.call, request.order_id, reply.action->action_id);
  if (reply.action->kind == orders::StaffActionKind::ask_bank)
    co_await services_.orders.ask_bank(http.call, {request.order_id});
  if (reply.action->state == orders::StaffActionState::wished) http.status = 202;
  co_return std::move(*reply.action);
}

// The last that the buyer was told of the order, once more and by SMS. Staff do not see the phone.
Task<void> OpsGateway::tell_again(Call call, OrderId order, std::string message_id) {
  auto inspection = co_await services_.orders.inspect(call, {order});
  auto notices = co_await services_.notifications.order_notices(call, {inspection.order.user_id, order, {}});
  if (notices.items.empty())
    throw edge::Problem(409, "no_notice", "the buyer was told nothing of the order yet");
  auto system = system_call("ops", call.deadline, call.trace);
  auto person = co_await services_.auth.get_person(system, {inspection.order.user_id});
  auto text =
      "Bramble, " + order.text().substr(order.text().size() - std::min<std::size_t>(6, order.text().size()));
  for (auto& letter : text) {
    if (letter >= 'a' && letter <= 'z' && &letter >= text.data() + 9)
      letter = static_cast<char>(letter - 'a' + 'A');
  }
  text += ": " + notices.items.back().message;
  co_await services_.notifications.send_sms(system, {std::move(message_id), person.phone, std::move(text)});
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
