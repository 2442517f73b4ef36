// The service of payments: hands each call to the class of its story. A payment row exists before the bank is
// called, what the bank reports is applied by one rule (apply_update), and every movement of money is a
// ledger entry in the same transaction.
#pragma once

#include <memory>

#include "services/payments/attempts/another_attempt.h"
#include "services/payments/attempts/attempt_start.h"
#include "services/payments/attempts/captures.h"
#include "services/payments/inquiries/bank_inquiries.h"
#include "services/payments/refunds/refunds.h"
#include "services/payments/staff/staff_payments.h"
#include "services/payments/updates/webhook_receiver.h"

namespace bramble::payments {

class PaymentsService : public PaymentsApi {
 public:
  PaymentsService(Database& database, std::unique_ptr<Bank> bank, const Clock& clock, Random& random,
                  Logger& log, PaymentsSettings settings)
      : bank_(std::move(bank)),
        given_{database, *bank_, clock, random, log, std::move(settings), {clock, random}} {}

  Task<Payment> prepare_attempt(Call call, StartRequest request) override {
    return start_.prepare(std::move(call), std::move(request));
  }
  Task<Empty> drop_attempt(Call call, OrderPaymentRequest request) override {
    return start_.drop(std::move(call), std::move(request));
  }
  Task<Payment> create_at_bank(Call call, StartRequest request) override {
    return start_.create(std::move(call), std::move(request));
  }
  Task<Payment> record_answer(Call call, OrderPaymentRequest request) override {
    return start_.record_answer(std::move(call), std::move(request));
  }
  Task<AnotherReply> start_another(Call call, AnotherRequest request) override {
    return another_.start(std::move(call), std::move(request));
  }
  Task<Payment> ask(Call call, OrderPaymentRequest request) override {
    return inquiries_.ask(std::move(call), std::move(request));
  }
  Task<Payment> settle(Call call, OrderPaymentRequest request) override {
    return inquiries_.settle(std::move(call), std::move(request));
  }
  Task<Payment> capture(Call call, CaptureRequest request) override {
    return captures_.capture(std::move(call), std::move(request));
  }
  Task<Payment> cancel(Call call, CancelRequest request) override {
    return refunds_.cancel(std::move(call), std::move(request));
  }
  Task<Payment> refund(Call call, RefundRequest request) override {
    return refunds_.refund(std::move(call), std::move(request));
  }
  Task<Payment> accept_late(Call call, OrderPaymentRequest request) override {
    return captures_.accept_late(std::move(call), std::move(request));
  }
  Task<Payment> get(Call call, OrderPaymentRequest request) override {
    co_return view_of(co_await row_of_order(given_, std::move(call), std::move(request.order_id)));
  }
  Task<WebhookReply> receive_webhook(Call call, WebhookRequest request) override {
    return webhooks_.receive(std::move(call), std::move(request));
  }
  Task<ListAttemptsReply> list_attempts(Call call, ListAttemptsRequest request) override {
    return staff_.list_attempts(std::move(call), std::move(request));
  }
  Task<ListWebhooksReply> list_webhooks(Call call, ListWebhooksRequest request) override {
    return staff_.list_webhooks(std::move(call), std::move(request));
  }
  Task<SuspenseReply> list_suspense(Call call, SuspenseRequest request) override {
    return staff_.list_suspense(std::move(call), std::move(request));
  }
  Task<OrderPayments> get_order_payments(Call call, OrderPaymentRequest request) override {
    return staff_.get_order_payments(std::move(call), std::move(request));
  }

  Task<void> end_at_bank(Call call, EndAtBank job) {
    return refunds_.end_at_bank(std::move(call), std::move(job));
  }
  Task<void> reconcile(Call call) { return inquiries_.reconcile(std::move(call)); }

 private:
  std::unique_ptr<Bank> bank_;
  Dependencies given_;
  UnsavedAnswers unsaved_;
  BankUpdates updates_{given_};
  BankInquiries inquiries_{given_, updates_, unsaved_};
  AttemptStart start_{given_, updates_, inquiries_, unsaved_};
  AnotherAttempt another_{given_, updates_, inquiries_};
  Captures captures_{given_, updates_};
  Refunds refunds_{given_, updates_};
  WebhookReceiver webhooks_{given_, updates_};
  StaffPayments staff_{given_};
};

}  // namespace bramble::payments
