// The bank's API from our side: plain calls over HTTP, each with its idempotency key, so each may be
// repeated. Throws Error unavailable or timeout when nobody knows whether the bank acted; a refusal is a
// value.
#pragma once

#include <optional>
#include <string>

#include "ports/http.h"
#include "services/payments/payment_rules.h"

namespace bramble::payments {

struct BankSettings {
  std::string base_url;  // "http://127.0.0.1:8090"
  std::string api_key;
  std::string webhook_url;  // where the bank calls us
  Duration patience = seconds(4);
};

struct NewBankPayment {
  std::string payment_id;
  std::string order_id;
  std::int64_t amount_minor = 0;
  std::string currency;
  std::string method;
  std::string token;
  std::string return_url;
  Time session_expires_at;
};

// By our own id: the bank may never have heard of it, and refuses it from then on.
struct PaymentEnd {
  std::string payment_id;
  std::string order_id;
  std::int64_t amount_minor = 0;
  std::string currency;
  bool unless_confirmed = false;  // what the buyer has confirmed stays: the answer says so
};

// The bank's answer: the payment, or why it refused.
struct BankAnswer {
  std::optional<BankPayment> payment;
  int status = 0;
  std::string refusal;  // the bank's word: "already_captured"
};

class BankClient {
 public:
  BankClient(HttpClient& http, BankSettings settings) : http_(http), settings_(std::move(settings)) {}

  Task<BankAnswer> create(NewBankPayment payment);
  Task<BankAnswer> capture(std::string bank_payment_id, std::int64_t amount_minor, std::string key);
  // The payment as it is afterwards, ended or not.
  Task<BankPayment> end(PaymentEnd wish);
  Task<BankAnswer> refund(std::string bank_payment_id, std::string refund_id, std::int64_t amount_minor);
  Task<BankAnswer> get(std::string bank_payment_id);
  // By our id; an answer without a payment and with status 404 if the bank has never heard of it.
  Task<BankAnswer> find(std::string payment_id);

 private:
  Task<BankAnswer> post(std::string path, std::string body, std::string key);
  Task<HttpResponse> exchange(HttpClientRequest request);

  HttpClient& http_;
  BankSettings settings_;
};

// A webhook's body.
struct BankEvent {
  std::string event_id;
  std::string type;
  BankPayment payment;
};

// Nothing if it is not one.
std::optional<BankEvent> read_bank_event(std::string_view json);

}  // namespace bramble::payments
