// The bank's tables; no other file knows them. The running totals change in the transaction of the payment
// they count, so the sums of the report are always those of its payments.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ports/database.h"
#include "sandbox/bank_payment.h"

namespace bramble::sandbox {

// The request that came with an idempotency key, and the state of the payment in the first answer.
struct StoredAnswer {
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
  // False: the merchant's payment_id exists already; nothing was added.
  static bool add(Tx& tx, const BankPayment& payment);
  static std::optional<BankPayment> find(Tx& tx, const std::string& bank_payment_id);
  static std::optional<BankPayment> find_by_merchant(Tx& tx, const std::string& payment_id);
  // Writes the fields that rules may change; `before` was read in this transaction.
  static void save(Tx& tx, const BankPayment& before, const BankPayment& after);
  // False: there is a refund of this id already.
  static bool add_refund(Tx& tx, const std::string& refund_id, const BankPayment& payment,
                         std::int64_t amount_minor);

  static std::optional<StoredAnswer> answer(Tx& tx, const std::string& key);
  static void store_answer(Tx& tx, const std::string& key, const std::string& digest,
                           const BankPayment& answered);
  // Deletes at most `limit` answers that are older; returns how many.
  static std::int64_t drop_answers(Tx& tx, Time before, std::int64_t limit);

  // Ids of payments whose session ended before the payer confirmed.
  static std::vector<std::string> overdue(Tx& tx, Time now, std::int64_t limit);
  static Report report(Tx& tx, std::int64_t page, std::int64_t limit);
};

}  // namespace bramble::sandbox
