// The client of the bank whose protocol sandbox/README.md describes: plain calls over HTTP, each with its
// idempotency key, and signed webhooks.
#pragma once

#include "outside/bank/webhook_signature.h"
#include "ports/http.h"
#include "services/payments/bank.h"

namespace bramble::outside {

struct BankSettings {
  std::string base_url;  // "http://127.0.0.1:8090"
  std::string api_key;
  std::string webhook_url;  // where the bank calls us
  Duration patience = seconds(4);
  std::vector<WebhookKey> webhook_keys;
  Duration webhook_tolerance = minutes(5);  // each delivery of a webhook is signed anew
};

class BankClient final : public payments::Bank {
 public:
  BankClient(HttpClient& http, BankSettings settings) : http_(http), settings_(std::move(settings)) {}

  Task<payments::BankAnswer> create(payments::NewBankPayment payment) override;
  Task<payments::BankAnswer> capture(std::string bank_payment_id, std::int64_t amount_minor,
                                     std::string key) override;
  Task<payments::BankPayment> end(payments::PaymentEnd request) override;
  Task<payments::BankAnswer> refund(std::string bank_payment_id, std::string refund_id,
                                    std::int64_t amount_minor) override;
  Task<payments::BankAnswer> get(std::string bank_payment_id) override;
  Task<payments::BankAnswer> find(std::string payment_id) override;
  std::optional<payments::BankEvent> read_webhook(const payments::WebhookRequest& webhook,
                                                  Time now) const override;
  Duration patience() const override { return settings_.patience; }

 private:
  Task<payments::BankAnswer> post(std::string path, std::string body, std::string key);
  Task<HttpResponse> exchange(HttpClientRequest request);

  HttpClient& http_;
  BankSettings settings_;
};

// The event in a webhook's body; nothing if the body is not one.
std::optional<payments::BankEvent> read_bank_event(std::string_view json);

}  // namespace bramble::outside
