// The bank's story: each request is one transaction that reads the payment, applies a rule, and writes the
// payment, the webhook and the kept answer together. What was told to the merchant or the payer is durable.
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

struct Answer {
  BankPayment payment;
  bool replayed = false;  // the first answer again
};

// What the payer does on the page.
struct PayerAction {
  std::string code;
  bool cancel = false;
};

class Bank {
 public:
  // `public_url` is where payers reach the bank's page; `tell` is given each webhook after it is durable.
  Bank(Database& database, const Clock& clock, Random& random, std::string public_url,
       std::function<void(Webhook)> tell)
      : database_(database),
        clock_(clock),
        random_(random),
        public_url_(std::move(public_url)),
        tell_(std::move(tell)) {}

  PaymentView view_of(const BankPayment& payment) const;

  // Throw Problem: 409 with the payment as it is, 422 for another request under a used key, 404.
  Task<Answer> create(Call call, NewPayment request, RequestKey key);
  Task<Answer> capture(Call call, CaptureOrder request, RequestKey key);
  Task<Answer> void_payment(Call call, PaymentQuery request, RequestKey key);
  Task<Answer> refund(Call call, RefundOrder request, RequestKey key);
  // By the merchant's id. What was never heard of is known as voided from then on, so that a creation that
  // comes late is refused.
  Task<Answer> end(Call call, EndOrder request, RequestKey key);

  // Nothing if there is no such payment. A session that is over has been declined by then.
  Task<std::optional<BankPayment>> find(Call call, std::string bank_payment_id);
  Task<std::optional<BankPayment>> find_by_merchant(Call call, std::string payment_id);
  Task<std::optional<BankPayment>> act(Call call, std::string bank_payment_id, PayerAction action);

  Task<Report> report(Call call, ReportQuery query);

  // Declines what waited for its payer until its session was over, whether or not anybody looks.
  Task<void> end_sessions(Call call);
  // Forgets the answers to keys that no merchant asks with any more.
  Task<void> drop_answers(Call call);

 private:
  struct Outcome;
  using Rule = std::function<Decision(Tx&, BankPayment&)>;
  Task<Answer> apply(Call call, std::string bank_payment_id, RequestKey key, Rule rule);
  Task<std::optional<BankPayment>> step(Call call, std::string bank_payment_id, Rule rule);
  std::string new_event_id(std::string_view owner);
  Answer conclude(Outcome outcome);
  [[noreturn]] void refuse(std::string_view word, const std::optional<BankPayment>& payment) const;

  Database& database_;
  const Clock& clock_;
  Random& random_;
  std::string public_url_;
  std::function<void(Webhook)> tell_;
};

}  // namespace bramble::sandbox
