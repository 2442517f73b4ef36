// Takes the bank's webhooks. A webhook is stored in the transaction that applies it; one that does not fit
// the payment it names is stored and has no effect.
#pragma once

#include "services/payments/updates/bank_updates.h"

namespace bramble::payments {

class WebhookReceiver {
 public:
  WebhookReceiver(const Dependencies& given, BankUpdates& updates) : given_(given), updates_(updates) {}

  Task<WebhookReply> receive(Call call, WebhookRequest request);

 private:
  const Dependencies& given_;
  BankUpdates& updates_;
};

}  // namespace bramble::payments
