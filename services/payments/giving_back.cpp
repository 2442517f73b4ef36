// Money that goes back: all of it when a payment is ended, or parts of it while the order goes on. What is
// wished is stored first; one job a payment brings the bank to it, one refund after another, so the sum that
// the bank has refunded tells which of them are done, whoever brings the news.
#include <numeric>

#include "base/error.h"
#include "services/payments/ledger.h"
#include "services/payments/payments_service.h"

namespace bramble::payments {
namespace {

std::int64_t sum_of(const std::vector<RefundRow>& parts) {
  return std::accumulate(parts.begin(), parts.end(), std::int64_t{0},
                         [](std::int64_t sum, const RefundRow& part) { return sum + part.amount_minor; });
}

[[noreturn]] void refund_pending() {
  throw Error(ErrorCode::unavailable, "refund_pending", "the bank has not refunded yet");
}

}  // namespace

Task<Payment> PaymentsService::cancel(Call call, CancelRequest request) {
  co_return co_await database_.transact(call, request.order_id.text(), [&](Tx& tx) {
    auto row = store_.find_by_order(tx, request.order_id);
    if (!row) return Payment{};
    if (request.closed_unpaid && store_.was_accepted_late(tx, *row)) return view_of(*row);
    auto status = row->state.status;
    if (row->state.wish == Wish::end && row->state.captured_minor == 0) return view_of(*row);
    if (is_ended(status) || status == PaymentStatus::refunded) {
      // There is nothing to end, but no other attempt may begin any more.
      if (row->state.wish != Wish::end) {
        row->state.wish = Wish::end;
        store_.save(tx, *row);
      }
      return view_of(*row);
    }
    row->state.wish = Wish::end;
    if (is_open(row->state)) {
      row->state.status = PaymentStatus::cancelled;
      row->next_check_at = std::nullopt;
    }
    store_.save(tx, *row);
    tx.schedule(EndAtBank{row->payment_id}, tx.now());
    return view_of(*row);
  });
}

Task<Payment> PaymentsService::refund(Call call, RefundRequest request) {
  if (request.key.empty()) throw_invalid("key", "required", "is required");
  if (request.amount.amount_minor <= 0) throw_invalid("amount", "too_small", "more than zero");
  co_return co_await database_.transact(call, request.order_id.text(), [&](Tx& tx) {
    auto row = store_.find_by_order(tx, request.order_id);
    if (!row) throw Error(ErrorCode::not_found, "payment_not_found", "the order has no payment");
    if (request.amount.currency != row->currency)
      throw_invalid("amount.currency", "not_allowed", row->currency);
    auto parts = store_.refunds(tx, row->payment_id);
    for (const auto& part : parts) {
      if (part.key != request.key) continue;
      if (part.amount_minor == request.amount.amount_minor) return view_of(*row);
      throw Error(ErrorCode::conflict, "refund_reused", "refund " + request.key + " had another amount");
    }
    // All of it is on its way back, so this is, too; and what is on its way keeps its amount.
    if (row->state.wish == Wish::end) return view_of(*row);
    if (row->state.status != PaymentStatus::captured || row->state.late)
      throw Error(ErrorCode::conflict, "not_captured", "there is no money of the order to give back");
    if (sum_of(parts) + request.amount.amount_minor > row->state.captured_minor)
      throw Error(ErrorCode::conflict, "refund_too_large", "more than is left of what was captured");
    store_.add_refund(tx, *row,
                      {std::ssize(parts) + 1, request.key, request.amount.amount_minor, false, tx.now()});
    tx.schedule(EndAtBank{row->payment_id}, tx.now());
    return view_of(*row);
  });
}

// A ledger entry for each refund that is done with it, and one for what no refund of ours explains.
void PaymentsService::post_refunds(Tx& tx, const PaymentRow& row, std::int64_t refunded_minor, bool late) {
  auto total = row.state.refunded_minor;
  auto posted = total - refunded_minor;
  auto post_to = [&](std::int64_t sum) {
    store_.post(tx, "refund", row.payment_id.text() + ":" + std::to_string(sum), row.order_id, row.currency,
                refund_postings(row.provider, row.order_id, sum - posted, late));
    posted = sum;
  };
  PaymentRefunded told{row.order_id,
                       row.payment_id,
                       Money{refunded_minor, row.currency},
                       {},
                       row.state.status == PaymentStatus::refunded};
  std::int64_t sum = 0;
  for (auto& part : store_.refunds(tx, row.payment_id)) {
    sum += part.amount_minor;
    if (part.done) continue;
    if (sum > total) break;
    store_.settle_refund(tx, row.payment_id, part.number);
    if (sum > posted) post_to(sum);
    told.keys.push_back(std::move(part.key));
  }
  if (total > posted) post_to(total);
  // What came twice and went back is no news of the order's own money.
  if (!store_.is_superseded(tx, row)) tx.publish(told);
}

// Brings the bank to what was wished: a void before the money came, refunds after. Repeated until it is so.
// What the bank has never heard of is ended there all the same, so that its creation cannot come late.
Task<void> PaymentsService::end_at_bank(Call call, EndAtBank job) {
  auto found = co_await database_.read(call, job.payment_id.text(),
                                       [&](Tx& tx) { return store_.find(tx, job.payment_id); });
  if (!found) co_return;
  auto row = std::move(*found);
  if (row.state.captured_minor == 0) {
    auto news = co_await bank_.end(end_of(row, false));
    row = co_await apply(call, row.payment_id, std::move(news), Source::news);
  }
  if (row.state.captured_minor > row.state.refunded_minor) {
    row = co_await refund_parts(call, std::move(row));
    if (row.state.wish == Wish::end && row.state.status == PaymentStatus::captured) {
      co_await refund_rest(call, std::move(row));
    }
  }
}

Task<PaymentRow> PaymentsService::refund_parts(Call call, PaymentRow row) {
  auto parts = co_await database_.read(call, row.payment_id.text(),
                                       [&](Tx& tx) { return store_.refunds(tx, row.payment_id); });
  std::int64_t sum = 0;
  for (const auto& part : parts) {
    sum += part.amount_minor;
    if (row.state.refunded_minor >= sum) continue;
    auto id = row.payment_id.text() + "-" + std::to_string(part.number);
    auto answer = co_await bank_.refund(*row.bank_payment_id, id, part.amount_minor);
    if (!answer.payment) answer = co_await bank_.get(*row.bank_payment_id);
    if (answer.payment) row = co_await apply(call, row.payment_id, *answer.payment, Source::news);
    if (row.state.refunded_minor < sum) refund_pending();
  }
  co_return row;
}

// Once a payment is to end no part is added any more, so the rest stays what it is however often it is asked
// for.
Task<void> PaymentsService::refund_rest(Call call, PaymentRow row) {
  auto parts = co_await database_.read(call, row.payment_id.text(),
                                       [&](Tx& tx) { return store_.refunds(tx, row.payment_id); });
  auto rest = row.state.captured_minor - sum_of(parts);
  if (rest <= 0) co_return;
  auto answer = co_await bank_.refund(*row.bank_payment_id, row.payment_id.text(), rest);
  if (!answer.payment) answer = co_await bank_.get(*row.bank_payment_id);
  if (answer.payment) row = co_await apply(call, row.payment_id, *answer.payment, Source::news);
  if (row.state.status != PaymentStatus::refunded) refund_pending();
}

}  // namespace bramble::payments
