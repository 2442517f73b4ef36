#include "services/payments/attempts/attempt_start.h"

#include "base/error.h"

namespace bramble::payments {
namespace {

constexpr int create_attempts = 2;

}  // namespace

void check_start(const StartRequest& request) {
  if (request.order_id.empty()) throw_invalid("order_id", "required", "is required");
  if (request.amount.amount_minor <= 0) throw_invalid("amount", "too_small", "more than zero");
  if (request.method.type != "card" && request.method.type != "sbp") {
    throw_invalid("payment_method.type", "not_allowed", "one of card, sbp");
  }
  if (request.method.type == "card" && request.method.token.empty()) {
    throw_invalid("payment_method.token", "required", "is required for a card");
  }
}

PaymentRow new_row(const Dependencies& given, Tx& tx, const StartRequest& request) {
  PaymentRow row;
  row.payment_id = new_id<PaymentId>(given.clock, given.random, request.order_id.text());
  row.order_id = request.order_id;
  row.user_id = request.user_id;
  row.provider = given.settings.provider;
  row.method = request.method.type;
  row.currency = request.amount.currency;
  row.state.amount_minor = request.amount.amount_minor;
  row.session_expires_at = request.session_expires_at;
  row.created_at = row.updated_at = tx.now();
  plan_look(row, given.settings.first_look, tx.now());
  return row;
}

Task<std::optional<BankPayment>> create_at_bank(const Dependencies& given, Call call, PaymentRow row,
                                                StartRequest request) {
  NewBankPayment payment{
      row.payment_id.text(), row.order_id.text(), row.state.amount_minor, row.currency, row.method,
      request.method.token,  request.return_url,  row.session_expires_at};
  for (int attempt = 1; attempt <= create_attempts && given.clock.now() < call.deadline; ++attempt) {
    try {
      auto answer = co_await given.bank.create(payment);
      // The bank has seen this key with another body: what it made of that one counts.
      if (!answer.payment && answer.status == 422) {
        auto refusal = std::move(answer.refusal);
        answer = co_await given.bank.find(row.payment_id.text());
        answer.refusal = std::move(refusal);
      }
      if (answer.payment) co_return std::move(*answer.payment);
      BankPayment refused;
      refused.status = BankStatus::declined;
      refused.decline_reason = answer.refusal.empty() ? "refused_by_bank" : answer.refusal;
      co_return refused;
    } catch (const Error& error) {
      given.log.warn("bank did not answer", {{"payment_id", row.payment_id.text()}, {"why", error.message}});
      // After a time-out the buyer has waited long enough; an error came at once and is worth another try.
      if (error.code == ErrorCode::timeout) break;
    }
  }
  co_return std::nullopt;
}

Task<PaymentRow> AttemptStart::add(Call call, StartRequest request) {
  co_return co_await given_.database.transact(call, request.order_id.text(), [&](Tx& tx) {
    auto row = new_row(given_, tx, request);
    if (!given_.store.add(tx, row)) return given_.store.find_by_order(tx, request.order_id).value();
    return row;
  });
}

Task<Payment> AttemptStart::prepare(Call call, StartRequest request) {
  check_start(request);
  auto row = co_await add(call, request);
  prepared_.put(request.order_id, row);
  co_return view_of(row);
}

Task<Empty> AttemptStart::drop(Call call, OrderPaymentRequest request) {
  prepared_.forget(request.order_id);
  co_await given_.database.transact(call, request.order_id.text(),
                                    [&](Tx& tx) { given_.store.forget_unstarted(tx, request.order_id); });
  co_return Empty{};
}

Task<Payment> AttemptStart::create(Call call, StartRequest request) {
  check_start(request);
  if (const auto* unsaved = unsaved_.find(request.order_id)) co_return unsaved->shown;
  auto prepared = prepared_.take(request.order_id);
  auto row = prepared ? std::move(*prepared) : co_await add(call, request);
  if (row.state.status != PaymentStatus::processing) co_return view_of(row);
  auto update = co_await create_at_bank(given_, call, row, request);
  if (!update) co_return view_of(row);
  auto shown = view_of(with_update(row, *update, apply_update(row.state, *update).state));
  unsaved_.put(request.order_id, {shown, std::move(*update)});
  co_return shown;
}

Task<Payment> AttemptStart::record_answer(Call call, OrderPaymentRequest request) {
  auto unsaved = unsaved_.take(request.order_id);
  if (unsaved) {
    co_return view_of(co_await updates_.apply(call, unsaved->shown.payment_id, unsaved->update,
                                              BankUpdates::Source::reply));
  }
  auto row = co_await row_of_order(given_, call, request.order_id);
  if (row.state.status != PaymentStatus::processing) co_return view_of(row);
  co_await inquiries_.look(call, std::move(row));
  co_return view_of(co_await row_of_order(given_, call, request.order_id));
}

}  // namespace bramble::payments
