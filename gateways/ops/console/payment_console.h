// Money in the console: payment attempts, webhooks of the bank, money without an owner.
#pragma once

#include "gateways/edge/route.h"
#include "gateways/ops/services.h"

namespace bramble::ops {

class PaymentConsole {
 public:
  explicit PaymentConsole(const Services& services) : services_(services) {}

  Task<payments::ListAttemptsReply> payments(edge::HttpCall& http, PaymentsQuery request);
  Task<payments::ListWebhooksReply> webhooks(edge::HttpCall& http, WebhooksQuery request);
  Task<payments::SuspenseReply> suspense(edge::HttpCall& http, SuspenseQuery request);

 private:
  Services services_;
};

}  // namespace bramble::ops
