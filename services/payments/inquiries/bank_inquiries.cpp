#include "services/payments/inquiries/bank_inquiries.h"

#include "base/error.h"

namespace bramble::payments {
namespace {

constexpr std::int64_t reconcile_batch = 64;
constexpr Duration between_asks = seconds(3);

}  // namespace

PaymentEnd end_of(const PaymentRow& row, bool unless_confirmed) {
  return {row.payment_id.text(), row.order_id.text(), row.state.amount_minor, row.currency, unless_confirmed};
}

Task<PaymentRow> row_of_order(const Dependencies& given, Call call, OrderId order) {
  auto row = co_await given.database.read(call, order.text(),
                                          [&](Tx& tx) { return given.store.find_by_order(tx, order); });
  if (!row) throw Error(ErrorCode::not_found, "payment_not_found", "the order has no payment");
  co_return std::move(*row);
}

// Asks the bank and ends the payment in one step unless the buyer has confirmed it, so that nothing can
// happen in between. A payment that the bank does not know counts as declined.
Task<BankPayment> BankInquiries::settle_at_bank(PaymentRow row) {
  auto update = co_await given_.bank.end(end_of(row, true));
  if (update.status == BankStatus::voided && !row.bank_payment_id) {
    update.status = BankStatus::declined;
    update.decline_reason = "bank_not_reached";
  }
  co_return update;
}

bool BankInquiries::may_be_on_its_way(const PaymentRow& row) const {
  return !row.bank_payment_id && given_.clock.now() < row.created_at + given_.settings.lost_after;
}

// Nothing: the bank does not know the payment yet.
Task<std::optional<BankPayment>> BankInquiries::ask_bank(Call call, PaymentRow row) {
  if (row.state.goal == PaymentGoal::settle && is_waiting(row.state.status))
    co_return co_await settle_at_bank(row);
  // Read before the bank is asked: its answer does not know of a request that arrives while it is made.
  bool is_on_its_way = may_be_on_its_way(row);
  BankAnswer answer;
  if (row.bank_payment_id) {
    answer = co_await given_.bank.get(*row.bank_payment_id);
  } else {
    answer = co_await given_.bank.find(row.payment_id.text());
  }
  if (answer.payment) co_return std::move(answer.payment);
  if (row.bank_payment_id)
    throw Error(ErrorCode::unavailable, "bank_trouble", "the bank does not say how the payment stands");
  if (is_on_its_way || unsaved_.find(row.order_id) != nullptr) co_return std::nullopt;
  // A webhook or another answer may have come meanwhile.
  auto now = co_await given_.database.read(call, row.payment_id.text(),
                                           [&](Tx& tx) { return given_.store.find(tx, row.payment_id); });
  if (!now || !is_waiting(now->state.status)) co_return std::nullopt;
  if (!now->bank_payment_id) co_return co_await settle_at_bank(std::move(*now));
  answer = co_await given_.bank.get(*now->bank_payment_id);
  if (!answer.payment)
    throw Error(ErrorCode::unavailable, "bank_trouble", "the bank does not say how the payment stands");
  co_return std::move(answer.payment);
}

Task<bool> BankInquiries::look(Call call, PaymentRow row) {
  auto payment = row.payment_id;
  try {
    auto update = co_await ask_bank(call, std::move(row));
    if (update) co_await updates_.apply(call, payment, std::move(*update), BankUpdates::Source::update);
    co_return true;
  } catch (const Error& error) {
    if (error.code != ErrorCode::unavailable && error.code != ErrorCode::timeout) throw;
    given_.log.warn("bank did not say how a payment stands",
                    {{"payment_id", payment.text()}, {"why", error.message}});
  }
  co_await given_.database.transact(call, payment.text(), [&](Tx& tx) {
    auto now = given_.store.find(tx, payment);
    if (!now || !is_open(now->state)) return;
    if (!now->unanswered_since) now->unanswered_since = tx.now();
    // The bank's page is closed, and it is not known whether the buyer had confirmed before.
    bool over = tx.now() > now->session_expires_at || now->state.goal == PaymentGoal::settle;
    if (over && now->state.status == PaymentStatus::requires_action)
      now->state.status = PaymentStatus::processing;
    plan_look(*now, given_.settings.first_look, tx.now());
    given_.store.save(tx, *now);
  });
  co_return false;
}

Task<Payment> BankInquiries::ask(Call call, OrderPaymentRequest request) {
  std::optional<PaymentRow> due;
  co_await given_.database.transact(call, request.order_id.text(), [&](Tx& tx) {
    due = given_.store.find_by_order(tx, request.order_id);
    if (!due || !is_open(due->state) || (due->asked_at && tx.now() < *due->asked_at + between_asks)) {
      due.reset();
      return;
    }
    due->asked_at = tx.now();
    given_.store.save(tx, *due);
  });
  if (due) co_await look(call, std::move(*due));
  co_return view_of(co_await row_of_order(given_, call, request.order_id));
}

Task<Payment> BankInquiries::settle(Call call, OrderPaymentRequest request) {
  std::optional<PaymentRow> due;
  co_await given_.database.transact(call, request.order_id.text(), [&](Tx& tx) {
    due = given_.store.find_by_order(tx, request.order_id);
    // The first caller asks the bank; after that the timetable does.
    if (!due || !is_waiting(due->state.status) || due->state.goal == PaymentGoal::settle) {
      due.reset();
      return;
    }
    due->state.goal = PaymentGoal::settle;
    due->asked_at = tx.now();
    plan_look(*due, given_.settings.first_look, tx.now());
    given_.store.save(tx, *due);
  });
  if (due) co_await look(call, std::move(*due));
  co_return view_of(co_await row_of_order(given_, call, request.order_id));
}

// All are asked at once, so a slow answer about one payment delays no other.
Task<void> BankInquiries::reconcile(Call call) {
  auto due = co_await given_.database.transact(call, "", [&](Tx& tx) {
    auto rows = given_.store.due(tx, tx.now(), reconcile_batch);
    for (auto& row : rows) {
      plan_look(row, given_.settings.first_look, tx.now());
      ++row.checks;
      row.asked_at = tx.now();
      given_.store.save(tx, row);
    }
    return rows;
  });
  std::vector<Task<void>> looks;
  for (auto& row : due) looks.push_back(look_alone(call, std::move(row)));
  co_await all(std::move(looks));
}

Task<void> BankInquiries::look_alone(Call call, PaymentRow row) {
  auto payment = row.payment_id;
  try {
    co_await look(std::move(call), std::move(row));
  } catch (const Error& error) {
    given_.log.warn("the bank was not asked about a payment",
                    {{"payment_id", payment.text()}, {"why", error.message}});
  }
}

}  // namespace bramble::payments
