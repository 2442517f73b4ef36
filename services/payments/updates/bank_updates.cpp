#include "services/payments/updates/bank_updates.h"

#include <utility>

#include "base/error.h"
#include "services/payments/ledger.h"

namespace bramble::payments {

PaymentRow with_update(PaymentRow row, const BankPayment& update, const PaymentState& state) {
  row.state = state;
  if (!update.bank_payment_id.empty()) row.bank_payment_id = update.bank_payment_id;
  if (update.redirect_url) row.redirect_url = update.redirect_url;
  if (update.decline_reason) row.decline_reason = update.decline_reason;
  return row;
}

void plan_look(PaymentRow& row, Duration first_look, Time now) {
  row.next_check_at =
      next_look({row.state.status, row.checks, first_look, row.session_expires_at, row.unanswered_since},
                now);
}

Task<PaymentRow> BankUpdates::apply(Call call, PaymentId payment, BankPayment update, Source source) {
  if (!update.payment_id.empty() && update.payment_id != payment.text())
    throw Error(ErrorCode::unavailable, "bank_trouble", "the bank answered about another payment");
  auto applied = co_await given_.database.transact(call, payment.text(), [&](Tx& tx) {
    auto row = given_.store.find(tx, payment);
    if (!row) throw Error(ErrorCode::internal, "payment_missing", "no payment " + payment.text());
    return apply_in(tx, std::move(*row), update, source);
  });
  remember_authorised(applied);
  co_return applied;
}

void BankUpdates::remember_authorised(const PaymentRow& row) {
  if (row.state.status == PaymentStatus::authorised) authorised_.put(row.order_id, row);
}

PaymentRow BankUpdates::apply_in(Tx& tx, PaymentRow row, const BankPayment& update, Source source) const {
  auto result = apply_update(row.state, update);
  auto was = std::exchange(row, with_update(row, update, result.state));
  bool late_before = was.state.late;
  row.unanswered_since = std::nullopt;
  bool superseded =
      result.captured_minor > 0 && is_ended(was.state.status) && given_.store.is_superseded(tx, row);
  if (superseded) {
    // The bank had ended this payment for good, and the order goes on with another attempt: the money goes
    // back.
    row.state.late = true;
    row.state.goal = PaymentGoal::end;
    tx.schedule(EndAtBank{row.payment_id}, tx.now());
  }
  if (result.captured_minor > 0) {
    post_capture(tx, row, result.captured_minor);
    // The caller of Capture has the answer; nobody asked for late money.
    if ((source == Source::update || row.state.late) && !superseded)
      tx.publish(PaymentCaptured{row.order_id, row.payment_id, row.state.late});
  }
  if (result.refunded_minor > 0) {
    post_refunds(tx, row, result.refunded_minor, late_before || row.state.late);
  }
  if (result.authorised) tx.publish(PaymentAuthorised{row.order_id, row.payment_id});
  if (result.declined || result.ended_by_bank) {
    tx.publish(PaymentDeclined{row.order_id, row.payment_id, row.decline_reason.value_or("ended_by_bank")});
  }
  if (result.end_at_bank) tx.schedule(EndAtBank{row.payment_id}, tx.now());
  if (!is_open(row.state)) {
    row.next_check_at = std::nullopt;
  } else if (row.state.status != was.state.status) {
    row.checks = 0;
    plan_look(row, given_.settings.first_look, tx.now());
  }
  if (row != was) given_.store.save(tx, row);
  return row;
}

void BankUpdates::post_capture(Tx& tx, const PaymentRow& row, std::int64_t captured_minor) const {
  given_.store.post(tx, "capture", row.payment_id.text(), row.order_id, row.currency,
                    capture_postings(row.provider, row.order_id, captured_minor, row.state.amount_minor,
                                     row.state.late));
}

// One ledger entry for each refund that is done now, and one for money that no refund of ours explains.
void BankUpdates::post_refunds(Tx& tx, const PaymentRow& row, std::int64_t refunded_minor, bool late) const {
  auto total = row.state.refunded_minor;
  auto posted = total - refunded_minor;
  auto post_to = [&](std::int64_t sum) {
    given_.store.post(tx, "refund", row.payment_id.text() + ":" + std::to_string(sum), row.order_id,
                      row.currency, refund_postings(row.provider, row.order_id, sum - posted, late));
    posted = sum;
  };
  PaymentRefunded event{row.order_id,
                        row.payment_id,
                        Money{refunded_minor, row.currency},
                        {},
                        row.state.status == PaymentStatus::refunded};
  std::int64_t sum = 0;
  for (auto& part : given_.store.refunds(tx, row.payment_id)) {
    sum += part.amount_minor;
    if (part.done) continue;
    if (sum > total) break;
    given_.store.settle_refund(tx, row.payment_id, part.number);
    if (sum > posted) post_to(sum);
    event.keys.push_back(std::move(part.key));
  }
  if (total > posted) post_to(total);
  // Money that was captured twice and went back is not the order's own.
  if (!given_.store.is_superseded(tx, row)) tx.publish(event);
}

}  // namespace bramble::payments
