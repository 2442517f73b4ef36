#include "gateways/ops/console/payment_console.h"

namespace bramble::ops {
namespace {

constexpr std::int64_t usual_limit = 25;

std::int64_t offset_of(const std::optional<std::int64_t>& page, std::int64_t limit) {
  return (page.value_or(1) - 1) * limit;
}

}  // namespace

Task<payments::ListAttemptsReply> PaymentConsole::payments(edge::HttpCall& http, PaymentsQuery request) {
  co_return co_await services_.payments.list_attempts(
      http.call, {request.open.value_or(false), request.status, request.payment_id, request.from,
                  request.limit.value_or(usual_limit)});
}

Task<payments::ListWebhooksReply> PaymentConsole::webhooks(edge::HttpCall& http, WebhooksQuery request) {
  auto limit = request.limit.value_or(usual_limit);
  co_return co_await services_.payments.list_webhooks(http.call,
                                                      {request.unapplied.value_or(false), request.payment_id,
                                                       offset_of(request.page, limit), limit});
}

Task<payments::SuspenseReply> PaymentConsole::suspense(edge::HttpCall& http, SuspenseQuery request) {
  auto limit = request.limit.value_or(usual_limit);
  co_return co_await services_.payments.list_suspense(http.call, {offset_of(request.page, limit), limit});
}

}  // namespace bramble::ops
