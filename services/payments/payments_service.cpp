#include "services/payments/payments_service.h"

#include <utility>

#include "base/error.h"
#include "services/payments/ledger.h"

namespace bramble::payments {
namespace {

constexpr int create_attempts = 2;

// What is known of the payment after the news, from which `state` was learnt.
PaymentRow told(PaymentRow row, const BankPayment& news, const PaymentState& state) {
  row.state = state;
  if (!news.bank_payment_id.empty()) row.bank_payment_id = news.bank_payment_id;
  if (news.redirect_url) row.redirect_url = news.redirect_url;
  if (news.decline_reason) row.decline_reason = news.decline_reason;
  return row;
}

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

// The payment is known to us before the bank hears of it, so nothing that the bank says later is about a
// stranger.
PaymentRow PaymentsService::new_row(Tx& tx, const StartRequest& request) {
  PaymentRow row;
  row.payment_id = new_id<PaymentId>(clock_, random_, request.order_id.text());
  row.order_id = request.order_id;
  row.user_id = request.user_id;
  row.provider = settings_.provider;
  row.method = request.method.type;
  row.currency = request.amount.currency;
  row.state.amount_minor = request.amount.amount_minor;
  row.session_expires_at = request.session_expires_at;
  row.created_at = row.updated_at = tx.now();
  plan_look(row, tx.now());
  return row;
}

Task<PaymentRow> PaymentsService::register_payment(Call call, StartRequest request) {
  co_return co_await database_.transact(call, request.order_id.text(), [&](Tx& tx) {
    auto row = new_row(tx, request);
    if (!store_.add(tx, row)) return store_.find_by_order(tx, request.order_id).value();
    return row;
  });
}

// Nothing: nobody knows whether the bank has it; the reconciler will find out.
Task<std::optional<BankPayment>> PaymentsService::create_at_bank(Call call, PaymentRow row,
                                                                 StartRequest request) {
  NewBankPayment payment{
      row.payment_id.text(), row.order_id.text(), row.state.amount_minor, row.currency, row.method,
      request.method.token,  request.return_url,  row.session_expires_at};
  for (int attempt = 1; attempt <= create_attempts && clock_.now() < call.deadline; ++attempt) {
    try {
      auto answer = co_await bank_.create(payment);
      // Of a key that the bank has seen with other words, what it made of those is what counts.
      if (!answer.payment && answer.status == 422) {
        auto refusal = std::move(answer.refusal);
        answer = co_await bank_.find(row.payment_id.text());
        answer.refusal = std::move(refusal);
      }
      if (answer.payment) co_return std::move(*answer.payment);
      BankPayment refused;
      refused.status = BankStatus::declined;
      refused.decline_reason = answer.refusal.empty() ? "refused_by_bank" : answer.refusal;
      co_return refused;
    } catch (const Error& error) {
      log_.warn("bank did not answer", {{"payment_id", row.payment_id.text()}, {"why", error.message}});
      // After a time-out the buyer has waited long enough; an error answers at once and is worth another try.
      if (error.code == ErrorCode::timeout) break;
    }
  }
  co_return std::nullopt;
}

Task<Payment> PaymentsService::announce(Call call, StartRequest request) {
  check_start(request);
  auto row = co_await register_payment(call, request);
  announced_.put(request.order_id, row);
  co_return view_of(row);
}

Task<Empty> PaymentsService::forget(Call call, OrderPaymentRequest request) {
  announced_.forget(request.order_id);
  co_await database_.transact(call, request.order_id.text(),
                              [&](Tx& tx) { store_.forget_unstarted(tx, request.order_id); });
  co_return Empty{};
}

Task<Payment> PaymentsService::begin(Call call, StartRequest request) {
  check_start(request);
  if (const auto* heard = heard_.find(request.order_id)) co_return heard->shown;
  auto announced = announced_.take(request.order_id);
  auto row = announced ? std::move(*announced) : co_await register_payment(call, request);
  if (row.state.status != PaymentStatus::processing) co_return view_of(row);
  auto news = co_await create_at_bank(call, row, request);
  if (!news) co_return view_of(row);
  auto shown = view_of(told(row, *news, learn(row.state, *news).state));
  heard_.put(request.order_id, {shown, std::move(*news)});
  co_return shown;
}

Task<Payment> PaymentsService::save(Call call, OrderPaymentRequest request) {
  auto heard = heard_.take(request.order_id);
  if (heard) co_return view_of(co_await apply(call, heard->shown.payment_id, heard->news, Source::reply));
  auto row = co_await row_of_order(call, request.order_id);
  if (row.state.status != PaymentStatus::processing) co_return view_of(row);
  co_await look(call, std::move(row));
  co_return co_await get(call, request);
}

Task<PaymentRow> PaymentsService::apply(Call call, PaymentId payment, BankPayment news, Source source) {
  if (!news.payment_id.empty() && news.payment_id != payment.text())
    throw Error(ErrorCode::unavailable, "bank_trouble", "the bank answered about another payment");
  auto applied = co_await database_.transact(call, payment.text(), [&](Tx& tx) {
    auto row = store_.find(tx, payment);
    if (!row) throw Error(ErrorCode::internal, "payment_missing", "no payment " + payment.text());
    return apply_in(tx, std::move(*row), news, source);
  });
  remember(applied);
  co_return applied;
}

void PaymentsService::remember(const PaymentRow& row) {
  if (row.state.status == PaymentStatus::authorised) authorised_.put(row.order_id, row);
}

PaymentRow PaymentsService::apply_in(Tx& tx, PaymentRow row, const BankPayment& news, Source source) {
  auto result = learn(row.state, news);
  auto was = std::exchange(row, told(row, news, result.state));
  bool late_before = was.state.late;
  row.unanswered_since = std::nullopt;
  bool superseded = result.captured_minor > 0 && is_ended(was.state.status) && store_.is_superseded(tx, row);
  if (superseded) {
    // The bank had ended it for good, and the order goes on with another attempt: this money goes back.
    row.state.late = true;
    row.state.wish = Wish::end;
    tx.schedule(EndAtBank{row.payment_id}, tx.now());
  }
  if (result.captured_minor > 0) {
    store_.post(tx, "capture", row.payment_id.text(), row.order_id, row.currency,
                capture_postings(row.provider, row.order_id, result.captured_minor, row.state.amount_minor,
                                 row.state.late));
    // Whoever called capture has the answer in its hand; nobody asked for late money.
    if ((source == Source::news || row.state.late) && !superseded)
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
    plan_look(row, tx.now());
  }
  if (row != was) store_.save(tx, row);
  return row;
}

Task<PaymentRow> PaymentsService::row_of_order(Call call, OrderId order) {
  auto row =
      co_await database_.read(call, order.text(), [&](Tx& tx) { return store_.find_by_order(tx, order); });
  if (!row) throw Error(ErrorCode::not_found, "payment_not_found", "the order has no payment");
  co_return std::move(*row);
}

// The goods are claimed: take the money. The key is the payment's, so however often it is asked for, it is
// one capture.
Task<Payment> PaymentsService::capture(Call call, CaptureRequest request) {
  auto known = authorised_.take(request.order_id);
  if (known) {
    auto taken = co_await capture_row(call, std::move(*known));
    // Unless the order has begun another attempt since, in another process.
    if (taken.status == PaymentStatus::captured) co_return taken;
  }
  co_return co_await capture_row(call, co_await row_of_order(call, request.order_id));
}

Task<Payment> PaymentsService::capture_row(Call call, PaymentRow row) {
  if (row.state.status != PaymentStatus::authorised || !row.bank_payment_id) co_return view_of(row);
  auto answer = co_await bank_.capture(*row.bank_payment_id, row.state.amount_minor,
                                       "capture:" + row.payment_id.text());
  if (!answer.payment) answer = co_await bank_.get(*row.bank_payment_id);
  if (!answer.payment)
    throw Error(ErrorCode::unavailable, "bank_trouble", "the bank does not know the payment");
  co_return view_of(co_await apply(call, row.payment_id, *answer.payment, Source::reply));
}

Task<Payment> PaymentsService::accept_late(Call call, OrderPaymentRequest request) {
  co_return co_await database_.transact(call, request.order_id.text(), [&](Tx& tx) {
    auto row = store_.find_by_order(tx, request.order_id);
    if (!row) throw Error(ErrorCode::not_found, "payment_not_found", "the order has no payment");
    // Either the goods or the money: a refund that was asked for cannot be stopped.
    if (row->state.wish == Wish::end || row->state.status != PaymentStatus::captured) {
      throw Error(ErrorCode::conflict, "refund_decided", "the money is on its way back");
    }
    if (!row->state.late) return view_of(*row);
    store_.post(tx, "accept_late", row->payment_id.text(), row->order_id, row->currency,
                accept_late_postings(row->order_id, row->state.amount_minor));
    row->state.late = false;
    store_.save(tx, *row);
    return view_of(*row);
  });
}

Task<Payment> PaymentsService::get(Call call, OrderPaymentRequest request) {
  co_return view_of(co_await row_of_order(call, request.order_id));
}

Task<WebhookReply> PaymentsService::receive_webhook(Call call, WebhookRequest request) {
  bool authentic = request.provider == settings_.provider &&
                   is_authentic(settings_.webhook_keys, request.key_id, request.timestamp, request.body,
                                request.signature, clock_.now(), settings_.webhook_tolerance);
  if (!authentic) co_return WebhookReply{WebhookOutcome::refused};
  auto event = read_bank_event(request.body);
  if (!event) throw_invalid("body", "malformed", "an event with a payment, as the bank documents it");
  std::optional<PaymentRow> applied;
  bool differs = false;
  auto reply = co_await database_.transact(call, event->payment.payment_id, [&](Tx& tx) {
    applied.reset();
    auto row = store_.find(tx, PaymentId(event->payment.payment_id));
    differs = row && !is_same_payment(*row, request.provider, event->payment);
    bool applies = row && !differs;
    if (!store_.add_webhook(tx, request.provider, event->event_id, event->payment.payment_id, event->type,
                            request.body, applies)) {
      return WebhookReply{WebhookOutcome::repeated};
    }
    if (!applies) return WebhookReply{WebhookOutcome::stored};
    applied = apply_in(tx, std::move(*row), event->payment, Source::news);
    return WebhookReply{WebhookOutcome::applied};
  });
  if (applied) remember(*applied);
  if (differs) {
    log_.warn("a webhook does not fit the payment that it names",
              {{"event_id", event->event_id}, {"payment_id", event->payment.payment_id}});
  }
  co_return reply;
}

}  // namespace bramble::payments
