// How a payment stands is the bank's to say, and webhooks are only hints: the bank is asked by a timetable,
// when the buyer comes back, and before anything is ended. What it does not answer is never guessed.
#include "base/error.h"
#include "services/payments/payments_service.h"

namespace bramble::payments {
namespace {

constexpr std::int64_t reconcile_batch = 64;
constexpr Duration between_asks = seconds(3);

}  // namespace

PaymentEnd end_of(const PaymentRow& row, bool unless_confirmed) {
  return {row.payment_id.text(), row.order_id.text(), row.state.amount_minor, row.currency, unless_confirmed};
}

void PaymentsService::plan_look(PaymentRow& row, Time now) const {
  row.next_check_at = next_look({row.state.status, row.checks, settings_.first_look, row.session_expires_at,
                                 row.unanswered_since},
                                now);
}

// Ends it at the bank unless the buyer has confirmed it: this asks and ends in one step, so that nothing can
// happen in between. A payment that the bank has never heard of was never asked for: that is a decline.
Task<BankPayment> PaymentsService::settle_at_bank(PaymentRow row) {
  auto news = co_await bank_.end(end_of(row, true));
  if (news.status == BankStatus::voided && !row.bank_payment_id) {
    news.status = BankStatus::declined;
    news.decline_reason = "bank_not_reached";
  }
  co_return news;
}

// Whether the request that was to create it can still be on its way.
bool PaymentsService::may_be_on_its_way(const PaymentRow& row) const {
  return !row.bank_payment_id && clock_.now() < row.created_at + settings_.lost_after;
}

// Nothing: the bank has not heard of it yet.
Task<std::optional<BankPayment>> PaymentsService::ask_bank(Call call, PaymentRow row) {
  if (row.state.wish == Wish::settle && is_waiting(row.state.status)) co_return co_await settle_at_bank(row);
  // As it was when the bank was asked: what arrives there while it answers its answer does not tell.
  bool is_on_its_way = may_be_on_its_way(row);
  BankAnswer answer;
  if (row.bank_payment_id) {
    answer = co_await bank_.get(*row.bank_payment_id);
  } else {
    answer = co_await bank_.find(row.payment_id.text());
  }
  if (answer.payment) co_return std::move(answer.payment);
  if (row.bank_payment_id)
    throw Error(ErrorCode::unavailable, "bank_trouble", "the bank does not say how the payment stands");
  if (is_on_its_way || heard_.find(row.order_id) != nullptr) co_return std::nullopt;
  // Before that is believed: the bank may have spoken of it meanwhile.
  auto now = co_await database_.read(call, row.payment_id.text(),
                                     [&](Tx& tx) { return store_.find(tx, row.payment_id); });
  if (!now || !is_waiting(now->state.status)) co_return std::nullopt;
  if (!now->bank_payment_id) co_return co_await settle_at_bank(std::move(*now));
  answer = co_await bank_.get(*now->bank_payment_id);
  if (!answer.payment)
    throw Error(ErrorCode::unavailable, "bank_trouble", "the bank does not say how the payment stands");
  co_return std::move(answer.payment);
}

// False: the bank did not answer, and that is noted.
Task<bool> PaymentsService::look(Call call, PaymentRow row) {
  auto payment = row.payment_id;
  try {
    auto news = co_await ask_bank(call, std::move(row));
    if (news) co_await apply(call, payment, std::move(*news), Source::news);
    co_return true;
  } catch (const Error& error) {
    if (error.code != ErrorCode::unavailable && error.code != ErrorCode::timeout) throw;
    log_.warn("bank did not say how a payment stands",
              {{"payment_id", payment.text()}, {"why", error.message}});
  }
  co_await database_.transact(call, payment.text(), [&](Tx& tx) {
    auto now = store_.find(tx, payment);
    if (!now || !is_open(now->state)) return;
    if (!now->unanswered_since) now->unanswered_since = tx.now();
    // The bank's page is closed; whether the buyer has confirmed before, nobody knows.
    bool over = tx.now() > now->session_expires_at || now->state.wish == Wish::settle;
    if (over && now->state.status == PaymentStatus::requires_action)
      now->state.status = PaymentStatus::processing;
    plan_look(*now, tx.now());
    store_.save(tx, *now);
  });
  co_return false;
}

Task<Payment> PaymentsService::ask(Call call, OrderPaymentRequest request) {
  std::optional<PaymentRow> due;
  co_await database_.transact(call, request.order_id.text(), [&](Tx& tx) {
    due = store_.find_by_order(tx, request.order_id);
    if (!due || !is_open(due->state) || (due->asked_at && tx.now() < *due->asked_at + between_asks)) {
      due.reset();
      return;
    }
    due->asked_at = tx.now();
    store_.save(tx, *due);
  });
  if (due) co_await look(call, std::move(*due));
  co_return co_await get(call, request);
}

Task<Payment> PaymentsService::settle(Call call, OrderPaymentRequest request) {
  std::optional<PaymentRow> due;
  co_await database_.transact(call, request.order_id.text(), [&](Tx& tx) {
    due = store_.find_by_order(tx, request.order_id);
    // Whoever wished it first asks, and then the timetable does.
    if (!due || !is_waiting(due->state.status) || due->state.wish == Wish::settle) {
      due.reset();
      return;
    }
    due->state.wish = Wish::settle;
    due->asked_at = tx.now();
    plan_look(*due, tx.now());
    store_.save(tx, *due);
  });
  if (due) co_await look(call, std::move(*due));
  co_return co_await get(call, request);
}

// A bank that is slow to answer for one payment holds up no other.
Task<void> PaymentsService::reconcile(Call call) {
  auto due = co_await database_.transact(call, "", [&](Tx& tx) {
    auto rows = store_.due(tx, tx.now(), reconcile_batch);
    for (auto& row : rows) {
      plan_look(row, tx.now());
      ++row.checks;
      row.asked_at = tx.now();
      store_.save(tx, row);
    }
    return rows;
  });
  std::vector<Task<void>> looks;
  for (auto& row : due) looks.push_back(look_alone(call, std::move(row)));
  co_await all(std::move(looks));
}

Task<void> PaymentsService::look_alone(Call call, PaymentRow row) {
  auto payment = row.payment_id;
  try {
    co_await look(std::move(call), std::move(row));
  } catch (const Error& error) {
    log_.warn("a payment was not looked at", {{"payment_id", payment.text()}, {"why", error.message}});
  }
}

}  // namespace bramble::payments
