#include "outside/bank/bank_client.h"

#include "base/text.h"
#include "runtime/json/json.h"

namespace bramble::outside {
namespace {

using payments::BankAnswer;
using payments::BankEvent;
using payments::BankPayment;
using payments::BankStatus;

std::optional<std::string> some_text(JsonValue value) {
  return value.text().empty() ? std::nullopt : std::optional(std::string(value.text()));
}

std::optional<BankStatus> status_of(std::string_view word) {
  if (word == "REQUIRES_ACTION") return BankStatus::requires_action;
  if (word == "AUTHORISED") return BankStatus::authorised;
  if (word == "CAPTURED") return BankStatus::captured;
  if (word == "VOIDED") return BankStatus::voided;
  if (word == "DECLINED") return BankStatus::declined;
  return std::nullopt;
}

std::optional<BankPayment> payment_of(JsonValue object) {
  auto status = status_of(object["status"].text());
  if (!status) return std::nullopt;
  BankPayment payment;
  payment.bank_payment_id = object["bank_payment_id"].text();
  payment.payment_id = object["payment_id"].text();
  payment.order_id = object["order_id"].text();
  payment.status = *status;
  payment.amount_minor = object["amount_minor"].integer();
  payment.captured_minor = object["captured_minor"].integer();
  payment.refunded_minor = object["refunded_minor"].integer();
  payment.currency = object["currency"].text();
  payment.decline_reason = some_text(object["decline_reason"]);
  payment.redirect_url = some_text(object["redirect_url"]);
  if (payment.bank_payment_id.empty() || payment.payment_id.empty()) return std::nullopt;
  return payment;
}

std::optional<JsonDocument> parse(std::string_view text) {
  try {
    return JsonDocument::parse(text);
  } catch (const Error&) {
    return std::nullopt;
  }
}

// 5xx: the bank may have acted or not. 4xx: it did not.
BankAnswer answer_of(const HttpResponse& response) {
  if (response.status >= 500 || response.status == 429 || response.status == 408) {
    throw Error(ErrorCode::unavailable, "bank_trouble",
                "the bank answered " + std::to_string(response.status));
  }
  BankAnswer answer;
  answer.status = response.status;
  auto document = parse(response.body);
  if (!document) throw Error(ErrorCode::unavailable, "bank_trouble", "the bank's answer is not JSON");
  if (response.status < 300) {
    answer.payment = payment_of(document->root());
    if (!answer.payment)
      throw Error(ErrorCode::unavailable, "bank_trouble", "the bank's answer is not a payment");
  } else {
    answer.refusal = document->root()["code"].text();
    answer.payment = payment_of(document->root()["payment"]);
  }
  return answer;
}

}  // namespace

std::optional<BankEvent> read_bank_event(std::string_view json) {
  auto document = parse(json);
  if (!document) return std::nullopt;
  auto root = document->root();
  auto payment = payment_of(root["payment"]);
  if (!payment) return std::nullopt;
  BankEvent event{std::string(root["event_id"].text()), std::string(root["type"].text()),
                  std::move(*payment)};
  if (event.event_id.empty() || event.event_id.size() > 128 || event.type.size() > 64) return std::nullopt;
  return event;
}

std::optional<BankEvent> BankClient::read_webhook(const payments::WebhookRequest& webhook, Time now) const {
  bool authentic = is_authentic(settings_.webhook_keys, webhook.key_id, webhook.timestamp, webhook.body,
                                webhook.signature, now, settings_.webhook_tolerance);
  if (!authentic) return std::nullopt;
  auto event = read_bank_event(webhook.body);
  if (!event) throw_invalid("body", "malformed", "an event with a payment, as the bank documents it");
  return event;
}

Task<HttpResponse> BankClient::exchange(HttpClientRequest request) {
  request.headers.add("Authorization", "Bearer " + settings_.api_key);
  request.timeout = settings_.patience;
  co_return co_await http_.send(std::move(request));
}

Task<BankAnswer> BankClient::post(std::string path, std::string body, std::string key) {
  HttpClientRequest request;
  request.method = "POST";
  request.url = settings_.base_url + path;
  request.headers.add("Content-Type", "application/json");
  request.headers.add("Idempotency-Key", std::move(key));
  request.body = std::move(body);
  auto response = co_await exchange(std::move(request));
  co_return answer_of(response);
}

Task<BankAnswer> BankClient::create(payments::NewBankPayment payment) {
  JsonWriter json;
  json.begin_object();
  auto text = [&](std::string_view name, std::string_view value) {
    json.name(name);
    json.text(value);
  };
  text("payment_id", payment.payment_id);
  text("order_id", payment.order_id);
  json.name("amount_minor");
  json.integer(payment.amount_minor);
  text("currency", payment.currency);
  text("method", payment.method);
  text("token", payment.token);
  text("return_url", payment.return_url);
  text("webhook_url", settings_.webhook_url);
  text("session_expires_at", to_rfc3339(payment.session_expires_at));
  json.end_object();
  co_return co_await post("/bank/v1/payments", json.take(), "create:" + payment.payment_id);
}

Task<BankAnswer> BankClient::capture(std::string bank_payment_id, std::int64_t amount_minor,
                                     std::string key) {
  auto body = "{\"amount_minor\":" + std::to_string(amount_minor) + "}";
  co_return co_await post("/bank/v1/payments/" + percent_encode(bank_payment_id) + "/capture",
                          std::move(body), std::move(key));
}

Task<BankPayment> BankClient::end(payments::PaymentEnd request) {
  JsonWriter json;
  json.begin_object();
  json.name("payment_id");
  json.text(request.payment_id);
  json.name("order_id");
  json.text(request.order_id);
  json.name("amount_minor");
  json.integer(request.amount_minor);
  json.name("currency");
  json.text(request.currency);
  json.name("unless_confirmed");
  json.boolean(request.unless_confirmed);
  json.end_object();
  auto key = (request.unless_confirmed ? "settle:" : "end:") + request.payment_id;
  auto answer = co_await post("/bank/v1/payments/end", json.take(), std::move(key));
  if (!answer.payment)
    throw Error(ErrorCode::unavailable, "bank_trouble",
                "the bank does not end the payment: " + answer.refusal);
  co_return std::move(*answer.payment);
}

Task<BankAnswer> BankClient::refund(std::string bank_payment_id, std::string refund_id,
                                    std::int64_t amount_minor) {
  JsonWriter json;
  json.begin_object();
  json.name("refund_id");
  json.text(refund_id);
  json.name("amount_minor");
  json.integer(amount_minor);
  json.end_object();
  co_return co_await post("/bank/v1/payments/" + percent_encode(bank_payment_id) + "/refunds", json.take(),
                          "refund:" + refund_id);
}

Task<BankAnswer> BankClient::get(std::string bank_payment_id) {
  HttpClientRequest request;
  request.url = settings_.base_url + "/bank/v1/payments/" + percent_encode(bank_payment_id);
  auto response = co_await exchange(std::move(request));
  co_return answer_of(response);
}

Task<BankAnswer> BankClient::find(std::string payment_id) {
  HttpClientRequest request;
  request.url = settings_.base_url + "/bank/v1/payments?payment_id=" + percent_encode(payment_id);
  auto response = co_await exchange(std::move(request));
  auto document = response.status == 200 ? parse(response.body) : std::nullopt;
  auto items = document ? document->root()["items"] : JsonValue();
  if (items.kind() != JsonKind::array)
    throw Error(ErrorCode::unavailable, "bank_trouble", "the bank did not say whether it knows a payment");
  BankAnswer answer;
  answer.status = items.size() == 0 ? 404 : 200;
  if (items.size() > 0) answer.payment = payment_of(*items.begin());
  co_return answer;
}

}  // namespace bramble::outside
