// What the classes of payments share. It outlives them.
#pragma once

#include "ports/clock.h"
#include "ports/database.h"
#include "runtime/log.h"
#include "services/payments/bank.h"
#include "services/payments/store/payment_store.h"

namespace bramble::payments {

struct PaymentsSettings {
  std::string provider = "sandbox";  // stored with each payment; names its ledger account and its webhooks
  Duration first_look = minutes(1);  // of the reconciler
  // A request to create a payment that the bank does not know by then has been lost, or is refused.
  Duration lost_after = seconds(12);
};

struct Dependencies {
  Database& database;
  Bank& bank;
  const Clock& clock;
  Random& random;
  Logger& log;
  PaymentsSettings settings;
  PaymentStore store;
};

}  // namespace bramble::payments
