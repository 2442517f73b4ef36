#include "sandbox/bank.h"

#include "base/batches.h"
#include "gateways/edge/problem.h"
#include "sandbox/bank_store.h"
#include "sandbox/sandbox.json.h"
#include "sandbox/webhook_store.h"

namespace bramble::sandbox {

using edge::Problem;

// The result of a transaction. With a refusal nothing was written.
struct Bank::Outcome {
  std::optional<BankPayment> payment;
  std::string_view refusal;
  std::optional<Webhook> webhook;
  bool replayed = false;
};

namespace {

constexpr std::int64_t sessions_at_once = 200;
constexpr Duration answer_life = days(30);  // longer than any merchant repeats a request
constexpr int most_batches = 5'000;

// The stored answer to the key, if there is one: the payment as it was then, or a refusal.
template <class Outcome>
std::optional<Outcome> repeated(Tx& tx, const RequestKey& key) {
  auto kept = BankStore::answer(tx, key.text);
  if (!kept) return std::nullopt;
  if (kept->digest != key.digest) return Outcome{.refusal = "idempotency_key_reused"};
  Outcome outcome{.payment = BankStore::find(tx, kept->bank_payment_id), .replayed = true};
  auto& payment = outcome.payment.value();
  payment.status = kept->status;
  payment.authorised_minor = kept->authorised_minor;
  payment.captured_minor = kept->captured_minor;
  payment.refunded_minor = kept->refunded_minor;
  payment.decline_reason = kept->decline_reason;
  return outcome;
}

std::optional<Webhook> tell_of(Tx& tx, const Decision& decision, const BankPayment& payment,
                               const std::string& event_id) {
  if (decision.event.empty()) return std::nullopt;
  Webhook webhook{.event_id = event_id,
                  .url = payment.webhook_url,
                  .body = webhook_body(event_id, decision.event, tx.now(), payment)};
  WebhookStore::add(tx, webhook);
  return webhook;
}

BankPayment payment_from(NewPayment request, BankMethod method) {
  return {.payment_id = std::move(request.payment_id),
          .order_id = std::move(request.order_id),
          .method = method,
          .amount_minor = request.amount_minor,
          .currency = std::move(request.currency),
          .return_url = std::move(request.return_url),
          .webhook_url = std::move(request.webhook_url),
          .session_expires_at = request.session_expires_at};
}

// An address that may stand in a header: absolute, of printable ASCII without spaces, quotes and angle
// brackets.
void check_url(const std::string& url, const char* field) {
  bool scheme = url.starts_with("http://") || url.starts_with("https://");
  bool clean = std::all_of(url.begin(), url.end(), [](char c) {
    return c > ' ' && c < '\x7f' && c != '"' && c != '\'' && c != '<' && c != '>' && c != ';' && c != ',' &&
           c != '\\';
  });
  if (!scheme || !clean) throw_invalid(field, "not_a_url", "An absolute http or https address is expected.");
}

BankMethod check(const NewPayment& request) {
  check_url(request.return_url, "return_url");
  check_url(request.webhook_url, "webhook_url");
  if (request.currency != "RUB") throw_invalid("currency", "unsupported", "This bank knows only RUB.");
  if (request.method == "card") return BankMethod::card;
  if (request.method == "sbp") return BankMethod::sbp;
  throw_invalid("method", "unsupported", "One of card, sbp is expected.");
}

}  // namespace

Task<BankResult> Bank::create(Call call, NewPayment request, RequestKey key) {
  auto method = check(request);
  auto token = std::move(request.token);
  auto opened = payment_from(std::move(request), method);
  opened.bank_payment_id = make_id_text("bpy", clock_.now(), bucket_of(opened.payment_id), random_.entropy());
  auto decision = begin(opened, token);
  auto event_id = new_event_id(opened.payment_id);
  auto outcome = co_await database_.transact(call, opened.payment_id, [&](Tx& tx) -> Outcome {
    if (auto first = repeated<Outcome>(tx, key)) return *std::move(first);
    if (!BankStore::add(tx, opened)) {
      return {.payment = BankStore::find_by_merchant(tx, opened.payment_id), .refusal = "duplicate_payment"};
    }
    BankStore::store_answer(tx, key.text, key.digest, opened);
    return {.payment = opened, .webhook = tell_of(tx, decision, opened, event_id)};
  });
  co_return conclude(std::move(outcome));
}

Task<BankResult> Bank::capture(Call call, CaptureOrder request, RequestKey key) {
  return apply(std::move(call), std::move(request.bank_payment_id), std::move(key),
               [amount = request.amount_minor](Tx&, BankPayment& payment) {
                 return sandbox::capture(payment, amount);
               });
}

Task<BankResult> Bank::void_payment(Call call, PaymentQuery request, RequestKey key) {
  return apply(std::move(call), std::move(request.bank_payment_id), std::move(key),
               [](Tx&, BankPayment& payment) { return sandbox::void_payment(payment); });
}

Task<BankResult> Bank::refund(Call call, RefundOrder request, RequestKey key) {
  auto id = request.bank_payment_id;
  return apply(std::move(call), std::move(id), std::move(key),
               [request = std::move(request)](Tx& tx, BankPayment& payment) {
                 auto decision = sandbox::refund(payment, request.amount_minor);
                 if (decision.changed &&
                     !BankStore::add_refund(tx, request.refund_id, payment, request.amount_minor)) {
                   return Decision{.refusal = "duplicate_refund"};
                 }
                 return decision;
               });
}

Task<BankResult> Bank::end(Call call, EndOrder request, RequestKey key) {
  if (request.currency != "RUB") throw_invalid("currency", "unsupported", "This bank knows only RUB.");
  auto known = co_await database_.read(call, request.payment_id, [&](Tx& tx) {
    return BankStore::find_by_merchant(tx, request.payment_id);
  });
  if (!known) {
    BankPayment never{.payment_id = request.payment_id,
                      .order_id = request.order_id,
                      .status = BankStatus::voided,
                      .amount_minor = request.amount_minor,
                      .currency = request.currency};
    never.bank_payment_id = make_id_text("bpy", clock_.now(), bucket_of(never.payment_id), random_.entropy());
    known = co_await database_.transact(call, never.payment_id, [&](Tx& tx) {
      if (!BankStore::add(tx, never)) return BankStore::find_by_merchant(tx, never.payment_id);
      return std::optional(never);
    });
  }
  co_return co_await apply(std::move(call), known->bank_payment_id, std::move(key),
                           [gently = request.unless_confirmed](Tx& tx, BankPayment& payment) {
                             return gently ? end_unconfirmed(payment, tx.now())
                                           : sandbox::void_payment(payment);
                           });
}

Task<BankResult> Bank::apply(Call call, std::string bank_payment_id, RequestKey key, Rule rule) {
  auto event_id = new_event_id(bank_payment_id);
  auto outcome = co_await database_.transact(call, bank_payment_id, [&](Tx& tx) -> Outcome {
    if (auto first = repeated<Outcome>(tx, key)) return *std::move(first);
    auto before = BankStore::find(tx, bank_payment_id);
    if (!before) return {.refusal = "no_such_payment"};
    auto after = *before;
    auto decision = rule(tx, after);
    if (!decision.refusal.empty()) return {.payment = before, .refusal = decision.refusal};
    if (decision.changed) BankStore::save(tx, *before, after);
    BankStore::store_answer(tx, key.text, key.digest, after);
    auto webhook = tell_of(tx, decision, after, event_id);
    return {.payment = std::move(after), .webhook = std::move(webhook)};
  });
  co_return conclude(std::move(outcome));
}

void Bank::refuse(std::string_view word, const std::optional<BankPayment>& payment) const {
  if (word == "idempotency_key_reused") {
    throw Problem(422, std::string(word), "This Idempotency-Key was used for another request.");
  }
  if (!payment) throw Error(ErrorCode::not_found, "no_such_payment", "The bank knows no such payment.");
  if (word == "amount_too_large") {
    throw Problem(422, std::string(word), "The amount is more than there is to take or to give back.");
  }
  throw Problem(409, std::string(word), "The payment is " + std::string(to_string(payment->status)) + ".",
                "\"payment\":" + json_of(view_of(*payment)));
}

BankResult Bank::conclude(Outcome outcome) {
  if (!outcome.refusal.empty()) refuse(outcome.refusal, outcome.payment);
  if (outcome.webhook) send_(*std::move(outcome.webhook));
  return {*std::move(outcome.payment), outcome.replayed};
}

Task<std::optional<BankPayment>> Bank::step(Call call, std::string bank_payment_id, Rule rule) {
  auto event_id = new_event_id(bank_payment_id);
  auto outcome = co_await database_.transact(call, bank_payment_id, [&](Tx& tx) -> Outcome {
    auto before = BankStore::find(tx, bank_payment_id);
    if (!before) return {};
    auto after = *before;
    auto decision = rule(tx, after);
    if (decision.changed) BankStore::save(tx, *before, after);
    auto webhook = tell_of(tx, decision, after, event_id);
    return {.payment = std::move(after), .webhook = std::move(webhook)};
  });
  if (outcome.webhook) send_(*std::move(outcome.webhook));
  co_return std::move(outcome.payment);
}

Task<std::optional<BankPayment>> Bank::find(Call call, std::string bank_payment_id) {
  auto payment = co_await database_.read(call, bank_payment_id,
                                         [&](Tx& tx) { return BankStore::find(tx, bank_payment_id); });
  if (payment && expire(*payment, clock_.now()).changed) {
    co_return co_await step(call, bank_payment_id,
                            [](Tx& tx, BankPayment& waiting) { return expire(waiting, tx.now()); });
  }
  co_return payment;
}

Task<std::optional<BankPayment>> Bank::find_by_merchant(Call call, std::string payment_id) {
  auto payment = co_await database_.read(call, payment_id,
                                         [&](Tx& tx) { return BankStore::find_by_merchant(tx, payment_id); });
  if (!payment || payment->status != BankStatus::requires_action) co_return payment;
  co_return co_await find(std::move(call), payment->bank_payment_id);
}

Task<std::optional<BankPayment>> Bank::act(Call call, std::string bank_payment_id, PayerAction action) {
  return step(std::move(call), std::move(bank_payment_id),
              [action = std::move(action)](Tx& tx, BankPayment& payment) {
                return action.cancel ? cancel_by_payer(payment, tx.now())
                                     : confirm(payment, action.code, tx.now());
              });
}

Task<Report> Bank::report(Call call, ReportQuery query) {
  auto page = query.page.value_or(1);
  auto limit = query.limit.value_or(25);
  co_return co_await database_.read(call, "", [&](Tx& tx) { return BankStore::report(tx, page, limit); });
}

Task<void> Bank::end_sessions(Call call) {
  auto ids = co_await database_.read(call, "", [&](Tx& tx) {
    return BankStore::overdue(tx, clock_.now(), sessions_at_once);
  });
  for (auto& id : ids) {
    co_await step(call, id, [](Tx& tx, BankPayment& waiting) { return expire(waiting, tx.now()); });
  }
}

Task<void> Bank::drop_answers(Call call) {
  co_await in_batches(most_batches, [&] {
    return database_.transact(call, "", [&](Tx& tx) {
      return BankStore::drop_answers(tx, tx.now() - answer_life, batch_rows) == batch_rows;
    });
  });
}

std::string Bank::new_event_id(std::string_view owner) {
  return make_id_text("bev", clock_.now(), bucket_of(owner), random_.entropy());
}

PaymentView Bank::view_of(const BankPayment& payment) const {
  PaymentView view{.bank_payment_id = payment.bank_payment_id,
                   .payment_id = payment.payment_id,
                   .order_id = payment.order_id,
                   .status = payment.status,
                   .amount_minor = payment.amount_minor,
                   .authorised_minor = payment.authorised_minor,
                   .captured_minor = payment.captured_minor,
                   .refunded_minor = payment.refunded_minor,
                   .currency = payment.currency};
  if (!payment.decline_reason.empty()) view.decline_reason = payment.decline_reason;
  if (payment.status == BankStatus::requires_action) {
    view.redirect_url = public_url_ + "/acs/" + payment.bank_payment_id;
  }
  return view;
}

}  // namespace bramble::sandbox
