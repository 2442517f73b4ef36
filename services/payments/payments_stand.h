// Payments on a test database with a bank in memory, and the steps that tests repeat.
#pragma once

#include "base/digest.h"
#include "outside/bank/bank_client.h"
#include "payments_schema.h"
#include "services/payments/payments_service.h"
#include "testing/fakes/fake_bank.h"
#include "testing/fakes/quiet_logger.h"
#include "testing/service/service_database.h"

namespace bramble::payments {

// Starts a payment as a caller does that has nothing else to store.
inline Task<Payment> start(PaymentsService& payments, Call call, StartRequest request) {
  auto order = request.order_id;
  auto begun = co_await payments.create_at_bank(call, std::move(request));
  if (begun.status == PaymentStatus::processing) co_return begun;
  co_return co_await payments.record_answer(call, {order});
}

class PaymentsStand : public testing::Test {
 public:
  using Fault = FakeBank::Fault;
  static constexpr std::int64_t amount = 199'900;

  StartRequest request(const std::string& token, const std::string& type = "card");
  Payment start_with(StartRequest wanted);
  Payment start_card(const std::string& token) { return start_with(request(token)); }
  Payment start_sbp() { return start_with(request("", "sbp")); }
  Payment capture();
  Payment cancel();
  Payment accept_late();
  PaymentStatus status();
  FakeBank::Account& account() { return bank.account(order.text()); }

  WebhookRequest signed_webhook(const std::string& body, const std::string& secret = "secret");
  WebhookOutcome receive(const WebhookRequest& webhook);
  // Receives a webhook of the bank about the present state of the payment.
  WebhookOutcome tell(const std::string& event_id);

  void reconcile();
  // Runs the due jobs; those that fail are due again a second later. Returns the number of failures.
  int run_jobs();

  std::int64_t balance(const std::string& account);
  std::int64_t entries() { return database.value("SELECT COUNT(*) FROM ledger_entry"); }
  // I8: each entry balances; I10: our account at the bank is what the bank says.
  void check_money();

  outside::BankSettings bank_settings() const {
    return {"http://psp", "bank key", "http://shop/hooks", seconds(1), {{"key-1", "secret"}}};
  }
  std::unique_ptr<Bank> new_bank(outside::BankSettings settings) {
    return std::make_unique<outside::BankClient>(bank, std::move(settings));
  }

  const OrderId order{"ord_1"};
  ServiceDatabase database{payments_migrations()};
  FakeBank bank;
  QuietLogger log;
  PaymentsService payments{*database, new_bank(bank_settings()), database.clock, database.random, log, {}};
};

}  // namespace bramble::payments
