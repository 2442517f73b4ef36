// The faults over loopback HTTP: what a merchant sees of a bank that misbehaves.
#include "sandbox/sandbox_world_test.h"
#include "sandbox/webhook.h"

namespace bramble::sandbox {
namespace {

class Misbehaviour : public SandboxWorld {
 protected:
  Reply put(std::string faults) { return ask("PUT", "/faults", std::move(faults)); }
  // When the one webhook that failed is tried again; nothing while it is being sent.
  Time next_attempt() {
    return await(database_->read(system_call("test", clock_.now() + seconds(5)), "", [](Tx& tx) {
      auto rows = tx.query("SELECT next_at FROM bank_webhooks WHERE next_at IS NOT NULL");
      return rows.empty() ? Time{} : rows.front().get<Time>(0);
    }));
  }
  // The bank's answer, or 0 where none came in time.
  int status_of_create(const std::string& payment_id, const std::string& key, std::string token = "tok_ok") {
    HttpHeaders headers;
    headers.add("Idempotency-Key", key);
    try {
      auto body = new_payment(payment_id, std::move(token));
      return ask("POST", "/bank/v1/payments", std::move(body), std::move(headers), milliseconds(100)).status;
    } catch (const Error& error) {
      EXPECT_TRUE(error.code == ErrorCode::timeout || error.code == ErrorCode::unavailable) << error.reason;
      return 0;
    }
  }
};

TEST_F(Misbehaviour, FaultsLastUntilTheNextPutAndOverRestarts) {
  auto set = put("{\"webhook\":{\"delay_ms\":5,\"drop_rate\":0.25},\"api\":{\"error_rate\":1.0}}");
  EXPECT_EQ(set.status, 200) << set.body;
  restart();
  auto faults = get("/faults").json();
  EXPECT_EQ(faults.root()["webhook"]["delay_ms"].integer(), 5);
  EXPECT_EQ(faults.root()["webhook"]["drop_rate"].number(), 0.25);
  EXPECT_FALSE(faults.root()["webhook"]["duplicate"].boolean());
  EXPECT_EQ(faults.root()["api"]["error_rate"].number(), 1.0);
  EXPECT_EQ(create("pay_1", "tok_ok").status, 500);
  EXPECT_EQ(put("{}").status, 200);
  EXPECT_EQ(create("pay_1", "tok_ok").status, 201);
  EXPECT_EQ(get("/faults").json().root()["api"]["error_rate"].number(), 0.0);
}

TEST_F(Misbehaviour, AMemberThatIsUnknownIsRefusedByNameAndNothingChanges) {
  ASSERT_EQ(put("{\"webhook\":{\"drop_rate\":0.25}}").status, 200);
  auto before = get("/faults").body;
  struct Case {
    const char* body;
    const char* field;
    const char* allowed;
  };
  for (const auto& [body, field, allowed] : std::vector<Case>{
           {"{\"webhooks\":{\"drop_rate\":1}}", "webhooks", "api, webhook"},
           {"{\"drop_rate\":1}", "drop_rate", "api, webhook"},
           {"{\"api\":{\"drop_rate\":1}}", "api.drop_rate", "delay_ms, error_rate, timeout_rate"},
           {"{\"webhook\":{\"drop\":1,\"delay_ms\":5}}", "webhook.drop",
            "delay_ms, drop_rate, duplicate, reorder"},
       }) {
    auto refused = put(body);
    EXPECT_EQ(refused.status, 400) << body;
    auto error = *refused.json().root()["errors"].begin();
    EXPECT_EQ(error["field"].text(), field);
    EXPECT_EQ(error["detail"].text(), "is unknown; allowed are " + std::string(allowed));
  }
  EXPECT_EQ(get("/faults").body, before);
}

TEST_F(Misbehaviour, NoOperationTakesAMemberThatItDoesNotKnow) {
  auto body = new_payment("pay_1", "tok_ok");
  body.replace(0, 1, "{\"tokem\":\"x\",");
  EXPECT_EQ(bank("/bank/v1/payments", body, "create:pay_1").status, 400);
  EXPECT_EQ(get("/report").number("total"), 0);
  auto place = "/bank/v1/payments/" + create("pay_1", "tok_ok").text("bank_payment_id");
  EXPECT_EQ(bank(place + "/capture", "{\"amount_minor\":1,\"amount\":2}", "c").status, 400);
  EXPECT_EQ(bank(place + "/refunds", "{\"refund_id\":\"r\",\"amount_minor\":1,\"why\":2}", "r").status, 400);
  EXPECT_EQ(bank(place + "/void", "{\"amount_minor\":1}", "v").status, 400);
  EXPECT_EQ(ask("POST", "/sms/v1/messages",
                R"({"phone":"+79001234567","text":"t","message_id":"m","sender":"x"})")
                .status,
            400);
  EXPECT_EQ(get("/report").number("captured_minor"), 0);
}

TEST_F(Misbehaviour, ARateThatIsNoneIsRefusedByName) {
  const std::pair<const char*, const char*> cases[] = {
      {"{\"api\":{\"error_rate\":1.01}}", "api.error_rate"},
      {"{\"api\":{\"timeout_rate\":-0.1}}", "api.timeout_rate"},
      {"{\"webhook\":{\"drop_rate\":\"1\"}}", "webhook.drop_rate"},
      {"{\"webhook\":{\"delay_ms\":-1}}", "webhook.delay_ms"},
      {"{\"webhook\":{\"delay_ms\":1.5}}", "webhook.delay_ms"},
      {"{\"webhook\":{\"reorder\":1}}", "webhook.reorder"},
      {"{\"webhook\":7}", "webhook"},
  };
  for (const auto& [body, field] : cases) {
    auto refused = put(body);
    EXPECT_EQ(refused.status, 400) << body;
    auto errors = refused.json();
    EXPECT_EQ((*errors.root()["errors"].begin())["field"].text(), field);
  }
  EXPECT_EQ(put("{").status, 400);
}

TEST_F(Misbehaviour, ErrorsComeBeforeOrAfterTheBankActed) {
  put("{\"api\":{\"error_rate\":1}}");
  constexpr int payments = 40;
  for (int i = 0; i < payments; ++i) EXPECT_EQ(create("pay_" + std::to_string(i), "tok_ok").status, 500);
  put("{}");
  auto acted = get("/report").number("total");
  EXPECT_GT(acted, 0);
  EXPECT_LT(acted, payments);
  for (int i = 0; i < payments; ++i) EXPECT_EQ(create("pay_" + std::to_string(i), "tok_ok").status, 201);
  EXPECT_EQ(get("/report").number("total"), payments);
}

TEST_F(Misbehaviour, TimeoutsComeBeforeOrAfterTheBankActed) {
  put("{\"api\":{\"timeout_rate\":1}}");
  constexpr int payments = 8;
  for (int i = 0; i < payments; ++i)
    EXPECT_EQ(status_of_create("pay_" + std::to_string(i), std::to_string(i)), 0);
  put("{}");
  auto acted = get("/report").number("total");
  EXPECT_GT(acted, 0);
  EXPECT_LT(acted, payments);
}

TEST_F(Misbehaviour, ATimedOutPaymentWasMadeAndIsFound) {
  EXPECT_EQ(status_of_create("pay_1", "key", "tok_timeout"), 0);
  auto found = get("/bank/v1/payments?payment_id=pay_1").json();
  EXPECT_EQ((*found.root()["items"].begin())["status"].text(), "AUTHORISED");
  EXPECT_EQ(status_of_create("pay_1", "key", "tok_timeout"), 201);
  EXPECT_TRUE(wait_for([&] { return webhooks_.size() == 1; }));
}

TEST_F(Misbehaviour, AWithheldAnswerEndsWithTheConnection) {
  put("{\"api\":{\"timeout_rate\":1}}");
  EXPECT_THROW(create("pay_1", "tok_ok"), Error);
}

TEST_F(Misbehaviour, ADroppedWebhookIsLostForGood) {
  put("{\"webhook\":{\"drop_rate\":1}}");
  create("pay_1", "tok_ok");
  restart();
  put("{}");
  EXPECT_TRUE(webhooks_.empty());
  clock_.advance(days(1));
  run_chores();
  create("pay_2", "tok_ok");
  EXPECT_TRUE(wait_for([&] { return !webhooks_.empty(); }));
  EXPECT_NE(webhooks_[0].body.find("pay_2"), std::string::npos);
}

TEST_F(Misbehaviour, ADoubledWebhookComesTwiceTheSame) {
  put("{\"webhook\":{\"duplicate\":true}}");
  create("pay_1", "tok_ok");
  ASSERT_TRUE(wait_for([&] { return webhooks_.size() == 2; }));
  EXPECT_EQ(webhooks_[0].body, webhooks_[1].body);
}

TEST_F(Misbehaviour, ALaterWebhookMayOvertakeAnEarlierOne) {
  put("{\"webhook\":{\"reorder\":true}}");
  constexpr std::size_t payments = 12;
  for (std::size_t i = 0; i < payments; ++i) create("pay_" + std::to_string(i), "tok_ok");
  ASSERT_TRUE(wait_for([&] { return webhooks_.size() == payments; }));
  std::vector<std::string> ids;
  for (const auto& webhook : webhooks_) {
    ids.emplace_back(JsonDocument::parse(webhook.body).root()["payment"]["payment_id"].text());
  }
  std::vector<std::string> in_order;
  for (std::size_t i = 0; i < payments; ++i) in_order.push_back("pay_" + std::to_string(i));
  EXPECT_NE(ids, in_order);
  EXPECT_TRUE(std::is_permutation(ids.begin(), ids.end(), in_order.begin(), in_order.end()));
}

TEST_F(Misbehaviour, ARefusedWebhookIsTriedAgainAsTheScheduleSays) {
  webhook_status_ = 503;
  create("pay_1", "tok_ok");
  for (auto pause :
       {seconds(1), seconds(5), seconds(30), minutes(2), minutes(10), hours(1), hours(3), hours(3)}) {
    ASSERT_TRUE(wait_for([&] { return next_attempt() != Time{}; }));
    EXPECT_EQ(next_attempt(), clock_.now() + pause);
    auto tried = webhooks_.size();
    clock_.advance(pause - microseconds(1));
    run_chores();
    EXPECT_EQ(next_attempt(), clock_.now() + microseconds(1));
    clock_.advance(microseconds(1));
    run_chores();
    ASSERT_TRUE(wait_for([&] { return webhooks_.size() == tried + 1; }));
  }
}

TEST_F(Misbehaviour, AWebhookThatNobodyTakesIsGivenUpAfterThreeDays) {
  EXPECT_EQ(pause_after(29), hours(3));
  EXPECT_EQ(pause_after(30), std::nullopt);
  Duration sum;
  for (std::int64_t failed = 1; pause_after(failed); ++failed) sum = sum + *pause_after(failed);
  EXPECT_GE(sum, days(2));
  EXPECT_LE(sum, days(4));
}

}  // namespace
}  // namespace bramble::sandbox
