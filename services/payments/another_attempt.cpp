// Paying again for an order whose payment came to nothing. Of all attempts at most one can ever be captured
// (I12): a new one begins only after the one before is ended at the bank, which refuses it from then on;
// while nobody knows what became of that one, the buyer is not sent to pay twice.
#include "base/error.h"
#include "services/payments/payments_service.h"

namespace bramble::payments {
namespace {

constexpr int rounds = 2;  // the first may find an attempt that has to be ended before

}  // namespace

// What there is to do: with STARTED and a payment that is PROCESSING the bank is to be asked for it.
PaymentsService::AnotherStep PaymentsService::decide_another(Tx& tx, const AnotherRequest& request) {
  auto attempts = store_.attempts(tx, request.start.order_id);
  if (attempts.empty()) throw Error(ErrorCode::not_found, "payment_not_found", "the order has no payment");
  for (auto& attempt : attempts) {
    if (attempt.attempt_key == request.key) return {AnotherOutcome::started, std::move(attempt)};
  }
  auto& current = attempts.back();
  if (current.state.wish == Wish::end) return {AnotherOutcome::ended, std::move(current)};
  bool waits = is_waiting(current.state.status);
  if (!waits && !is_ended(current.state.status)) return {AnotherOutcome::paid, std::move(current)};
  // Said before the last one is ended for nothing: its buyer may still confirm it.
  if (std::ssize(attempts) >= most_attempts) return {AnotherOutcome::too_many, std::move(current)};
  if (waits) return {AnotherOutcome::unknown, std::move(current)};
  auto row = new_row(tx, request.start);
  row.number = current.number + 1;
  row.attempt_key = request.key;
  if (!store_.add(tx, row))
    throw Error(ErrorCode::conflict, "attempt_taken", "another attempt has just begun");
  return {AnotherOutcome::started, std::move(row)};
}

// False: nobody knows what became of it.
Task<bool> PaymentsService::end_before_another(Call call, PaymentRow row) {
  if (may_be_on_its_way(row) || row.state.wish == Wish::settle) co_return co_await look(call, std::move(row));
  auto payment = row.payment_id;
  auto waiting = row;
  waiting.state.wish = Wish::settle;
  // Only the question is put so: whether the order's time is over is not decided here.
  co_return co_await look(std::move(call), std::move(waiting));
}

Task<AnotherReply> PaymentsService::start_another(Call call, AnotherRequest request) {
  check_start(request.start);
  if (request.key.empty()) throw_invalid("key", "required", "is required");
  AnotherStep step;
  for (int round = 1; round <= rounds; ++round) {
    step = co_await database_.transact(call, request.start.order_id.text(),
                                       [&](Tx& tx) { return decide_another(tx, request); });
    if (step.outcome != AnotherOutcome::unknown || round == rounds) break;
    if (!co_await end_before_another(call, step.row)) break;
  }
  if (step.outcome == AnotherOutcome::started && step.row.state.status == PaymentStatus::processing) {
    auto start = std::move(request.start);
    start.session_expires_at = step.row.session_expires_at;
    auto news = co_await create_at_bank(call, step.row, std::move(start));
    if (news) step.row = co_await apply(call, step.row.payment_id, std::move(*news), Source::news);
  }
  co_return AnotherReply{step.outcome, view_of(step.row)};
}

}  // namespace bramble::payments
