// The bank over loopback HTTP, as a merchant and a payer meet it.
#include "base/digest.h"
#include "sandbox/sandbox_world_test.h"
#include "sandbox/webhook.h"

namespace bramble::sandbox {
namespace {

using BankOverHttp = SandboxWorld;
using Types = std::vector<std::string>;

TEST_F(BankOverHttp, AWholePaymentWith3dSecure) {
  auto created = create("pay_1", "tok_3ds");
  ASSERT_EQ(created.status, 201) << created.body;
  EXPECT_EQ(created.text("status"), "REQUIRES_ACTION");
  auto id = created.text("bank_payment_id");
  EXPECT_EQ(created.text("redirect_url"), host_->address_of(10) + "/acs/" + id);

  auto page = get("/acs/" + id);
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("1\u00A0999,00"), std::string::npos);
  auto confirmed = post_form(id, "code=1234");
  EXPECT_EQ(confirmed.status, 303) << confirmed.body;
  EXPECT_EQ(confirmed.headers.get("Location"), "http://shop.test/return?payment_id=pay_1");

  auto captured = bank("/bank/v1/payments/" + id + "/capture", "{\"amount_minor\":199900}", "capture:1");
  EXPECT_EQ(captured.status, 200) << captured.body;
  EXPECT_EQ(captured.text("status"), "CAPTURED");
  auto refunded =
      bank("/bank/v1/payments/" + id + "/refunds", "{\"refund_id\":\"rf_1\",\"amount_minor\":99900}", "r1");
  EXPECT_EQ(refunded.status, 201) << refunded.body;
  EXPECT_EQ(refunded.number("refunded_minor"), 99'900);

  EXPECT_TRUE(wait_for([&] { return webhooks_.size() == 3; }));
  EXPECT_EQ(webhook_types(), (Types{"payment.authorised", "payment.captured", "payment.refunded"}));
  auto found = get("/bank/v1/payments?payment_id=pay_1").json();
  EXPECT_EQ((*found.root()["items"].begin())["bank_payment_id"].text(), id);
}

TEST_F(BankOverHttp, TheSignatureIsHmacOverTimestampAndBody) {
  create("pay_1", "tok_ok");
  ASSERT_TRUE(wait_for([&] { return webhooks_.size() == 1; }));
  const auto& webhook = webhooks_[0];
  EXPECT_EQ(webhook.path, "/hooks/payments/sandbox");
  EXPECT_EQ(webhook.headers.get("X-Bank-Key-Id"), "key-1");
  auto timestamp = webhook.headers.get("X-Bank-Timestamp");
  EXPECT_EQ(timestamp, std::to_string(clock_.now().us / 1'000'000));
  auto text = std::string(timestamp) + "." + webhook.body;
  std::string secret = "the bank_webhook_secret";
  EXPECT_EQ(webhook.headers.get("X-Bank-Signature"), "v1=" + hmac_sha256_hex(secret, text));
  auto body = JsonDocument::parse(webhook.body);
  EXPECT_EQ(body.root()["type"].text(), "payment.authorised");
  EXPECT_EQ(body.root()["payment"]["payment_id"].text(), "pay_1");
  EXPECT_EQ(body.root()["payment"]["status"].text(), "AUTHORISED");
  EXPECT_EQ(body.root()["payment"]["authorised_minor"].integer(), 199'900);
}

TEST_F(BankOverHttp, TheSameKeyAndBodyGetTheFirstAnswerAndAnotherBodyNone_I19) {
  auto first = create("pay_1", "tok_3ds");
  auto id = first.text("bank_payment_id");
  post_form(id, "code=1234");
  auto again = create("pay_1", "tok_3ds");
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.headers.get("Idempotent-Replayed"), "true");
  EXPECT_FALSE(first.headers.has("Idempotent-Replayed"));
  auto other = bank("/bank/v1/payments", new_payment("pay_1", "tok_ok"), "create:pay_1");
  EXPECT_EQ(other.status, 422);
  EXPECT_EQ(other.text("code"), "idempotency_key_reused");
  EXPECT_EQ(bank("/bank/v1/payments/" + id + "/void", "{}", "create:pay_1").status, 422);

  auto duplicate = bank("/bank/v1/payments", new_payment("pay_1", "tok_3ds"), "another key");
  EXPECT_EQ(duplicate.status, 409);
  EXPECT_EQ(duplicate.text("code"), "duplicate_payment");
  EXPECT_EQ(duplicate.json().root()["payment"]["bank_payment_id"].text(), id);
  EXPECT_EQ(get("/report").number("total"), 1);
}

TEST_F(BankOverHttp, APaymentIsCapturedOnce_I12) {
  auto id = create("pay_1", "tok_ok").text("bank_payment_id");
  auto path = "/bank/v1/payments/" + id + "/capture";
  EXPECT_EQ(bank(path, "{\"amount_minor\":199901}", "k0").status, 422);
  EXPECT_EQ(bank(path, "{\"amount_minor\":100000}", "k1").status, 200);
  EXPECT_EQ(bank(path, "{\"amount_minor\":100000}", "k1").number("captured_minor"), 100'000);
  auto second = bank(path, "{\"amount_minor\":99900}", "k2");
  EXPECT_EQ(second.status, 409);
  EXPECT_EQ(second.text("code"), "already_captured");
  EXPECT_EQ(bank("/bank/v1/payments/" + id + "/void", "{}", "k3").status, 409);
  auto report = get("/report");
  EXPECT_EQ(report.number("captures"), 1);
  EXPECT_EQ(report.number("captured_minor"), 100'000);
}

TEST_F(BankOverHttp, AVoidedPaymentTakesNoMoney) {
  auto waiting = create("pay_1", "tok_3ds").text("bank_payment_id");
  auto authorised = create("pay_2", "tok_ok").text("bank_payment_id");
  for (const auto& id : {waiting, authorised}) {
    EXPECT_EQ(bank("/bank/v1/payments/" + id + "/void", "{}", "void:" + id).text("status"), "VOIDED");
    EXPECT_EQ(bank("/bank/v1/payments/" + id + "/void", "{}", "again:" + id).status, 200);
    EXPECT_EQ(bank("/bank/v1/payments/" + id + "/capture", "{\"amount_minor\":1}", "capture:" + id).status,
              409);
    EXPECT_EQ(post_form(id, "code=1234").status, 303);
    EXPECT_EQ(get("/bank/v1/payments/" + id).text("status"), "VOIDED");
  }
  EXPECT_EQ(get("/report").number("captured_minor"), 0);
}

TEST_F(BankOverHttp, WhatIsEndedBeforeItArrivesIsRefusedFromThenOn_I12) {
  auto ended = end("pay_1", "end:pay_1");
  EXPECT_EQ(ended.status, 200) << ended.body;
  EXPECT_EQ(ended.text("status"), "VOIDED");
  EXPECT_EQ(ended.text("payment_id"), "pay_1");
  restart();
  auto late = create("pay_1", "tok_ok");
  EXPECT_EQ(late.status, 409);
  EXPECT_EQ(late.text("code"), "duplicate_payment");
  EXPECT_EQ(late.json().root()["payment"]["status"].text(), "VOIDED");
  auto again = end("pay_1", "end:pay_1");
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, ended.body);
  EXPECT_EQ(again.headers.get("Idempotent-Replayed"), "true");
  EXPECT_EQ((*get("/bank/v1/payments?payment_id=pay_1").json().root()["items"].begin())["status"].text(),
            "VOIDED");
  EXPECT_EQ(get("/report").number("captured_minor"), 0);
  run_chores();
  EXPECT_TRUE(webhooks_.empty());
}

TEST_F(BankOverHttp, WhatIsEndedByTheMerchantsIdIsVoidedUnlessItIsCaptured) {
  create("pay_1", "tok_3ds");
  auto authorised = create("pay_2", "tok_ok").text("bank_payment_id");
  EXPECT_EQ(end("pay_1", "e1").text("status"), "VOIDED");
  EXPECT_EQ(end("pay_2", "e2").text("status"), "VOIDED");
  EXPECT_EQ(get("/bank/v1/payments/" + authorised).text("status"), "VOIDED");
  auto captured = create("pay_3", "tok_ok").text("bank_payment_id");
  bank("/bank/v1/payments/" + captured + "/capture", "{\"amount_minor\":199900}", "c3");
  auto refused = end("pay_3", "e3");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.text("code"), "already_captured");
  EXPECT_EQ(refused.json().root()["payment"]["status"].text(), "CAPTURED");
}

TEST_F(BankOverHttp, WhatThePayerHasConfirmedIsNotEndedIfTheMerchantDoesNotWantThat) {
  auto waiting = create("pay_1", "tok_3ds").text("bank_payment_id");
  auto confirmed = create("pay_2", "tok_3ds").text("bank_payment_id");
  post_form(confirmed, "code=1234");
  EXPECT_EQ(end("pay_1", "e1", true).text("status"), "VOIDED");
  auto refused = end("pay_2", "e2", true);
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.text("code"), "payment_confirmed");
  EXPECT_EQ(refused.json().root()["payment"]["status"].text(), "AUTHORISED");
  EXPECT_EQ(get("/bank/v1/payments/" + confirmed).text("status"), "AUTHORISED");
  EXPECT_EQ(post_form(waiting, "code=1234").status, 303);
  EXPECT_EQ(get("/bank/v1/payments/" + waiting).text("status"), "VOIDED");
}

TEST_F(BankOverHttp, TheThirdWrongCodeDeclines) {
  auto id = create("pay_1", "tok_3ds").text("bank_payment_id");
  EXPECT_EQ(post_form(id, "").status, 400);
  auto wrong = post_form(id, "code=0000");
  EXPECT_EQ(wrong.status, 400);
  EXPECT_NE(wrong.body.find("<form"), std::string::npos);
  EXPECT_EQ(post_form(id, "code=1235").status, 400);
  EXPECT_EQ(get("/bank/v1/payments/" + id).text("status"), "REQUIRES_ACTION");
  EXPECT_EQ(post_form(id, "code=%31%32").status, 303);
  auto declined = get("/bank/v1/payments/" + id);
  EXPECT_EQ(declined.text("status"), "DECLINED");
  EXPECT_EQ(declined.text("decline_reason"), "3ds_failed");
  EXPECT_EQ(post_form(id, "code=1234").status, 303);
  EXPECT_EQ(get("/bank/v1/payments/" + id).text("status"), "DECLINED");
  EXPECT_TRUE(wait_for([&] { return webhooks_.size() == 1; }));
  EXPECT_EQ(webhook_types(), Types{"payment.declined"});
}

TEST_F(BankOverHttp, SbpIsTakenWhenItIsConfirmed) {
  auto id = create("pay_1", "", "sbp").text("bank_payment_id");
  EXPECT_NE(get("/acs/" + id).body.find("name=\"confirm\""), std::string::npos);
  EXPECT_EQ(post_form(id, "x=1").status, 400);
  EXPECT_EQ(post_form(id, "confirm=1").status, 303);
  EXPECT_EQ(get("/bank/v1/payments/" + id).text("status"), "CAPTURED");
  EXPECT_EQ(post_form(id, "confirm=1").status, 303);
  EXPECT_EQ(get("/report").number("captures"), 1);
  EXPECT_TRUE(wait_for([&] { return webhooks_.size() == 1; }));
  EXPECT_EQ(webhook_types(), Types{"payment.captured"});
}

TEST_F(BankOverHttp, AnAnswerIsForgottenWhenNobodyAsksForItAnyMore) {
  auto body = new_payment("pay_1", "tok_ok");
  auto ask = [&] { return bank("/bank/v1/payments", body, "create:pay_1"); };
  EXPECT_EQ(ask().status, 201);
  clock_.advance(days(29));
  run_chores();
  EXPECT_EQ(ask().headers.get("Idempotent-Replayed"), "true");
  clock_.advance(days(1) + seconds(1));
  run_chores();
  // The payment itself is known for ever.
  EXPECT_EQ(create("pay_1", "tok_ok").text("code"), "duplicate_payment");
}

TEST_F(BankOverHttp, ASessionEndsWhetherOrNotAnybodyLooks) {
  auto looked_at = create("pay_1", "tok_3ds").text("bank_payment_id");
  auto posted = create("pay_2", "tok_3ds").text("bank_payment_id");
  auto forgotten = create("pay_3", "tok_3ds").text("bank_payment_id");
  auto polled = create("pay_4", "tok_3ds").text("bank_payment_id");
  clock_.advance(session);
  EXPECT_EQ(get("/acs/" + looked_at).status, 410);
  EXPECT_EQ(post_form(posted, "code=1234").status, 410);
  EXPECT_EQ(get("/bank/v1/payments/" + polled).text("status"), "DECLINED");
  run_chores();
  EXPECT_TRUE(wait_for([&] { return webhooks_.size() == 4; }));
  auto declined = get("/bank/v1/payments/" + forgotten);
  EXPECT_EQ(declined.text("status"), "DECLINED");
  EXPECT_EQ(declined.text("decline_reason"), "session_expired");
}

TEST_F(BankOverHttp, TheReportCountsWhatHappenedNewestFirst_I10) {
  auto first = create("pay_1", "tok_ok").text("bank_payment_id");
  clock_.advance(milliseconds(2));
  auto second = create("pay_2", "tok_ok").text("bank_payment_id");
  clock_.advance(milliseconds(2));
  create("pay_3", "tok_insufficient_funds");
  bank("/bank/v1/payments/" + first + "/capture", "{\"amount_minor\":199900}", "1");
  bank("/bank/v1/payments/" + second + "/capture", "{\"amount_minor\":100}", "2");
  for (const char* refund : {"rf_1", "rf_2", "rf_1"}) {
    bank("/bank/v1/payments/" + first + "/refunds",
         std::string("{\"refund_id\":\"") + refund + "\",\"amount_minor\":40000}",
         std::string("key ") + refund);
  }
  auto same = bank("/bank/v1/payments/" + first + "/refunds",
                   "{\"refund_id\":\"rf_1\",\"amount_minor\":40000}", "new");
  EXPECT_EQ(same.status, 409);
  EXPECT_EQ(same.text("code"), "duplicate_refund");

  auto report = get("/report?page=1&limit=2");
  EXPECT_EQ(report.text("currency"), "RUB");
  EXPECT_EQ(report.number("captured_minor"), 200'000);
  EXPECT_EQ(report.number("refunded_minor"), 80'000);
  EXPECT_EQ(report.number("captures"), 2);
  EXPECT_EQ(report.number("refunds"), 2);
  EXPECT_EQ(report.number("total"), 3);
  auto items = report.json();
  ASSERT_EQ(items.root()["items"].size(), 2U);
  auto item = *items.root()["items"].begin();
  EXPECT_EQ(item["payment_id"].text(), "pay_3");
  EXPECT_EQ(item["status"].text(), "DECLINED");
  auto rest = get("/report?page=2&limit=2").json();
  EXPECT_EQ((*rest.root()["items"].begin())["refunded_minor"].integer(), 80'000);
  EXPECT_EQ(get("/report?limit=101").status, 400);
}

TEST_F(BankOverHttp, TheSameRequestManyTimesAtOnceIsOneRequest_I12_I19) {
  std::vector<std::string> answers;
  auto send_all = [&](std::string path, std::string body, std::string type, std::size_t count) {
    answers.clear();
    for (std::size_t i = 0; i < count; ++i) {
      HttpClientRequest request{.method = "POST", .url = host_->address_of(10) + path, .body = body};
      request.headers.add("Authorization", "Bearer the bank_api_key");
      request.headers.add("Content-Type", type);
      request.headers.add("Idempotency-Key", "the key of " + path);
      boost::asio::co_spawn(io_, http_->send(std::move(request)),
                            [&](std::exception_ptr, HttpResponse response) {
                              answers.push_back(std::to_string(response.status) + response.body);
                            });
    }
    EXPECT_TRUE(wait_for([&] { return answers.size() == count; }));
    EXPECT_EQ(std::count(answers.begin(), answers.end(), answers.front()),
              static_cast<std::ptrdiff_t>(count));
    return answers.front();
  };
  auto created = send_all("/bank/v1/payments", new_payment("pay_1", "tok_3ds"), "application/json", 8);
  ASSERT_TRUE(created.starts_with("201")) << created;
  auto id = get("/bank/v1/payments?payment_id=pay_1").json();
  auto bank_id = std::string((*id.root()["items"].begin())["bank_payment_id"].text());
  auto form = send_all("/acs/" + bank_id, "code=1234", "application/x-www-form-urlencoded", 8);
  EXPECT_TRUE(form.starts_with("303"));
  auto captured =
      send_all("/bank/v1/payments/" + bank_id + "/capture", "{\"amount_minor\":500}", "application/json", 8);
  EXPECT_TRUE(captured.starts_with("200")) << captured;
  auto report = get("/report");
  EXPECT_EQ(report.number("total"), 1);
  EXPECT_EQ(report.number("captures"), 1);
  EXPECT_EQ(report.number("captured_minor"), 500);
  EXPECT_TRUE(wait_for([&] { return webhooks_.size() == 2; }));
  EXPECT_EQ(webhook_types(), (Types{"payment.authorised", "payment.captured"}));
}

TEST_F(BankOverHttp, OnlyTheMerchantMayUseTheBank) {
  HttpHeaders wrong;
  wrong.add("Authorization", "Bearer the bank_api_kez");
  EXPECT_EQ(ask("GET", "/bank/v1/payments/bpy_1", {}, wrong).status, 401);
  EXPECT_EQ(ask("POST", "/sms/v1/messages", "{}", wrong).status, 401);
  EXPECT_EQ(get("/bank/v1/payments/bpy_1").status, 404);
  EXPECT_EQ(get("/acs/bpy_1").status, 404);
  EXPECT_EQ(ask("POST", "/bank/v1/payments", new_payment("pay_1", "tok_ok")).status, 400);
}

TEST_F(BankOverHttp, BadInputNamesItsField) {
  auto broken = [&](std::string from, std::string to) {
    auto body = new_payment("pay_1", "tok_ok");
    body.replace(body.find(from), from.size(), to);
    auto refused = bank("/bank/v1/payments", body, "key");
    EXPECT_EQ(refused.status, 400) << body;
    auto errors = refused.json();
    return std::string((*errors.root()["errors"].begin())["field"].text());
  };
  EXPECT_EQ(broken("199900", "0"), "amount_minor");
  EXPECT_EQ(broken("199900", "1.5"), "amount_minor");
  EXPECT_EQ(broken("\"RUB\"", "\"USD\""), "currency");
  EXPECT_EQ(broken("\"card\"", "\"cash\""), "method");
  EXPECT_EQ(broken("http://shop.test/return", "javascript:alert(1)"), "return_url");
  EXPECT_EQ(broken("http://shop.test/return", "http://shop.test/\\r\\nSet-Cookie: a"), "return_url");
  EXPECT_EQ(broken("\"payment_id\":\"pay_1\"", "\"payment_id\":null"), "payment_id");
  EXPECT_EQ(get("/report").number("total"), 0);
}

TEST_F(BankOverHttp, WhatWasAnsweredIsThereAfterARestart_I21) {
  webhook_status_ = 500;
  auto id = create("pay_1", "tok_ok").text("bank_payment_id");
  EXPECT_TRUE(wait_for([&] { return webhooks_.size() == 1; }));
  restart();
  EXPECT_EQ(get("/bank/v1/payments/" + id).text("status"), "AUTHORISED");
  webhook_status_ = 200;
  clock_.advance(seconds(2));
  run_chores();
  EXPECT_TRUE(wait_for([&] { return webhooks_.size() == 2; }));
  EXPECT_EQ(webhooks_[0].body, webhooks_[1].body);
  restart();
  clock_.advance(hours(1));
  run_chores();
  EXPECT_EQ(webhooks_.size(), 2U);
}

}  // namespace
}  // namespace bramble::sandbox
