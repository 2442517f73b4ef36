// What staff who look into an order's money are told.
#include <iterator>

#include "base/error.h"
#include "services/payments/payments_service.h"

namespace bramble::payments {
namespace {

void check_is_staff(const Call& call) {
  if (call.caller.kind == CallerKind::staff || call.caller.kind == CallerKind::system) return;
  throw Error(ErrorCode::forbidden, "not_staff", "only staff may do this");
}

}  // namespace

Task<Dossier> PaymentsService::get_dossier(Call call, OrderPaymentRequest request) {
  co_return co_await database_.read(call, request.order_id.text(), [&](Tx& tx) {
    Dossier dossier;
    dossier.entries = store_.entries(tx, request.order_id);
    for (const auto& row : store_.attempts(tx, request.order_id)) {
      dossier.attempts.push_back(attempt_of(row));
      auto webhooks = store_.webhooks(tx, row.payment_id);
      std::move(webhooks.begin(), webhooks.end(), std::back_inserter(dossier.webhooks));
      for (auto& part : store_.refunds(tx, row.payment_id)) {
        dossier.refunds.push_back(
            {std::move(part.key), Money{part.amount_minor, row.currency}, part.done, part.created_at});
      }
    }
    return dossier;
  });
}

Task<ListAttemptsReply> PaymentsService::list_attempts(Call call, ListAttemptsRequest request) {
  check_is_staff(call);
  co_return co_await database_.read(call, "",
                                    [&](Tx& tx) { return inspection_.attempts(tx, store_, request); });
}

Task<ListWebhooksReply> PaymentsService::list_webhooks(Call call, ListWebhooksRequest request) {
  check_is_staff(call);
  co_return co_await database_.read(call, "", [&](Tx& tx) { return inspection_.webhooks(tx, request); });
}

Task<SuspenseReply> PaymentsService::list_suspense(Call call, SuspenseRequest request) {
  check_is_staff(call);
  co_return co_await database_.read(call, "", [&](Tx& tx) { return inspection_.suspense(tx, request); });
}

}  // namespace bramble::payments
