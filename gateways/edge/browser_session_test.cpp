#include "gateways/edge/browser_session.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "gateways/edge/cookies.h"
#include "testing/clock.h"
#include "testing/fakes/fake_auth.h"
#include "testing/run.h"

namespace bramble::edge {
namespace {

class BrowserSessionTest : public testing::Test {
 protected:
  struct Exchange {
    HttpRequest request;
    HttpCall http;
  };
  std::unique_ptr<Exchange> visit(std::string cookies, std::string method = "GET") {
    auto made = std::make_unique<Exchange>();
    made->request.method = std::move(method);
    made->request.headers.add("Cookie", std::move(cookies));
    made->http.request = &made->request;
    return made;
  }
  static std::string cookies_set(const HttpCall& http) {
    std::string text;
    for (const auto& [name, value] : http.headers) text += value + "\n";
    return text;
  }

  static std::string csrf_cookie(const HttpCall& http) {
    return "csrf=" + std::string(cookie_of(http.headers.get("Set-Cookie"), "csrf"));
  }
  // The reason; empty when the form is taken.
  std::string refusal(const HttpCall& http, Auth auth, std::string_view token) const {
    try {
      session.check_csrf(http, auth, token);
    } catch (const Error& error) {
      return error.reason;
    }
    return "";
  }

  TestClock clock;
  SeededRandom random;
  FakeAuth auth;
  BrowserSession session{clock, random, auth, {"storefront", "http://127.0.0.1:8080", "a key"}};
};

TEST_F(BrowserSessionTest, TokensAreInCookiesThatNoScriptReads) {
  auto here = visit("");
  session.give(here->http, {"acc", "Bearer", 900, "ref", {UserId("usr_1")}, 43'200});
  EXPECT_EQ(cookies_set(here->http), "access=acc; Path=/; Max-Age=900; HttpOnly; SameSite=Lax\n"
                                     "refresh=ref; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax\n");
  auto there = visit("");
  there->request.secure = true;
  BrowserSession secure(clock, random, auth, {"ops", "https://ops.example", "a key"});
  secure.give(there->http, {"acc", "Bearer", 900, "ref", {UserId("usr_1")}, 43'200});
  EXPECT_EQ(cookies_set(there->http),
            "__Host-ops_access=acc; Path=/; Max-Age=900; HttpOnly; SameSite=Lax; Secure\n"
            "__Host-ops_refresh=ref; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure\n");
}

TEST_F(BrowserSessionTest, OverTlsACookieOfANeighboursSubdomainIsNone) {
  auto planted = visit("access=theirs; __Host-access=ours");
  EXPECT_EQ(session.access_token(planted->request), "theirs");
  planted->request.secure = true;
  EXPECT_EQ(session.access_token(planted->request), "ours");
  auto only_planted = visit("refresh=theirs");
  only_planted->request.secure = true;
  EXPECT_FALSE(session.has_refresh_token(only_planted->request));
}

TEST_F(BrowserSessionTest, TwoTabsThatRenewAtOnceShareOneAnswer) {
  auth.good = {"old"};
  auth.hold = true;
  auto first = visit("refresh=old");
  auto second = visit("refresh=old");
  std::vector<std::string> given(2);
  auto renew = [this](HttpCall& http, std::string& access) -> Task<void> {
    auto tokens = co_await session.renew(http);
    access = tokens ? tokens->access_token : "none";
  };
  auto let_go = [this]() -> Task<void> {
    auth.hold = false;
    for (auto& resume : std::exchange(auth.held, {})) resume();
    co_return;
  };
  std::vector<Task<void>> tasks;
  tasks.push_back(renew(first->http, given[0]));
  tasks.push_back(renew(second->http, given[1]));
  tasks.push_back(let_go());
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(given, (std::vector<std::string>{"access-1", "access-1"}));
  EXPECT_EQ(auth.refreshed, 1);
  EXPECT_EQ(cookies_set(first->http), cookies_set(second->http));
}

TEST_F(BrowserSessionTest, ATabThatComesALittleLaterGetsTheSameTokens) {
  auth.good = {"old"};
  auto first = visit("refresh=old");
  EXPECT_EQ(run_sync(session.renew(first->http))->access_token, "access-1");
  clock.advance(seconds(29));
  auto second = visit("refresh=old");
  EXPECT_EQ(run_sync(session.renew(second->http))->access_token, "access-1");
  clock.advance(seconds(2));
  auto thief = visit("refresh=old");
  EXPECT_FALSE(run_sync(session.renew(thief->http)));
  EXPECT_EQ(auth.refreshed, 2);
  EXPECT_NE(cookies_set(thief->http).find("refresh=; Path=/; Max-Age=0"), std::string::npos);
}

TEST_F(BrowserSessionTest, AfterAChangeNoAnswerFromBeforeItIsGiven) {
  auth.good = {"old"};
  auto before = visit("refresh=old");
  run_sync(session.renew(before->http));
  auto change = visit("refresh=old", "POST");
  EXPECT_EQ(run_sync(session.renew_now(change->http))->access_token, "access-2");
  EXPECT_NE(cookies_set(change->http).find("refresh=refresh-2;"), std::string::npos);
  // Of whom the cookies of the answer before reach later, it goes on from there.
  auto late = visit("refresh=refresh-1");
  EXPECT_EQ(run_sync(session.renew(late->http))->access_token, "access-2");
  auto again = visit("refresh=old", "POST");
  EXPECT_EQ(run_sync(session.renew_now(again->http))->access_token, "access-3");
  EXPECT_EQ(auth.refreshed, 3) << "each token was used once: nobody looks like a thief";
}

TEST_F(BrowserSessionTest, AChangeDuringARenewalWaitsForItAndRenewsOnceMore) {
  auth.good = {"old"};
  auth.hold = true;
  auto first = visit("refresh=old");
  auto second = visit("refresh=old", "POST");
  std::string given;
  auto renew = [this](HttpCall& http) -> Task<void> { co_await session.renew(http); };
  auto change = [this](HttpCall& http, std::string& access) -> Task<void> {
    access = (co_await session.renew_now(http))->access_token;
  };
  auto let_go = [this]() -> Task<void> {
    auth.hold = false;
    for (auto& resume : std::exchange(auth.held, {})) resume();
    co_return;
  };
  std::vector<Task<void>> tasks;
  tasks.push_back(renew(first->http));
  tasks.push_back(change(second->http, given));
  tasks.push_back(let_go());
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(given, "access-2");
}

TEST_F(BrowserSessionTest, WhatAuthCouldNotAnswerIsAskedAgain) {
  auth.good = {"old"};
  auth.trouble.next("refresh", Trouble::When::before);
  auto first = visit("refresh=old");
  EXPECT_THROW(run_sync(session.renew(first->http)), Error);
  EXPECT_EQ(cookies_set(first->http), "");
  auto second = visit("refresh=old");
  EXPECT_TRUE(run_sync(session.renew(second->http)));
}

TEST_F(BrowserSessionTest, SigningOutEndsTheSessionAndItsCookies) {
  auth.good = {"old"};
  auto here = visit("access=a; refresh=old", "POST");
  run_sync(session.sign_out(here->http));
  EXPECT_TRUE(auth.good.empty());
  EXPECT_NE(cookies_set(here->http).find("access=; Path=/; Max-Age=0"), std::string::npos);
}

TEST_F(BrowserSessionTest, AFormIsTakenFromTheBrowserThatWasGivenIt) {
  auto page = visit("");
  auto token = session.csrf_token(page->http);
  auto again = session.csrf_token(page->http);
  EXPECT_NE(again, token) << "each answer has a mask of its own";
  auto form = visit(csrf_cookie(page->http), "POST");
  EXPECT_EQ(refusal(form->http, Auth::optional, token), "");
  EXPECT_EQ(refusal(form->http, Auth::optional, again), "");
  EXPECT_EQ(refusal(form->http, Auth::optional, ""), "csrf");
  EXPECT_EQ(refusal(visit("", "POST")->http, Auth::optional, token), "csrf");
  EXPECT_EQ(refusal(visit("csrf=planted", "POST")->http, Auth::optional, token), "csrf");
  form->request.headers.add("Sec-Fetch-Site", "cross-site");
  EXPECT_EQ(refusal(form->http, Auth::nobody, token), "cross_site");
}

TEST_F(BrowserSessionTest, APageMadeBeforeSigningInMayDoWhatAStrangerMay) {
  auto page = visit("");
  auto token = session.csrf_token(page->http);
  auto form = visit(csrf_cookie(page->http), "POST");
  form->http.call.caller = {CallerKind::buyer, "usr_1", {}, ""};
  EXPECT_EQ(refusal(form->http, Auth::optional, token), "");
  EXPECT_EQ(refusal(form->http, Auth::nobody, token), "");
  EXPECT_EQ(refusal(form->http, Auth::buyer, token), "csrf");
  EXPECT_EQ(refusal(form->http, Auth::staff, token), "csrf");
}

TEST_F(BrowserSessionTest, APageOfWhoIsSignedInNoMoreSaysThatTheSessionHasEnded) {
  auto page = visit("");
  page->http.call.caller = {CallerKind::buyer, "usr_1", {}, ""};
  auto token = session.csrf_token(page->http);
  auto form = visit(csrf_cookie(page->http), "POST");
  EXPECT_EQ(refusal(form->http, Auth::optional, token), "session_ended");
  EXPECT_EQ(refusal(form->http, Auth::nobody, token), "");
  form->http.call.caller = {CallerKind::buyer, "usr_2", {}, ""};
  EXPECT_EQ(refusal(form->http, Auth::optional, token), "csrf");
  EXPECT_EQ(refusal(form->http, Auth::buyer, token), "csrf");
  form->http.call.caller.id = "usr_1";
  EXPECT_EQ(refusal(form->http, Auth::buyer, token), "");
}

TEST_F(BrowserSessionTest, WhatTellsABrowserFromAStrangersOutlivesTheSession) {
  auto here = visit("__Host-ops_device=ours; ops_device=planted");
  here->request.secure = true;
  BrowserSession secure(clock, random, auth, {"ops", "https://ops.example", "a key"});
  EXPECT_EQ(secure.device(here->request), "ours");
  secure.keep_device(here->http, "next");
  secure.take_away(here->http);
  auto set = cookies_set(here->http);
  EXPECT_NE(set.find("__Host-ops_device=next; Path=/; Max-Age="), std::string::npos) << set;
  EXPECT_EQ(set.find("__Host-ops_device=;"), std::string::npos) << set;
}

}  // namespace
}  // namespace bramble::edge
