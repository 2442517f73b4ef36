// A bank as payments needs it. Adapters in outside/bank implement it; each speaks the language of one bank.
// Every call that changes something carries an idempotency key made of our own ids, so each may be repeated.
#pragma once

#include <optional>
#include <string>

#include "base/task.h"
#include "base/time.h"
#include "services/payments/payments.api.h"

namespace bramble::payments {

enum class BankStatus { requires_action, authorised, captured, voided, declined };

// A payment as the bank reports it.
struct BankPayment {
  std::string bank_payment_id;
  std::string payment_id;
  std::string order_id;
  BankStatus status = BankStatus::requires_action;
  std::int64_t amount_minor = 0;
  std::int64_t captured_minor = 0;
  std::int64_t refunded_minor = 0;
  std::string currency;
  std::optional<std::string> decline_reason;
  std::optional<std::string> redirect_url;
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

// Names a payment by our own id. A payment that the bank does not know is refused by it from then on.
struct PaymentEnd {
  std::string payment_id;
  std::string order_id;
  std::int64_t amount_minor = 0;
  std::string currency;
  bool unless_confirmed = false;  // a payment that the buyer has confirmed stays, and the answer says so
};

// The payment, or the reason why the bank refused.
struct BankAnswer {
  std::optional<BankPayment> payment;
  int status = 0;
  std::string refusal;  // the bank's word: "already_captured"
};

// The content of a webhook.
struct BankEvent {
  std::string event_id;
  std::string type;
  BankPayment payment;
};

// Calls throw Error unavailable or timeout when it is not known whether the bank acted; a refusal is a value.
class Bank {
 public:
  virtual ~Bank() = default;

  virtual Task<BankAnswer> create(NewBankPayment payment) = 0;
  virtual Task<BankAnswer> capture(std::string bank_payment_id, std::int64_t amount_minor,
                                   std::string key) = 0;
  // Answers the payment as it is afterwards, ended or not.
  virtual Task<BankPayment> end(PaymentEnd request) = 0;
  virtual Task<BankAnswer> refund(std::string bank_payment_id, std::string refund_id,
                                  std::int64_t amount_minor) = 0;
  virtual Task<BankAnswer> get(std::string bank_payment_id) = 0;
  // By our id. The answer has no payment and status 404 if the bank does not know the payment.
  virtual Task<BankAnswer> find(std::string payment_id) = 0;

  // Nothing if the bank has not signed the webhook, or signed it too long ago. Throws Error invalid if the
  // bank has signed something else than an event.
  virtual std::optional<BankEvent> read_webhook(const WebhookRequest& webhook, Time now) const = 0;

  // How long one request may take.
  virtual Duration patience() const = 0;
};

}  // namespace bramble::payments
