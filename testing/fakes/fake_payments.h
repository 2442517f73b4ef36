// Payments without a bank. A test sets the state of a payment; calls change it as the real service does.
// Refunds are done when the test says so.
#pragma once

#include <algorithm>
#include <set>

#include "services/payments/payments.api.h"
#include "testing/fakes/trouble.h"

namespace bramble {

class FakePayments final : public payments::PaymentsApi {
 public:
  using Status = payments::PaymentStatus;

  struct Account {
    payments::Payment payment;
    bool late = false;
    bool end_wished = false;
    bool accepted_late = false;
    bool confirmed = false;  // by the buyer, but the bank has not been asked yet
    int captures = 0;
    std::map<std::string, std::int64_t> refunds;  // of parts, by key
    std::set<std::string> attempt_keys;
  };

  Task<payments::Payment> prepare_attempt(Call, payments::StartRequest request) override;
  Task<Empty> drop_attempt(Call, payments::OrderPaymentRequest request) override;
  Task<payments::Payment> create_at_bank(Call, payments::StartRequest request) override;
  Task<payments::Payment> record_answer(Call, payments::OrderPaymentRequest request) override;
  Task<payments::AnotherReply> start_another(Call, payments::AnotherRequest request) override;
  Task<payments::Payment> ask(Call, payments::OrderPaymentRequest request) override;
  Task<payments::Payment> settle(Call, payments::OrderPaymentRequest request) override;
  Task<payments::Payment> capture(Call, payments::CaptureRequest request) override;
  Task<payments::Payment> cancel(Call, payments::CancelRequest request) override;
  Task<payments::Payment> refund(Call, payments::RefundRequest request) override;
  Task<payments::Payment> accept_late(Call, payments::OrderPaymentRequest request) override;
  Task<payments::Payment> get(Call, payments::OrderPaymentRequest request) override;
  Task<payments::WebhookReply> receive_webhook(Call, payments::WebhookRequest) override { not_faked(); }
  Task<payments::OrderPayments> get_order_payments(Call, payments::OrderPaymentRequest) override;
  Task<payments::ListAttemptsReply> list_attempts(Call, payments::ListAttemptsRequest) override;
  Task<payments::ListWebhooksReply> list_webhooks(Call, payments::ListWebhooksRequest) override;
  Task<payments::SuspenseReply> list_suspense(Call, payments::SuspenseRequest) override { not_faked(); }

  // The money comes without a call; it is late if the payment had ended before.
  void money_comes(const OrderId& order);
  // Runs the job that ends payments. True if it refunded money.
  bool give_back(const OrderId& order);

  Account& account_of(const payments::StartRequest& request);
  bool was_started(const OrderId& order) const;

  Account& known(const OrderId& order);

  Status next_status = Status::authorised;  // of payments that are created
  std::map<OrderId, Account> accounts;
  bool bank_is_down = false;
  payments::OrderPayments order_payments;
  std::vector<payments::StartRequest> started;
  Trouble trouble;
};

}  // namespace bramble
