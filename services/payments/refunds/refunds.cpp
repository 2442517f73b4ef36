#include "services/payments/refunds/refunds.h"

#include <numeric>

#include "base/error.h"
#include "services/payments/inquiries/bank_inquiries.h"

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

Task<Payment> Refunds::cancel(Call call, CancelRequest request) {
  co_return co_await given_.database.transact(call, request.order_id.text(), [&](Tx& tx) {
    auto row = given_.store.find_by_order(tx, request.order_id);
    if (!row) return Payment{};
    if (request.closed_unpaid && given_.store.was_accepted_late(tx, *row)) return view_of(*row);
    auto status = row->state.status;
    if (row->state.goal == PaymentGoal::end && row->state.captured_minor == 0) return view_of(*row);
    if (is_ended(status) || status == PaymentStatus::refunded) {
      // Nothing is left to end, but no other attempt may begin.
      if (row->state.goal != PaymentGoal::end) {
        row->state.goal = PaymentGoal::end;
        given_.store.save(tx, *row);
      }
      return view_of(*row);
    }
    row->state.goal = PaymentGoal::end;
    if (is_open(row->state)) {
      row->state.status = PaymentStatus::cancelled;
      row->next_check_at = std::nullopt;
    }
    given_.store.save(tx, *row);
    tx.schedule(EndAtBank{row->payment_id}, tx.now());
    return view_of(*row);
  });
}

Task<Payment> Refunds::refund(Call call, RefundRequest request) {
  if (request.key.empty()) throw_invalid("key", "required", "is required");
  if (request.amount.amount_minor <= 0) throw_invalid("amount", "too_small", "more than zero");
  co_return co_await given_.database.transact(call, request.order_id.text(), [&](Tx& tx) {
    auto row = given_.store.find_by_order(tx, request.order_id);
    if (!row) throw Error(ErrorCode::not_found, "payment_not_found", "the order has no payment");
    if (request.amount.currency != row->currency)
      throw_invalid("amount.currency", "not_allowed", row->currency);
    auto parts = given_.store.refunds(tx, row->payment_id);
    for (const auto& part : parts) {
      if (part.key != request.key) continue;
      if (part.amount_minor == request.amount.amount_minor) return view_of(*row);
      throw Error(ErrorCode::conflict, "refund_reused", "refund " + request.key + " had another amount");
    }
    // The whole payment goes back anyway, in refunds whose amounts are fixed.
    if (row->state.goal == PaymentGoal::end) return view_of(*row);
    if (row->state.status != PaymentStatus::captured || row->state.late)
      throw Error(ErrorCode::conflict, "not_captured", "the order has no money to give back");
    if (sum_of(parts) + request.amount.amount_minor > row->state.captured_minor)
      throw Error(ErrorCode::conflict, "refund_too_large", "more than is left of what was captured");
    given_.store.add_refund(
        tx, *row, {std::ssize(parts) + 1, request.key, request.amount.amount_minor, false, tx.now()});
    tx.schedule(EndAtBank{row->payment_id}, tx.now());
    return view_of(*row);
  });
}

// Voids a payment before its capture, refunds it after. A payment that the bank does not know is ended there,
// too, so that a late request cannot create it.
Task<void> Refunds::end_at_bank(Call call, EndAtBank job) {
  auto found = co_await given_.database.read(call, job.payment_id.text(),
                                             [&](Tx& tx) { return given_.store.find(tx, job.payment_id); });
  if (!found) co_return;
  auto row = std::move(*found);
  if (row.state.captured_minor == 0) {
    auto update = co_await given_.bank.end(end_of(row, false));
    row = co_await updates_.apply(call, row.payment_id, std::move(update), BankUpdates::Source::update);
  }
  if (row.state.captured_minor > row.state.refunded_minor) {
    row = co_await refund_parts(call, std::move(row));
    if (row.state.goal == PaymentGoal::end && row.state.status == PaymentStatus::captured) {
      co_await refund_rest(call, std::move(row));
    }
  }
}

Task<PaymentRow> Refunds::refund_parts(Call call, PaymentRow row) {
  auto parts = co_await given_.database.read(call, row.payment_id.text(), [&](Tx& tx) {
    return given_.store.refunds(tx, row.payment_id);
  });
  std::int64_t sum = 0;
  for (const auto& part : parts) {
    sum += part.amount_minor;
    if (row.state.refunded_minor >= sum) continue;
    auto id = row.payment_id.text() + "-" + std::to_string(part.number);
    auto answer = co_await given_.bank.refund(*row.bank_payment_id, id, part.amount_minor);
    if (!answer.payment) answer = co_await given_.bank.get(*row.bank_payment_id);
    if (answer.payment)
      row = co_await updates_.apply(call, row.payment_id, *answer.payment, BankUpdates::Source::update);
    if (row.state.refunded_minor < sum) refund_pending();
  }
  co_return row;
}

// No part is added once a payment is to end, so the rest is the same in every attempt.
Task<void> Refunds::refund_rest(Call call, PaymentRow row) {
  auto parts = co_await given_.database.read(call, row.payment_id.text(), [&](Tx& tx) {
    return given_.store.refunds(tx, row.payment_id);
  });
  auto rest = row.state.captured_minor - sum_of(parts);
  if (rest <= 0) co_return;
  auto answer = co_await given_.bank.refund(*row.bank_payment_id, row.payment_id.text(), rest);
  if (!answer.payment) answer = co_await given_.bank.get(*row.bank_payment_id);
  if (answer.payment)
    row = co_await updates_.apply(call, row.payment_id, *answer.payment, BankUpdates::Source::update);
  if (row.state.status != PaymentStatus::refunded) refund_pending();
}

}  // namespace bramble::payments
