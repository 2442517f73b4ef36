// The bank's memory: the only file that knows the bank's tables. The running totals change in the transaction
// of the payment they count, so the report's sums are always those of its payments.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ports/database.h"
#include "sandbox/bank_payment.h"

namespace bramble::sandbox {

// What the merchant asked for under an idempotency key, and what was true when it was first answered.
struct KeptAnswer {
  std::string digest;
  std::string bank_payment_id;
  BankStatus status = BankStatus::requires_action;
  std::int64_t authorised_minor = 0;
  std::int64_t captured_minor = 0;
  std::int64_t refunded_minor = 0;
  std::string decline_reason;
};

class BankStore {
 public:
  // False: the merchant's payment_id is known already, and nothing was added.
  static bool add(Tx& tx, const BankPayment& payment);
  static std::optional<BankPayment> find(Tx& tx, const std::string& bank_payment_id);
  static std::optional<BankPayment> find_by_merchant(Tx& tx, const std::string& payment_id);
  // Writes what rules may change; `before` is what was read in this transaction.
  static void save(Tx& tx, const BankPayment& before, const BankPayment& after);
  // False: there is a refund of this id already.
  static bool add_refund(Tx& tx, const std::string& refund_id, const BankPayment& payment,
                         std::int64_t amount_minor);

  static std::optional<KeptAnswer> answer(Tx& tx, const std::string& key);
  static void keep_answer(Tx& tx, const std::string& key, const std::string& digest,
                          const BankPayment& answered);
  // Forgets answers kept before then; how many it were, at most `limit`.
  static std::int64_t drop_answers(Tx& tx, Time before, std::int64_t limit);

  // Ids of payments whose session ended while they waited for their payer.
  static std::vector<std::string> overdue(Tx& tx, Time now, std::int64_t limit);
  static Report report(Tx& tx, std::int64_t page, std::int64_t limit);
};

}  // namespace bramble::sandbox
