#include "gateways/ops/console/payment_console.h"

#include "gateways/edge/paging.h"

namespace bramble::ops {
Task<payments::ListAttemptsReply> PaymentConsole::payments(edge::HttpCall& http, PaymentsQuery request) {
  co_return co_await services_.payments.list_attempts(
      http.call, {request.open.value_or(false), request.status, request.payment_id, request.from,
                  request.limit.value_or(edge::usual_limit)});
}

Task<payments::ListWebhooksReply> PaymentConsole::webhooks(edge::HttpCall& http, WebhooksQuery request) {
  auto limit = request.limit.value_or(edge::usual_limit);
  co_return co_await services_.payments.list_webhooks(http.call,
                                                      {request.unapplied.value_or(false), request.payment_id,
                                                       edge::offset_of(request.page, limit), limit});
}

Task<payments::SuspenseReply> PaymentConsole::suspense(edge::HttpCall& http, SuspenseQuery request) {
  auto limit = request.limit.value_or(edge::usual_limit);
  co_return co_await services_.payments.list_suspense(http.call,
                                                      {edge::offset_of(request.page, limit), limit});
}

}  // namespace bramble::ops
