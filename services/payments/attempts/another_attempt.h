// Pays again for an order whose payment has ended without money. At most one of an order's attempts is ever
// captured (I12): a new one begins only after the bank has ended the one before for good. While it is not
// known how that one ended, the buyer is not sent to pay twice.
#pragma once

#include "services/payments/attempts/attempt_start.h"

namespace bramble::payments {

class AnotherAttempt {
 public:
  AnotherAttempt(const Dependencies& given, BankUpdates& updates, BankInquiries& inquiries)
      : given_(given), updates_(updates), inquiries_(inquiries) {}

  Task<AnotherReply> start(Call call, AnotherRequest request);

 private:
  struct Step {
    AnotherOutcome outcome = AnotherOutcome::unknown;
    PaymentRow row;
  };

  Step decide(Tx& tx, const AnotherRequest& request) const;
  Task<bool> end_before(Call call, PaymentRow row);

  const Dependencies& given_;
  BankUpdates& updates_;
  BankInquiries& inquiries_;
};

}  // namespace bramble::payments
