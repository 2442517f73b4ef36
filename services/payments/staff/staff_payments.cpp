#include "services/payments/staff/staff_payments.h"

#include <iterator>

#include "base/error.h"

namespace bramble::payments {
namespace {

void check_is_staff(const Call& call) {
  if (call.caller.kind == CallerKind::staff || call.caller.kind == CallerKind::system) return;
  throw Error(ErrorCode::forbidden, "not_staff", "only staff may do this");
}

}  // namespace

Task<OrderPayments> StaffPayments::get_order_payments(Call call, OrderPaymentRequest request) {
  co_return co_await given_.database.read(call, request.order_id.text(), [&](Tx& tx) {
    OrderPayments found;
    found.entries = given_.store.entries(tx, request.order_id);
    for (const auto& row : given_.store.attempts(tx, request.order_id)) {
      found.attempts.push_back(attempt_of(row));
      auto webhooks = given_.store.webhooks(tx, row.payment_id);
      std::move(webhooks.begin(), webhooks.end(), std::back_inserter(found.webhooks));
      for (auto& part : given_.store.refunds(tx, row.payment_id)) {
        found.refunds.push_back(
            {std::move(part.key), Money{part.amount_minor, row.currency}, part.done, part.created_at});
      }
    }
    return found;
  });
}

Task<ListAttemptsReply> StaffPayments::list_attempts(Call call, ListAttemptsRequest request) {
  check_is_staff(call);
  co_return co_await given_.database.read(call, "", [&](Tx& tx) {
    return queries_.attempts(tx, given_.store, request);
  });
}

Task<ListWebhooksReply> StaffPayments::list_webhooks(Call call, ListWebhooksRequest request) {
  check_is_staff(call);
  co_return co_await given_.database.read(call, "", [&](Tx& tx) { return queries_.webhooks(tx, request); });
}

Task<SuspenseReply> StaffPayments::list_suspense(Call call, SuspenseRequest request) {
  check_is_staff(call);
  co_return co_await given_.database.read(call, "", [&](Tx& tx) { return queries_.suspense(tx, request); });
}

}  // namespace bramble::payments
