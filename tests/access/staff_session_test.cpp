// Staff at a browser: tokens in cookies, requests that only our own pages can make, and those pages.
#include <gtest/gtest.h>

#include "tests/access/cast.h"

namespace bramble::access {
namespace {

// A browser that keeps what it is given.
class Jar {
 public:
  void keep(const harness::Reply& reply) {
    for (const auto& [name, value] : reply.headers) {
      if (name != "Set-Cookie") continue;
      auto equals = value.find('=');
      cookies_[value.substr(0, equals)] = value.substr(equals + 1, value.find(';') - equals - 1);
    }
  }
  std::string header() const {
    std::string text;
    for (const auto& [name, value] : cookies_) {
      text.append(text.empty() ? "Cookie: " : "; ").append(name).append("=").append(value);
    }
    return text + "\r\n";
  }
  void drop(const std::string& name) { cookies_.erase(name); }

 private:
  std::map<std::string, std::string> cookies_;
};

class StaffSession : public testing::Test {
 protected:
  harness::Reply sign_in(const std::string& headers = "") {
    auto login = cast().instance().login("warehouse");
    auto reply = ops.ask("POST", "/session", headers,
                         R"({"login":")" + login.login + R"(","password":")" + login.password + "\"}");
    jar.keep(reply);
    return reply;
  }
  harness::Reply who_am_i() {
    auto reply = ops.ask("GET", "/session", jar.header());
    jar.keep(reply);
    csrf = "X-CSRF-Token: " + reply.text("csrf_token") + "\r\n";
    return reply;
  }
  static bool is_signed_in(const harness::Reply& reply) { return reply.json().root()["signed_in"].boolean(); }

  harness::Wire ops{cast().origin("ops")};
  Jar jar;
  std::string csrf;
};

TEST_F(StaffSession, CookiesAreAsGoodAsTheTokenAndNoScriptReadsThem) {
  auto opened = sign_in();
  ASSERT_EQ(opened.status, 204) << opened.body;
  EXPECT_EQ(opened.body.find("token"), std::string::npos);
  EXPECT_NE(opened.head().find("; HttpOnly; SameSite="), std::string::npos) << opened.head();
  auto mine = who_am_i();
  EXPECT_TRUE(is_signed_in(mine)) << mine.body;
  EXPECT_EQ(mine.json().root()["roles"].size(), 1u);
  EXPECT_EQ(mine.text("site_id"), cast().instance().login("warehouse").site);
  EXPECT_EQ(mine.header("access-control-allow-origin"), "");
  EXPECT_EQ(ops.ask("GET", "/api/v1/warehouse/tasks", jar.header()).status, 200);
  EXPECT_FALSE(is_signed_in(ops.ask("GET", "/session")));
}

TEST_F(StaffSession, AnEndedAccessTokenIsRenewedOnTheWay) {
  sign_in();
  jar.drop("ops_access");
  auto tasks = ops.ask("GET", "/api/v1/warehouse/tasks", jar.header());
  EXPECT_EQ(tasks.status, 200) << tasks.body;
  EXPECT_NE(tasks.head().find("Set-Cookie: ops_access="), std::string::npos) << tasks.head();
}

TEST_F(StaffSession, AnotherPageCannotActWithThem) {
  sign_in();
  who_am_i();
  auto path = "/api/v1/warehouse/tasks/" + cast().task() + "/scans";
  std::string body = R"({"scan_id":"session-1","bin":"no such bin","barcode":"none","quantity":1})";
  auto scan = [&](const std::string& headers) { return ops.ask("POST", path, jar.header() + headers, body); };
  EXPECT_EQ(scan("").text("code"), "csrf");
  EXPECT_EQ(scan("X-CSRF-Token: guessed\r\n").text("code"), "csrf");
  EXPECT_EQ(scan(csrf + "Origin: http://127.0.0.1:1\r\n").text("code"), "cross_site");
  // The sandbox and the storefront are of the same site, but not of the same origin.
  EXPECT_EQ(scan(csrf + "Sec-Fetch-Site: same-site\r\n").text("code"), "cross_site");
  // Our own page is let in, and then it is about the task.
  auto own = scan(csrf + "Sec-Fetch-Site: same-origin\r\n").text("code");
  EXPECT_TRUE(own == "wrong_goods" || own == "other_site") << own;
  EXPECT_EQ(ops.ask("DELETE", "/session", jar.header()).text("code"), "csrf");
  EXPECT_EQ(sign_in("Origin: http://evil.test\r\n").text("code"), "cross_site");
}

TEST_F(StaffSession, ALateAnswerOfAnotherTabKeepsNobodyOutOnceTheAccountIsComplete) {
  auto made = ops.ask("POST", "/api/v1/staff", cast().header(Who::admin),
                      R"({"login":"latecomer","roles":["support"]})");
  auto handed = harness::json_string(made.text("password"));
  jar.keep(ops.ask("POST", "/session", "", R"({"login":"latecomer","password":)" + handed + "}"));
  EXPECT_NE(who_am_i().body.find("must_change_password"), std::string::npos);
  auto late = jar;  // what the other tab puts back
  auto changed = ops.ask("POST", "/api/v1/auth/password", jar.header() + csrf,
                         R"({"current_password":)" + handed + R"(,"new_password":"words of my own choice"})");
  ASSERT_EQ(changed.status, 204) << changed.body;
  jar.keep(changed);
  EXPECT_NE(who_am_i().body.find(R"("roles":["support"])"), std::string::npos);
  EXPECT_EQ(ops.ask("GET", "/api/v1/orders", late.header()).status, 200);
  auto again = ops.ask("GET", "/session", late.header());
  EXPECT_NE(again.body.find(R"("roles":["support"])"), std::string::npos) << again.body;
  EXPECT_EQ(ops.ask("GET", "/api/v1/orders", jar.header()).status, 200) << "nobody looked like a thief";
}

TEST_F(StaffSession, SigningOutEndsIt) {
  sign_in();
  who_am_i();
  auto before = jar;
  auto out = ops.ask("DELETE", "/session", jar.header() + csrf);
  EXPECT_EQ(out.status, 204) << out.body;
  jar.keep(out);
  EXPECT_FALSE(is_signed_in(who_am_i()));
  // A thief of the old cookies gets no new access token.
  before.drop("ops_access");
  EXPECT_FALSE(is_signed_in(ops.ask("GET", "/session", before.header())));
}

TEST_F(StaffSession, AChoiceIsKeptInACookie) {
  auto chosen = ops.ask("POST", "/preferences", "", R"({"language":"en","theme":"dark"})");
  EXPECT_EQ(chosen.status, 204) << chosen.body;
  jar.keep(chosen);
  auto page = ops.ask("GET", "/terminal", jar.header());
  EXPECT_NE(page.body.find(R"(<html lang="en" data-theme="dark">)"), std::string::npos) << page.body;
  EXPECT_EQ(ops.ask("POST", "/preferences", "", R"({"language":"xx"})").status, 400);
  EXPECT_EQ(ops.ask("POST", "/preferences", "", R"({"theme":"pink"})").status, 400);
}

TEST_F(StaffSession, ThePagesOfStaffAreShutToFramesRobotsAndForeignScripts) {
  for (const char* path : {"/terminal", "/terminal/tasks/tsk_1", "/console", "/console/orders"}) {
    auto page = ops.ask("GET", path, "Accept: text/html\r\n");
    EXPECT_EQ(page.status, 200) << path;
    auto policy = page.header("content-security-policy");
    EXPECT_NE(policy.find("script-src 'self';"), std::string::npos) << policy;
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos) << policy;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos) << policy;
    EXPECT_EQ(page.header("x-frame-options"), "DENY");
    EXPECT_NE(page.header("x-robots-tag").find("noindex"), std::string::npos);
    EXPECT_EQ(page.body.find("<script>"), std::string::npos);
    EXPECT_EQ(page.body.find("style=\""), std::string::npos);
    EXPECT_EQ(page.body.find("http://"), std::string::npos);
  }
  auto page = ops.ask("GET", "/terminal");
  auto at = page.body.find("src=\"/assets/terminal.") + 5;
  auto script = ops.ask("GET", page.body.substr(at, page.body.find('"', at) - at));
  EXPECT_EQ(script.status, 200);
  EXPECT_NE(script.header("cache-control").find("immutable"), std::string::npos);
  EXPECT_EQ(ops.ask("GET", "/terminal/a/b/c").status, 404);
}

TEST_F(StaffSession, TheTerminalsServiceWorkerIsAlwaysTheNewestAndKeepsTheScriptOfItsPage) {
  auto worker = ops.ask("GET", "/terminal-worker.js");
  EXPECT_EQ(worker.status, 200);
  EXPECT_EQ(worker.header("cache-control"), "no-cache");
  EXPECT_NE(worker.header("content-type").find("javascript"), std::string::npos);
  auto page = ops.ask("GET", "/terminal");
  auto at = page.body.find("/assets/terminal.", page.body.find("<script"));
  EXPECT_NE(worker.body.find(page.body.substr(at, page.body.find('"', at) - at)), std::string::npos);
}

}  // namespace
}  // namespace bramble::access
