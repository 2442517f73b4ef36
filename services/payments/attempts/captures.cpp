#include "services/payments/attempts/captures.h"

#include "base/error.h"
#include "services/payments/ledger.h"

namespace bramble::payments {

Task<Payment> Captures::capture(Call call, CaptureRequest request) {
  auto known = updates_.take_authorised(request.order_id);
  if (known) {
    auto taken = co_await capture_row(call, std::move(*known));
    // Otherwise the order may have begun another attempt in another process.
    if (taken.status == PaymentStatus::captured) co_return taken;
  }
  co_return co_await capture_row(call, co_await row_of_order(given_, call, request.order_id));
}

// The idempotency key is made of the payment's id, so repeated calls make one capture.
Task<Payment> Captures::capture_row(Call call, PaymentRow row) {
  if (row.state.status != PaymentStatus::authorised || !row.bank_payment_id) co_return view_of(row);
  auto answer = co_await given_.bank.capture(*row.bank_payment_id, row.state.amount_minor,
                                             "capture:" + row.payment_id.text());
  if (!answer.payment) answer = co_await given_.bank.get(*row.bank_payment_id);
  if (!answer.payment)
    throw Error(ErrorCode::unavailable, "bank_trouble", "the bank does not know the payment");
  co_return view_of(
      co_await updates_.apply(call, row.payment_id, *answer.payment, BankUpdates::Source::reply));
}

Task<Payment> Captures::accept_late(Call call, OrderPaymentRequest request) {
  co_return co_await given_.database.transact(call, request.order_id.text(), [&](Tx& tx) {
    auto row = given_.store.find_by_order(tx, request.order_id);
    if (!row) throw Error(ErrorCode::not_found, "payment_not_found", "the order has no payment");
    // A refund that was asked for cannot be stopped.
    if (row->state.goal == PaymentGoal::end || row->state.status != PaymentStatus::captured) {
      throw Error(ErrorCode::conflict, "refund_decided", "the money is on its way back");
    }
    if (!row->state.late) return view_of(*row);
    given_.store.post(tx, "accept_late", row->payment_id.text(), row->order_id, row->currency,
                      accept_late_postings(row->order_id, row->state.amount_minor));
    row->state.late = false;
    given_.store.save(tx, *row);
    return view_of(*row);
  });
}

}  // namespace bramble::payments
