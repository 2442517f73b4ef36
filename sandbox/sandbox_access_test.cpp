#include "sandbox/sandbox_world_test.h"

namespace bramble::sandbox {
namespace {

constexpr const char* token = "a token of the test";

class SandboxAccessTest : public SandboxWorld {
 protected:
  Reply stranger(std::string method, std::string path, std::string body = "", std::string cookie = "") {
    HttpHeaders headers;
    headers.add("Authorization", "");
    if (!cookie.empty()) headers.add("Cookie", std::move(cookie));
    return ask(std::move(method), std::move(path), std::move(body), std::move(headers));
  }
  Reply with_token(std::string method, std::string path, std::string body = "") {
    HttpHeaders headers;
    headers.add("Authorization", std::string("Bearer ") + token);
    return ask(std::move(method), std::move(path), std::move(body), std::move(headers));
  }
  Reply enter(const std::string& form) {
    HttpHeaders headers;
    headers.add("Authorization", "");
    headers.add("Content-Type", "application/x-www-form-urlencoded");
    return ask("POST", "/sign-in", form, std::move(headers));
  }
};

TEST_F(SandboxAccessTest, WithoutATokenEverybodyOnThisMachineMayRead) {
  EXPECT_TRUE(host_->on_loopback);
  EXPECT_EQ(stranger("GET", "/sms?phone=%2B79001234567").status, 200);
  EXPECT_EQ(stranger("PUT", "/faults", "{}").status, 200);
  EXPECT_EQ(stranger("GET", "/phone").status, 200);
  EXPECT_EQ(stranger("GET", "/sign-in").headers.get("Location"), "/phone");
}

TEST_F(SandboxAccessTest, WithoutATokenOnlyNamesOfThisMachineAreAnswered) {
  auto asked_as = [&](std::string host) {
    HttpHeaders headers;
    headers.add("Host", std::move(host));
    return ask("GET", "/sms?phone=%2B79001234567", "", std::move(headers));
  };
  for (const char* own : {"localhost", "LOCALHOST:8090", "127.0.0.1", "127.0.0.1:1", "[::1]:8090"}) {
    EXPECT_EQ(asked_as(own).status, 200) << own;
  }
  for (const char* other :
       {"evil.test", "evil.test:8090", "127.0.0.1.evil.test", "localhost.evil.test", "[::2]"}) {
    auto refused = asked_as(other);
    EXPECT_EQ(refused.status, 421) << other;
    EXPECT_EQ(refused.text("code"), "wrong_host");
    EXPECT_EQ(refused.headers.get("Content-Type"), "application/problem+json");
  }
  lock(token);
  EXPECT_EQ(asked_as("evil.test").status, 401);
}

TEST_F(SandboxAccessTest, ATokenKeepsStrangersFromCodesReportAndFaults) {
  lock(token);
  EXPECT_FALSE(host_->on_loopback);
  for (const char* path : {"/sms?phone=%2B79001234567", "/report", "/faults"}) {
    EXPECT_EQ(stranger("GET", path).status, 401) << path;
    EXPECT_EQ(with_token("GET", path).status, 200) << path;
  }
  EXPECT_EQ(stranger("PUT", "/faults", "{}").status, 401);
  EXPECT_EQ(with_token("PUT", "/faults", "{}").status, 200);
  auto phone = stranger("GET", "/phone?number=%2B79001234567");
  EXPECT_EQ(phone.status, 303);
  EXPECT_EQ(phone.headers.get("Location"), "/sign-in?back=%2Fphone%3Fnumber%3D%252B79001234567");
}

TEST_F(SandboxAccessTest, ThePayersPageAndTheBanksApiStayAsTheyAre) {
  lock(token);
  auto created = create("pay_1", "tok_3ds");
  EXPECT_EQ(created.status, 201);
  EXPECT_EQ(stranger("GET", "/acs/" + created.text("bank_payment_id")).status, 200);
  EXPECT_EQ(with_token("GET", "/bank/v1/payments?payment_id=pay_1").status, 401);
}

TEST_F(SandboxAccessTest, TheSignInPageGivesACookieThatReadsAndChangesNothing) {
  lock(token);
  EXPECT_EQ(stranger("GET", "/sign-in?back=%2Freport").status, 200);
  EXPECT_EQ(enter("token=wrong&back=%2Freport").status, 403);
  EXPECT_EQ(enter("token=%zz").status, 403);
  auto entered = enter("token=a+token+of+the+test&back=%2Freport");
  EXPECT_EQ(entered.status, 303);
  EXPECT_EQ(entered.headers.get("Location"), "/report");
  std::string cookie(entered.headers.get("Set-Cookie"));
  EXPECT_NE(cookie.find("HttpOnly; SameSite=Lax"), std::string::npos) << cookie;
  EXPECT_EQ(cookie.find("token"), std::string::npos);
  cookie = cookie.substr(0, cookie.find(';'));
  EXPECT_EQ(stranger("GET", "/report", "", cookie).status, 200);
  EXPECT_EQ(stranger("GET", "/phone", "", cookie).status, 200);
  EXPECT_EQ(stranger("PUT", "/faults", "{}", cookie).status, 401);
  EXPECT_EQ(stranger("GET", "/report", "", cookie + "x").status, 401);
}

TEST_F(SandboxAccessTest, LeadsBackToNobodyElsesPage) {
  lock(token);
  for (const char* back : {"https%3A%2F%2Fevil.test", "%2F%2Fevil.test", "%2F%5Cevil.test", "%2Fx%0D%0Ay"}) {
    EXPECT_EQ(enter("token=a+token+of+the+test&back=" + std::string(back)).headers.get("Location"), "/phone")
        << back;
  }
}

}  // namespace
}  // namespace bramble::sandbox
