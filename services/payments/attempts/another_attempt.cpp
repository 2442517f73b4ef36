#include "services/payments/attempts/another_attempt.h"

#include "base/error.h"

namespace bramble::payments {
namespace {

constexpr int rounds = 2;  // the first may find an attempt that has to be ended first

}  // namespace

// With `started` and a payment that is PROCESSING the bank has to create the payment.
AnotherAttempt::Step AnotherAttempt::decide(Tx& tx, const AnotherRequest& request) const {
  auto attempts = given_.store.attempts(tx, request.start.order_id);
  if (attempts.empty()) throw Error(ErrorCode::not_found, "payment_not_found", "the order has no payment");
  for (auto& attempt : attempts) {
    if (attempt.attempt_key == request.key) return {AnotherOutcome::started, std::move(attempt)};
  }
  auto& current = attempts.back();
  if (current.state.goal == PaymentGoal::end) return {AnotherOutcome::ended, std::move(current)};
  bool waits = is_waiting(current.state.status);
  if (!waits && !is_ended(current.state.status)) return {AnotherOutcome::paid, std::move(current)};
  // Decided before the last attempt is ended: its buyer may still confirm it.
  if (std::ssize(attempts) >= most_attempts) return {AnotherOutcome::too_many, std::move(current)};
  if (waits) return {AnotherOutcome::unknown, std::move(current)};
  auto row = new_row(given_, tx, request.start);
  row.number = current.number + 1;
  row.attempt_key = request.key;
  if (!given_.store.add(tx, row))
    throw Error(ErrorCode::conflict, "attempt_taken", "another attempt has just begun");
  return {AnotherOutcome::started, std::move(row)};
}

// False: it is not known how the attempt ended.
Task<bool> AnotherAttempt::end_before(Call call, PaymentRow row) {
  if (inquiries_.may_be_on_its_way(row) || row.state.goal == PaymentGoal::settle)
    co_return co_await inquiries_.look(call, std::move(row));
  auto payment = row.payment_id;
  auto waiting = row;
  waiting.state.goal = PaymentGoal::settle;
  // This goal is for the question alone and is not stored: the time to pay for the order is not over.
  co_return co_await inquiries_.look(std::move(call), std::move(waiting));
}

Task<AnotherReply> AnotherAttempt::start(Call call, AnotherRequest request) {
  check_start(request.start);
  if (request.key.empty()) throw_invalid("key", "required", "is required");
  Step step;
  for (int round = 1; round <= rounds; ++round) {
    step = co_await given_.database.transact(call, request.start.order_id.text(),
                                             [&](Tx& tx) { return decide(tx, request); });
    if (step.outcome != AnotherOutcome::unknown || round == rounds) break;
    if (!co_await end_before(call, step.row)) break;
  }
  if (step.outcome == AnotherOutcome::started && step.row.state.status == PaymentStatus::processing) {
    auto start = std::move(request.start);
    start.session_expires_at = step.row.session_expires_at;
    auto update = co_await create_at_bank(given_, call, step.row, std::move(start));
    if (update)
      step.row =
          co_await updates_.apply(call, step.row.payment_id, std::move(*update), BankUpdates::Source::update);
  }
  co_return AnotherReply{step.outcome, view_of(step.row)};
}

}  // namespace bramble::payments
