// The story of each request about money. A payment row exists before the bank is called, what the bank says
// is applied by one rule (learn) wherever it comes from, and every movement of money is a ledger entry in the
// same transaction. How the bank is asked is in asking_the_bank.cpp, how an order is paid for again in
// another_attempt.cpp, and how money goes back in giving_back.cpp.
#pragma once

#include "base/recent.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "runtime/log.h"
#include "services/payments/bank_client.h"
#include "services/payments/money_inspection.h"
#include "services/payments/payment_store.h"
#include "services/payments/webhook_signature.h"

namespace bramble::payments {

struct PaymentsSettings {
  std::string provider = "sandbox";
  std::vector<WebhookKey> webhook_keys;
  Duration webhook_tolerance = minutes(5);  // each delivery of a webhook is signed anew
  Duration first_look = minutes(1);         // of the reconciler
  // A request to create a payment that the bank does not know by then has been lost, or is refused.
  Duration lost_after = seconds(12);
};

// Throws Error invalid.
void check_start(const StartRequest& request);

PaymentEnd end_of(const PaymentRow& row, bool unless_confirmed);

class PaymentsService : public PaymentsApi {
 public:
  PaymentsService(Database& database, BankClient bank, const Clock& clock, Random& random, Logger& log,
                  PaymentsSettings settings)
      : database_(database),
        bank_(std::move(bank)),
        clock_(clock),
        random_(random),
        log_(log),
        settings_(std::move(settings)),
        store_(clock, random) {}

  Task<Payment> announce(Call call, StartRequest request) override;
  Task<Empty> forget(Call call, OrderPaymentRequest request) override;
  Task<Payment> begin(Call call, StartRequest request) override;
  Task<Payment> save(Call call, OrderPaymentRequest request) override;
  Task<AnotherReply> start_another(Call call, AnotherRequest request) override;
  Task<Payment> ask(Call call, OrderPaymentRequest request) override;
  Task<Payment> settle(Call call, OrderPaymentRequest request) override;
  Task<Payment> capture(Call call, CaptureRequest request) override;
  Task<Payment> cancel(Call call, CancelRequest request) override;
  Task<Payment> refund(Call call, RefundRequest request) override;
  Task<Payment> accept_late(Call call, OrderPaymentRequest request) override;
  Task<Payment> get(Call call, OrderPaymentRequest request) override;
  Task<WebhookReply> receive_webhook(Call call, WebhookRequest request) override;
  Task<ListAttemptsReply> list_attempts(Call call, ListAttemptsRequest request) override;
  Task<ListWebhooksReply> list_webhooks(Call call, ListWebhooksRequest request) override;
  Task<SuspenseReply> list_suspense(Call call, SuspenseRequest request) override;
  Task<Dossier> get_dossier(Call call, OrderPaymentRequest request) override;

  // The job behind cancel and refund.
  Task<void> end_at_bank(Call call, EndAtBank job);
  // Asks the bank about payments that have been open for long: webhooks are only hints.
  Task<void> reconcile(Call call);

 private:
  enum class Source { reply, news };

  struct Heard {
    Payment shown;  // with the news
    BankPayment news;
  };

  struct AnotherStep {
    AnotherOutcome outcome = AnotherOutcome::unknown;
    PaymentRow row;
  };

  PaymentRow new_row(Tx& tx, const StartRequest& request);
  AnotherStep decide_another(Tx& tx, const AnotherRequest& request);
  Task<bool> end_before_another(Call call, PaymentRow row);
  Task<Payment> capture_row(Call call, PaymentRow row);
  Task<PaymentRow> register_payment(Call call, StartRequest request);
  Task<std::optional<BankPayment>> create_at_bank(Call call, PaymentRow row, StartRequest request);
  Task<PaymentRow> apply(Call call, PaymentId payment, BankPayment news, Source source);
  PaymentRow apply_in(Tx& tx, PaymentRow row, const BankPayment& news, Source source);
  void remember(const PaymentRow& row);
  void post_refunds(Tx& tx, const PaymentRow& row, std::int64_t refunded_minor, bool late);
  Task<PaymentRow> refund_parts(Call call, PaymentRow row);
  Task<void> refund_rest(Call call, PaymentRow row);
  Task<PaymentRow> row_of_order(Call call, OrderId order);
  Task<BankPayment> settle_at_bank(PaymentRow row);
  bool may_be_on_its_way(const PaymentRow& row) const;
  Task<std::optional<BankPayment>> ask_bank(Call call, PaymentRow row);
  Task<bool> look(Call call, PaymentRow row);
  Task<void> look_alone(Call call, PaymentRow row);
  void plan_look(PaymentRow& row, Time now) const;

  Database& database_;
  BankClient bank_;
  const Clock& clock_;
  Random& random_;
  Logger& log_;
  PaymentsSettings settings_;
  PaymentStore store_;
  // What this process announced and has not begun yet, as it was stored, so that Begin need not look. The
  // bank knows a payment by its id, so one that another process has begun meanwhile is asked for twice, and
  // is one.
  Recent<OrderId, PaymentRow> announced_;
  // What the bank said at the beginning and is not saved yet.
  Recent<OrderId, Heard> heard_;
  // As they were stored when they became authorised, so that Capture need not look. A payment that has gone
  // on meanwhile the bank refuses to capture, or has captured.
  Recent<OrderId, PaymentRow> authorised_;
  MoneyInspection inspection_;
};

}  // namespace bramble::payments
