#include <set>

#include "services/payments/payments_stand.h"

namespace bramble::payments {
namespace {

using enum PaymentStatus;

class Starting : public PaymentsStand {};
class Capturing : public PaymentsStand {};
class Webhooks : public PaymentsStand {};
class Reconciling : public PaymentsStand {};

TEST_F(Starting, ACardThatIsGoodIsAuthorisedAtOnce) {
  auto payment = start_card("tok_ok");
  EXPECT_EQ(payment.status, authorised);
  EXPECT_EQ(payment.amount, (Money{amount, "RUB"}));
  EXPECT_EQ(payment.redirect_url, std::nullopt);
  EXPECT_EQ(account().payment_id, payment.payment_id.text());
  EXPECT_EQ(database.events<PaymentAuthorised>(),
            (std::vector<PaymentAuthorised>{{order, payment.payment_id}}));
  EXPECT_EQ(entries(), 0);
}

TEST_F(Starting, ACardThatNeedsItsOwnerSendsTheBuyerToTheBank) {
  auto payment = start_card("tok_3ds");
  EXPECT_EQ(payment.status, requires_action);
  EXPECT_EQ(payment.redirect_url, "http://bank/acs/bpy_1");
  EXPECT_TRUE(database.events<PaymentAuthorised>().empty());
  bank.confirm("ord_1");
  EXPECT_EQ(tell("bev_1"), WebhookOutcome::applied);
  EXPECT_EQ(status(), authorised);
  EXPECT_EQ(run_sync(payments.get(database.call, {order})).redirect_url, std::nullopt);
}

TEST_F(Starting, ARefusedCardIsDeclinedWithTheBanksReason) {
  auto payment = start_card("tok_declined");
  EXPECT_EQ(payment.status, declined);
  EXPECT_EQ(payment.decline_reason, "declined");
  EXPECT_EQ(database.events<PaymentDeclined>(),
            (std::vector<PaymentDeclined>{{order, payment.payment_id, "declined"}}));
}

TEST_F(Starting, AnnouncedFirstItIsTheSamePayment) {  // I12
  auto announced = run_sync(payments.prepare_attempt(database.call, request("tok_3ds")));
  EXPECT_EQ(announced.status, processing);
  EXPECT_TRUE(bank.log.empty());
  EXPECT_EQ(run_sync(payments.prepare_attempt(database.call, request("tok_3ds"))), announced);
  auto started = start_card("tok_3ds");
  EXPECT_EQ(started.payment_id, announced.payment_id);
  EXPECT_EQ(started.status, requires_action);
  EXPECT_EQ(start_card("tok_3ds"), started);
  EXPECT_EQ(bank.log.size(), 1u);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM payment"), 1);
}

TEST_F(Starting, WhatWasAnnouncedForNothingIsForgottenAndWhatTheBankKnowsIsNot) {
  run_sync(payments.prepare_attempt(database.call, request("tok_3ds")));
  run_sync(payments.drop_attempt(database.call, {order}));
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM payment"), 0);
  run_sync(payments.drop_attempt(database.call, {order}));
  auto started = start_card("tok_3ds");
  run_sync(payments.drop_attempt(database.call, {order}));
  EXPECT_EQ(run_sync(payments.get(database.call, {order})), started);
}

TEST_F(Starting, RepeatedItIsTheSamePayment) {  // I12
  auto first = start_card("tok_3ds");
  EXPECT_EQ(start_card("tok_3ds"), first);
  EXPECT_EQ(start_card("tok_ok"), first);
  EXPECT_EQ(bank.log.size(), 1u);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM payment"), 1);
}

TEST_F(Starting, TheSameOrderManyTimesAtOnceIsOnePayment) {  // I12
  std::set<std::string> ids;
  auto begin = [&]() -> Task<void> {
    ids.insert((co_await start(payments, database.call, request("tok_ok"))).payment_id.text());
  };
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 12; ++i) tasks.push_back(begin());
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(ids.size(), 1u);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM payment"), 1);
  EXPECT_EQ(database.events<PaymentAuthorised>().size(), 1u);
}

TEST_F(Starting, OurRecordIsThereBeforeTheBankIsCalled) {
  bank.faults = {Fault::unreachable, Fault::unreachable};
  auto payment = start_card("tok_ok");
  EXPECT_EQ(payment.status, processing);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM payment"), 1);
  EXPECT_FALSE(bank.knows("ord_1"));
}

TEST_F(Starting, AnErrorIsTriedOnceMoreWithTheSameKey) {
  int orders = 0;
  for (auto fault : {Fault::error_before, Fault::error_after, Fault::unreachable}) {
    auto wanted = request("tok_ok");
    wanted.order_id = OrderId("ord_" + std::to_string(++orders));
    bank.faults = {fault};
    bank.requests.clear();
    EXPECT_EQ(start_with(wanted).status, authorised);
    ASSERT_EQ(bank.requests.size(), 2u);
    EXPECT_EQ(bank.requests[0].headers.get("Idempotency-Key"),
              bank.requests[1].headers.get("Idempotency-Key"));
    EXPECT_EQ(bank.requests[0].body, bank.requests[1].body);
  }
}

TEST_F(Starting, AnAnswerThatIsLostLeavesItProcessingAndARepeatFindsIt) {
  bank.faults = {Fault::lost_answer};
  EXPECT_EQ(start_card("tok_ok").status, processing);
  EXPECT_EQ(account().status, "AUTHORISED");
  EXPECT_EQ(start_card("tok_ok").status, authorised);
}

TEST_F(Starting, WhatTheBankRefusesToTakeIsDeclined) {
  PaymentsService stranger(*database, new_bank({"http://psp", "wrong key", "", seconds(1)}), database.clock,
                           database.random, log, {});
  auto payment = run_sync(start(stranger, database.call, request("tok_ok")));
  EXPECT_EQ(payment.status, declined);
  EXPECT_EQ(payment.decline_reason, "unauthenticated");
}

TEST_F(Starting, TheBankIsToldWhatItNeeds) {
  start_card("tok_3ds");
  const auto& body = bank.requests.front().body;
  for (const char* part :
       {R"("order_id":"ord_1")", R"("amount_minor":199900)", R"("currency":"RUB")", R"("method":"card")",
        R"("token":"tok_3ds")", R"("return_url":"http://shop/return")",
        R"("webhook_url":"http://shop/hooks")", R"("session_expires_at":"2026-)"}) {
    EXPECT_NE(body.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM payment WHERE method LIKE '%tok_%'"), 0);  // I25
}

TEST_F(Starting, RefusesRequestsThatMakeNoSense) {
  auto code = [&](StartRequest bad) {
    return failure_of(start(payments, database.call, std::move(bad))).code;
  };
  EXPECT_EQ(code(request("tok_ok", "cash")), ErrorCode::invalid);
  EXPECT_EQ(code(request("", "card")), ErrorCode::invalid);
  auto free = request("tok_ok");
  free.amount.amount_minor = 0;
  EXPECT_EQ(code(free), ErrorCode::invalid);
  auto nameless = request("tok_ok");
  nameless.order_id = OrderId();
  EXPECT_EQ(code(nameless), ErrorCode::invalid);
  EXPECT_EQ(failure_of(payments.get(database.call, {OrderId("ord_none")})).code, ErrorCode::not_found);
}

TEST_F(Capturing, TakesTheMoneyOnceHoweverOftenItIsAskedFor) {  // I12, I8
  start_card("tok_ok");
  EXPECT_EQ(capture().status, captured);
  EXPECT_EQ(capture().status, captured);
  EXPECT_EQ(tell("bev_1"), WebhookOutcome::applied);
  EXPECT_EQ(account().captures, 1);
  EXPECT_EQ(entries(), 1);
  EXPECT_EQ(balance("buyer:ord_1"), -amount);
  // The caller of capture has the answer; nobody is told twice.
  EXPECT_TRUE(database.events<PaymentCaptured>().empty());
  check_money();
}

TEST_F(Capturing, ManyTimesAtOnceIsOneCapture) {  // I12
  start_card("tok_ok");
  auto take = [&]() -> Task<void> { co_await payments.capture(database.call, {order}); };
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 12; ++i) tasks.push_back(take());
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(account().captures, 1);
  EXPECT_EQ(entries(), 1);
  check_money();
}

TEST_F(Capturing, AnAnswerThatIsLostIsFoundByTheRepeat) {  // I12
  start_card("tok_ok");
  bank.faults = {Fault::lost_answer};
  EXPECT_EQ(failure_of(payments.capture(database.call, {order})).code, ErrorCode::timeout);
  EXPECT_EQ(status(), authorised);
  EXPECT_EQ(capture().status, captured);
  EXPECT_EQ(account().captures, 1);
  check_money();
}

TEST_F(Capturing, AWebhookBeforeTheAnswerIsTheSameCapture) {  // I12
  start_card("tok_ok");
  bank.faults = {Fault::lost_answer};
  EXPECT_THROW(capture(), Error);
  EXPECT_EQ(tell("bev_1"), WebhookOutcome::applied);
  EXPECT_EQ(status(), captured);
  EXPECT_EQ(database.events<PaymentCaptured>().size(), 1u);
  EXPECT_FALSE(database.events<PaymentCaptured>().front().late);
  EXPECT_EQ(capture().status, captured);
  EXPECT_EQ(entries(), 1);
  check_money();
}

TEST_F(Capturing, WhatIsNotAuthorisedIsAnsweredAsItIs) {
  start_card("tok_3ds");
  EXPECT_EQ(capture().status, requires_action);
  bank.decline("ord_1", "3ds_failed");
  tell("bev_1");
  EXPECT_EQ(capture().status, declined);
  EXPECT_EQ(bank.log.size(), 1u);
  EXPECT_EQ(failure_of(payments.capture(database.call, {OrderId("ord_none")})).code, ErrorCode::not_found);
}

TEST_F(Capturing, OneThatTheBankHasEndedIsNotCaptured) {
  start_card("tok_ok");
  account().status = "VOIDED";
  EXPECT_EQ(capture().status, cancelled);
  EXPECT_EQ(database.events<PaymentDeclined>().size(), 1u);
  EXPECT_EQ(entries(), 0);
}

TEST_F(Webhooks, AreAppliedOnce) {  // I20
  start_sbp();
  bank.confirm("ord_1");
  EXPECT_EQ(tell("bev_1"), WebhookOutcome::applied);
  EXPECT_EQ(tell("bev_1"), WebhookOutcome::repeated);
  EXPECT_EQ(tell("bev_2"), WebhookOutcome::applied);
  EXPECT_EQ(status(), captured);
  EXPECT_EQ(entries(), 1);
  EXPECT_EQ(database.events<PaymentCaptured>().size(), 1u);
  check_money();
}

TEST_F(Webhooks, WithAWrongSignatureLeaveNoTrace) {  // I25
  start_sbp();
  bank.confirm("ord_1");
  auto body = bank.event("bev_1", account());
  EXPECT_EQ(receive(signed_webhook(body, "guessed")), WebhookOutcome::refused);
  auto old = signed_webhook(body);
  database.clock.advance(minutes(5) + seconds(1));
  EXPECT_EQ(receive(old), WebhookOutcome::refused);
  auto tampered = signed_webhook(body);
  tampered.body.back() = ' ';
  EXPECT_EQ(receive(tampered), WebhookOutcome::refused);
  auto elsewhere = signed_webhook(body);
  elsewhere.provider = "other";
  EXPECT_EQ(receive(elsewhere), WebhookOutcome::refused);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM webhook"), 0);
  EXPECT_EQ(status(), requires_action);
}

TEST_F(Webhooks, OfAStrangersPaymentAreStoredAndNoMore) {
  start_sbp();
  auto stranger = account();
  stranger.payment_id = "pay_unknown";
  EXPECT_EQ(receive(signed_webhook(bank.event("bev_1", stranger))), WebhookOutcome::stored);
  EXPECT_EQ(receive(signed_webhook(bank.event("bev_1", stranger))), WebhookOutcome::repeated);
  EXPECT_EQ(database.value("SELECT applied FROM webhook"), 0);
}

TEST_F(Webhooks, AreTakenForFiveMinutes) {
  start_sbp();
  bank.confirm("ord_1");
  auto webhook = signed_webhook(bank.event("bev_1", account()));
  database.clock.advance(minutes(5));
  EXPECT_EQ(receive(webhook), WebhookOutcome::applied);
}

TEST_F(Webhooks, ThatDoNotFitThePaymentTheyNameAreStoredAndHaveNoEffect) {
  start_sbp();
  bank.confirm("ord_1");
  auto before = run_sync(payments.get_order_payments(database.call, {order}));
  auto body = bank.event("bev_1", account());
  int number = 0;
  for (const auto& [right, wrong] : std::vector<std::pair<std::string, std::string>>{
           {R"("bank_payment_id":"bpy_1")", R"("bank_payment_id":"bpy_2")"},
           {R"("order_id":"ord_1")", R"("order_id":"ord_2")"},
           {R"("amount_minor":199900)", R"("amount_minor":1)"},
           {R"("currency":"RUB")", R"("currency":"USD")"}}) {
    auto event = body;
    event.replace(event.find(right), right.size(), wrong);
    event.replace(event.find("bev_1"), 5, "bev_wrong_" + std::to_string(++number));
    EXPECT_EQ(receive(signed_webhook(event)), WebhookOutcome::stored) << wrong;
    EXPECT_EQ(receive(signed_webhook(event)), WebhookOutcome::repeated) << wrong;
  }
  auto after = run_sync(payments.get_order_payments(database.call, {order}));
  EXPECT_EQ(after.attempts, before.attempts);
  EXPECT_EQ(entries(), 0);
  EXPECT_EQ(database.value("SELECT SUM(applied) FROM webhook"), 0);
  EXPECT_EQ(tell("bev_1"), WebhookOutcome::applied);
  check_money();
}

TEST_F(Webhooks, OfAnotherProvidersPaymentHaveNoEffect) {
  start_sbp();
  bank.confirm("ord_1");
  PaymentsSettings other;
  other.provider = "other";
  PaymentsService service(*database, new_bank(bank_settings()), database.clock, database.random, log, other);
  auto webhook = signed_webhook(bank.event("bev_1", account()));
  webhook.provider = "other";
  EXPECT_EQ(run_sync(service.receive_webhook(database.call, webhook)).outcome, WebhookOutcome::stored);
  EXPECT_EQ(status(), requires_action);
}

TEST_F(Webhooks, ThatAreNotEventsAreRefusedLoudly) {
  for (const char* body :
       {"", "[]", "{}", R"({"event_id":"x"})", R"({"event_id":"x","payment":{"status":"NEW"}})",
        R"({"payment":{"bank_payment_id":"b","payment_id":"p","status":"CAPTURED"}})", "\xff"}) {
    EXPECT_EQ(failure_of(payments.receive_webhook(database.call, signed_webhook(body))).code,
              ErrorCode::invalid);
  }
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM webhook"), 0);
}

TEST_F(Webhooks, BeforeTheAnswerOfStartAreNotLost) {
  bank.faults = {Fault::lost_answer};
  start_card("tok_ok");
  EXPECT_EQ(status(), processing);
  EXPECT_EQ(tell("bev_1"), WebhookOutcome::applied);
  EXPECT_EQ(status(), authorised);
  EXPECT_EQ(database.events<PaymentAuthorised>().size(), 1u);
  EXPECT_EQ(start_card("tok_ok").status, authorised);
  EXPECT_EQ(database.events<PaymentAuthorised>().size(), 1u);
}

TEST_F(Webhooks, OutOfOrderNeverMoveAPaymentBack) {
  start_sbp();
  auto before = account();
  bank.confirm("ord_1");
  EXPECT_EQ(tell("bev_2"), WebhookOutcome::applied);
  EXPECT_EQ(receive(signed_webhook(bank.event("bev_1", before))), WebhookOutcome::applied);
  EXPECT_EQ(status(), captured);
  auto found = run_sync(payments.get_order_payments(database.call, {order}));
  EXPECT_EQ(found.webhooks.size(), 2u);
  EXPECT_EQ(found.entries.size(), 1u);
  EXPECT_EQ(found.attempts.size(), 1u);
}

TEST_F(Webhooks, AreTakenWithTheKeyBeforeDuringARotation) {
  auto rotating = bank_settings();
  rotating.webhook_keys = {{"key-2", "new secret"}, {"key-1", "secret"}};
  PaymentsService service(*database, new_bank(rotating), database.clock, database.random, log, {});
  start_sbp();
  bank.confirm("ord_1");
  EXPECT_EQ(run_sync(service.receive_webhook(database.call, signed_webhook(bank.event("bev_1", account()))))
                .outcome,
            WebhookOutcome::applied);
}

TEST_F(Reconciling, FindsWhatTheBankDidWhileNobodyHeardOfIt) {
  bank.faults = {Fault::lost_answer};
  start_card("tok_ok");
  reconcile();
  EXPECT_EQ(status(), processing);
  database.clock.advance(seconds(1));
  reconcile();
  EXPECT_EQ(status(), authorised);
  EXPECT_EQ(database.events<PaymentAuthorised>().size(), 1u);
}

TEST_F(Reconciling, FindsALostWebhookOfAOneStagePayment) {
  start_sbp();
  bank.confirm("ord_1");
  database.clock.advance(minutes(1));
  reconcile();
  EXPECT_EQ(status(), captured);
  EXPECT_EQ(database.events<PaymentCaptured>().size(), 1u);
  check_money();
}

TEST_F(Reconciling, WhatTheBankHasNotHeardOfWhileItsRequestMayBeUnderWayIsLeftAlone) {
  bank.faults = {Fault::unreachable, Fault::unreachable};
  start_card("tok_ok");
  for (int i = 0; i < 11; ++i) {
    database.clock.advance(seconds(1));
    reconcile();
    EXPECT_EQ(status(), processing);
    EXPECT_FALSE(bank.knows("ord_1"));
  }
}

TEST_F(Reconciling, WhatTheBankHasNotHeardOfByThenIsDeclinedForGood) {
  bank.faults = {Fault::unreachable, Fault::unreachable};
  start_card("tok_ok");
  auto creation = bank.requests.front();
  for (int i = 0; i < 20; ++i) {
    database.clock.advance(seconds(1));
    reconcile();
  }
  EXPECT_EQ(status(), declined);
  ASSERT_EQ(database.events<PaymentDeclined>().size(), 1u);
  EXPECT_EQ(database.events<PaymentDeclined>().front().reason, "bank_not_reached");
  EXPECT_EQ(run_sync(bank.send(creation)).status, 409);
  EXPECT_EQ(account().status, "VOIDED");
}

TEST_F(Reconciling, GoesOnWhenTheBankIsDown) {
  bank.faults = {Fault::lost_answer};
  start_card("tok_ok");
  for (int i = 0; i < 4; ++i) {
    bank.faults = {i % 2 == 0 ? Fault::unreachable : Fault::error_before};
    database.clock.advance(minutes(1));
    reconcile();
    EXPECT_EQ(status(), processing);
  }
  database.clock.advance(minutes(5));
  reconcile();
  EXPECT_EQ(status(), authorised);
}

TEST_F(Reconciling, LeavesAloneWhatIsAtItsEnd) {
  start_card("tok_ok");
  capture();
  auto calls = bank.log.size();
  database.clock.advance(days(30));
  reconcile();
  EXPECT_EQ(bank.log.size(), calls);
}

}  // namespace
}  // namespace bramble::payments
