#include "services/payments/updates/webhook_receiver.h"

namespace bramble::payments {

Task<WebhookReply> WebhookReceiver::receive(Call call, WebhookRequest request) {
  if (request.provider != given_.settings.provider) co_return WebhookReply{WebhookOutcome::refused};
  auto event = given_.bank.read_webhook(request, given_.clock.now());
  if (!event) co_return WebhookReply{WebhookOutcome::refused};
  std::optional<PaymentRow> applied;
  bool differs = false;
  auto reply = co_await given_.database.transact(call, event->payment.payment_id, [&](Tx& tx) {
    applied.reset();
    auto row = given_.store.find(tx, PaymentId(event->payment.payment_id));
    differs = row && !is_same_payment(*row, request.provider, event->payment);
    bool applies = row && !differs;
    if (!given_.store.add_webhook(tx, request.provider, event->event_id, event->payment.payment_id,
                                  event->type, request.body, applies)) {
      return WebhookReply{WebhookOutcome::repeated};
    }
    if (!applies) return WebhookReply{WebhookOutcome::stored};
    applied = updates_.apply_in(tx, std::move(*row), event->payment, BankUpdates::Source::update);
    return WebhookReply{WebhookOutcome::applied};
  });
  if (applied) updates_.remember_authorised(*applied);
  if (differs) {
    given_.log.warn("a webhook does not fit the payment that it names",
                    {{"event_id", event->event_id}, {"payment_id", event->payment.payment_id}});
  }
  co_return reply;
}

}  // namespace bramble::payments
