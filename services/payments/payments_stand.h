// Payments on a database of a test's own and with a bank in memory, and what its tests repeat.
#pragma once

#include "base/digest.h"
#include "payments_schema.h"
#include "services/payments/payments_service.h"
#include "testing/fakes/fake_bank.h"
#include "testing/fakes/quiet_logger.h"
#include "testing/service/service_database.h"

namespace bramble::payments {

// As whoever has nothing else to save does it.
inline Task<Payment> start(PaymentsService& payments, Call call, StartRequest request) {
  auto order = request.order_id;
  auto begun = co_await payments.begin(call, std::move(request));
  if (begun.status == PaymentStatus::processing) co_return begun;
  co_return co_await payments.save(call, {order});
}

class PaymentsStand : public testing::Test {
 public:
  using Fault = FakeBank::Fault;
  static constexpr std::int64_t amount = 199'900;

  StartRequest request(const std::string& token, const std::string& type = "card") {
    return {order,
            UserId("usr_1"),
            Money{amount, "RUB"},
            Method{type, token},
            "http://shop/return",
            database.clock.now() + minutes(14)};
  }
  Payment start_with(StartRequest wanted) {
    return run_sync(start(payments, database.call, std::move(wanted)));
  }
  Payment start_card(const std::string& token) { return start_with(request(token)); }
  Payment start_sbp() { return start_with(request("", "sbp")); }
  Payment capture() { return run_sync(payments.capture(database.call, {order})); }
  Payment cancel() { return run_sync(payments.cancel(database.call, {order, "test"})); }
  Payment accept_late() { return run_sync(payments.accept_late(database.call, {order})); }
  PaymentStatus status() { return run_sync(payments.get(database.call, {order})).status; }
  FakeBank::Account& account() { return bank.account(order.text()); }

  WebhookRequest signed_webhook(const std::string& body, const std::string& secret = "secret") {
    auto stamp = std::to_string(database.clock.now().us / 1'000'000);
    return {"sandbox", body, stamp, "v1=" + hmac_sha256_hex(secret, stamp + "." + body), "key-1"};
  }
  WebhookOutcome receive(const WebhookRequest& webhook) {
    return run_sync(payments.receive_webhook(database.call, webhook)).outcome;
  }
  // What the bank says of the payment as it stands now.
  WebhookOutcome tell(const std::string& event_id) {
    return receive(signed_webhook(bank.event(event_id, account())));
  }

  void reconcile() { run_sync(payments.reconcile(database.call)); }
  // Runs the jobs whose time has come; those that fail come again a second later. The number of failures.
  int run_jobs() {
    int failures = 0;
    std::vector<EndAtBank> again;
    while (auto job = database.take_job<EndAtBank>()) {
      try {
        run_sync(payments.end_at_bank(database.call, *job));
      } catch (const Error&) {
        ++failures;
        again.push_back(*job);
      }
    }
    database.transact([&](Tx& tx) {
      for (const auto& job : again) tx.schedule(job, tx.now() + seconds(1));
    });
    return failures;
  }

  std::int64_t balance(const std::string& account) {
    return database.transact([&](Tx& tx) {
      return tx.query("SELECT COALESCE(SUM(amount_minor), 0) FROM posting WHERE account = $1", account)
          .front()
          .get<std::int64_t>(0);
    });
  }
  std::int64_t entries() { return database.value("SELECT COUNT(*) FROM ledger_entry"); }
  // I8: each entry balances; I10: our account at the bank is what the bank says.
  void check_money() {
    EXPECT_EQ(database.value("SELECT COUNT(*) FROM (SELECT entry_id FROM posting GROUP BY entry_id"
                             " HAVING SUM(amount_minor) <> 0) AS unbalanced"),
              0);
    EXPECT_EQ(balance("psp:sandbox"), bank.balance_minor());
  }

  BankSettings bank_settings() const { return {"http://psp", "bank key", "http://shop/hooks", seconds(1)}; }
  PaymentsSettings settings() const {
    PaymentsSettings settings;
    settings.webhook_keys = {{"key-1", "secret"}};
    return settings;
  }

  const OrderId order{"ord_1"};
  ServiceDatabase database{payments_migrations()};
  FakeBank bank;
  QuietLogger log;
  PaymentsService payments{*database, BankClient(bank, bank_settings()), database.clock, database.random, log,
                           settings()};
};

}  // namespace bramble::payments
