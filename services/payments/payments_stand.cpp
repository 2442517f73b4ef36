#include "services/payments/payments_stand.h"

namespace bramble::payments {

StartRequest PaymentsStand::request(const std::string& token, const std::string& type) {
  return {order,
          UserId("usr_1"),
          Money{amount, "RUB"},
          Method{type, token},
          "http://shop/return",
          database.clock.now() + minutes(14)};
}

Payment PaymentsStand::start_with(StartRequest wanted) {
  return run_sync(start(payments, database.call, std::move(wanted)));
}

Payment PaymentsStand::capture() { return run_sync(payments.capture(database.call, {order})); }

Payment PaymentsStand::cancel() { return run_sync(payments.cancel(database.call, {order, "test"})); }

Payment PaymentsStand::accept_late() { return run_sync(payments.accept_late(database.call, {order})); }

PaymentStatus PaymentsStand::status() { return run_sync(payments.get(database.call, {order})).status; }

WebhookRequest PaymentsStand::signed_webhook(const std::string& body, const std::string& secret) {
  auto stamp = std::to_string(database.clock.now().us / 1'000'000);
  return {"sandbox", body, stamp, "v1=" + hmac_sha256_hex(secret, stamp + "." + body), "key-1"};
}

WebhookOutcome PaymentsStand::receive(const WebhookRequest& webhook) {
  return run_sync(payments.receive_webhook(database.call, webhook)).outcome;
}

WebhookOutcome PaymentsStand::tell(const std::string& event_id) {
  return receive(signed_webhook(bank.event(event_id, account())));
}

void PaymentsStand::reconcile() { run_sync(payments.reconcile(database.call)); }

int PaymentsStand::run_jobs() {
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

std::int64_t PaymentsStand::balance(const std::string& account) {
  return database.transact([&](Tx& tx) {
    return tx.query("SELECT COALESCE(SUM(amount_minor), 0) FROM posting WHERE account = $1", account)
        .front()
        .get<std::int64_t>(0);
  });
}

void PaymentsStand::check_money() {
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM (SELECT entry_id FROM posting GROUP BY entry_id"
                           " HAVING SUM(amount_minor) <> 0) AS unbalanced"),
            0);
  EXPECT_EQ(balance("psp:sandbox"), bank.balance_minor());
}

}  // namespace bramble::payments
