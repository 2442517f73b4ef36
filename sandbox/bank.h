// The sandbox's bank. Each request is one transaction that reads the payment, applies a rule, and writes the
// payment, the webhook and the stored answer together. It is durable before the merchant or the payer gets
// the answer.
#pragma once

#include <functional>
#include <string>

#include "ports/clock.h"
#include "ports/database.h"
#include "sandbox/bank_payment.h"
#include "sandbox/webhook.h"

namespace bramble::sandbox {

// An Idempotency-Key and the digest of the request that carries it.
struct RequestKey {
  std::string text;
  std::string digest;
};

struct BankResult {
  BankPayment payment;
  bool replayed = false;  // the stored first answer
};

// An action of the payer on the page.
struct PayerAction {
  std::string code;
  bool cancel = false;
};

class Bank {
 public:
  // Payers reach the bank's page at `public_url`. `send` gets each webhook after it is durable.
  Bank(Database& database, const Clock& clock, Random& random, std::string public_url,
       std::function<void(Webhook)> send)
      : database_(database),
        clock_(clock),
        random_(random),
        public_url_(std::move(public_url)),
        send_(std::move(send)) {}

  PaymentView view_of(const BankPayment& payment) const;

  // Throw Problem: 409 with the payment as it is, 422 for another request under a used key, 404.
  Task<BankResult> create(Call call, NewPayment request, RequestKey key);
  Task<BankResult> capture(Call call, CaptureOrder request, RequestKey key);
  Task<BankResult> void_payment(Call call, PaymentQuery request, RequestKey key);
  Task<BankResult> refund(Call call, RefundOrder request, RequestKey key);
  // By the merchant's id. A payment that is not known here is stored as voided, so that a late request cannot
  // create it.
  Task<BankResult> end(Call call, EndOrder request, RequestKey key);

  // Nothing if there is no such payment. A payment whose session is over is declined first.
  Task<std::optional<BankPayment>> find(Call call, std::string bank_payment_id);
  Task<std::optional<BankPayment>> find_by_merchant(Call call, std::string payment_id);
  Task<std::optional<BankPayment>> act(Call call, std::string bank_payment_id, PayerAction action);

  Task<Report> report(Call call, ReportQuery query);

  // Declines payments whose session ended before the payer confirmed.
  Task<void> end_sessions(Call call);
  // Deletes stored answers that are too old to be asked for.
  Task<void> drop_answers(Call call);

 private:
  struct Outcome;
  using Rule = std::function<Decision(Tx&, BankPayment&)>;
  Task<BankResult> apply(Call call, std::string bank_payment_id, RequestKey key, Rule rule);
  Task<std::optional<BankPayment>> step(Call call, std::string bank_payment_id, Rule rule);
  std::string new_event_id(std::string_view owner);
  BankResult conclude(Outcome outcome);
  [[noreturn]] void refuse(std::string_view word, const std::optional<BankPayment>& payment) const;

  Database& database_;
  const Clock& clock_;
  Random& random_;
  std::string public_url_;
  std::function<void(Webhook)> send_;
};

}  // namespace bramble::sandbox
