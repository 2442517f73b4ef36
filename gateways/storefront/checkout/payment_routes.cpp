#include "gateways/storefront/checkout/payment_routes.h"

#include "base/error.h"
#include "gateways/edge/problem.h"

namespace bramble::storefront {
namespace {

using edge::Problem;

[[noreturn]] void not_payable(std::string_view reason, std::string detail) {
  throw Problem(409, "not_payable", std::move(detail), "\"reason\":\"" + std::string(reason) + "\"");
}

void check(const orders::StartPaymentReply& reply) {
  using Outcome = orders::StartPaymentOutcome;
  switch (reply.outcome) {
    case Outcome::started: break;
    case Outcome::paid: not_payable("paid", "The order is paid, or its payment has just been confirmed.");
    case Outcome::closed: not_payable("closed", "The order is cancelled or its time is over.");
    case Outcome::too_late: not_payable("too_late", "Too little of the order's time is left.");
    case Outcome::too_many: not_payable("too_many_attempts", "The order's payment was tried five times.");
    case Outcome::unknown:
      not_payable("outcome_unknown",
                  "The outcome of the previous payment is still unknown: it may have succeeded.");
    case Outcome::key_reused:
      throw Problem(422, "idempotency_key_reused", "This Idempotency-Key was used with another request.");
  }
  if (!reply.payment) throw Error(ErrorCode::internal, "no_payment", "a payment was begun and is not there");
}

}  // namespace

Task<PaymentStarted> PaymentRoutes::start_payment(edge::HttpCall& http, NewPayment request) {
  orders::StartPaymentRequest start{request.order_id, http.idempotency_key, http.idempotency_digest,
                                    std::move(request.payment_method), return_url_};
  auto reply = co_await orders_.start_payment(http.call, std::move(start));
  if (reply.replayed) http.headers.add("Idempotent-Replayed", "true");
  check(reply);
  co_return PaymentStarted{std::move(*reply.payment)};
}

Task<orders::OrderView> PaymentRoutes::check_payment(edge::HttpCall& http, OrderQuery request) {
  co_return co_await orders_.ask_bank(http.call, {request.order_id});
}

Task<HttpResponse> PaymentRoutes::bank_hook(edge::HttpCall& http) {
  const auto& headers = http.request->headers;
  payments::WebhookRequest hook;
  hook.provider = http.path.find("provider")->second;
  hook.body = http.request->body;
  hook.timestamp = headers.get("X-Bank-Timestamp");
  hook.signature = headers.get("X-Bank-Signature");
  hook.key_id = headers.get("X-Bank-Key-Id");
  auto reply = co_await payments_.receive_webhook(http.call, std::move(hook));
  if (reply.outcome == payments::WebhookOutcome::refused) {
    throw edge::Problem(401, "bad_signature", "The webhook is not signed by the provider.");
  }
  HttpResponse response;
  response.headers.add("Content-Type", "application/json");
  response.body = "{\"outcome\":\"" + std::string(to_string(reply.outcome)) + "\"}";
  co_return response;
}

}  // namespace bramble::storefront
