#include "gateways/pages/site.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "gateways/edge/cookies.h"
#include "testing/clock.h"
#include "testing/fakes/fake_auth.h"
#include "testing/fakes/quiet_logger.h"
#include "testing/fakes/quiet_metrics.h"
#include "testing/run.h"

namespace bramble::pages {
namespace {

constexpr std::string_view failure_texts =
    "failure.not_found.title = Нет\nfailure.not_found.text = Нет такой страницы\n"
    "failure.stale_form.title = Старая\nfailure.stale_form.text = Форма устарела\n"
    "failure.broken.title = Беда\nfailure.broken.text = Чиним\n"
    "failure.bad_request.title = Не то\nfailure.bad_request.text = Не так\n";

Task<Answer> greet(PageRequest& request) {
  request.view.set("NAME", request.query.get("name"));
  co_return PageResult{"hello.html"};
}

Task<Answer> rename(PageRequest& request) {
  co_return redirect(QueryText().add("name", request.form.get("name")).after("/hello"));
}

Task<Answer> fail(PageRequest&) {
  throw Error(ErrorCode::internal, "bug", "secret detail");
  co_return PageResult{"hello.html"};
}

class SiteTest : public testing::Test {
 protected:
  SiteTest() {
    std::vector<PageFile> files = {
        {"hello.html",
         "<html lang=\"{{LANG}}\" data-theme=\"{{THEME}}\"><p>{{NAME}}</p><i>{{CSRF}}</i><b>{{HERE}}</b>"},
        {"failure.html", "<h1>{{TITLE}}</h1><p>{{FAILURE_TEXT}}</p><code>{{REQUEST_ID}}</code>"},
        {"f.ru.txt", failure_texts},
        {"f.en.txt", failure_texts}};
    site = std::make_unique<Site>(files, session,
                                  SiteOptions{.public_url = "http://shop.test",
                                              .form_targets = "https://bank.test",
                                              .asset_url = [](std::string_view name) {
                                                return std::string(name);
                                              }});
    edge::RouterHooks hooks;
    hooks.authenticate = [](const edge::RouteInfo& info, edge::HttpCall&) -> Task<Caller> {
      if (info.auth == edge::Auth::buyer)
        throw Error(ErrorCode::unauthenticated, "unauthenticated", "Sign in.");
      co_return Caller{};
    };
    hooks.show_failure = [this](const edge::RouteInfo& info, const edge::HttpCall& http,
                                std::string_view code,
                                HttpResponse& response) { site->show_failure(info, http, code, response); };
    router = std::make_unique<edge::Router>(clock, random, metrics, log,
                                            edge::RouterOptions{.server = "test"}, std::move(hooks));
    std::vector<edge::Route> routes = site->preference_routes();
    routes.push_back(site->get("hello", "/hello", edge::Auth::optional, greet));
    routes.push_back(site->post("rename", "/name", edge::Auth::optional, rename));
    routes.push_back(site->get("fail", "/fail", edge::Auth::optional, fail));
    routes.push_back(site->get("mine", "/mine", edge::Auth::buyer, greet));
    routes.push_back(site->post("pay", "/pay", edge::Auth::buyer, rename));
    router->add(std::move(routes));
  }

  HttpResponse ask(std::string method, std::string path, std::string query = {}, std::string body = {},
                   HttpHeaders headers = {}) {
    HttpRequest request{.method = std::move(method), .path = std::move(path), .query = std::move(query)};
    request.headers = std::move(headers);
    if (!body.empty()) request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    request.body = std::move(body);
    return run_sync(router->handler()(std::move(request)));
  }
  // Sends a form as a browser does that has seen a page: with its cookie and its token.
  HttpResponse send(std::string path, std::string body) {
    auto page = ask("GET", "/hello");
    auto begin = page.body.find("<i>") + 3;
    auto token = page.body.substr(begin, page.body.find("</i>") - begin);
    HttpHeaders headers;
    headers.add("Cookie", "csrf=" + std::string(edge::cookie_of(page.headers.get("Set-Cookie"), "csrf")));
    return ask("POST", std::move(path), {}, std::move(body) + "&csrf=" + token, std::move(headers));
  }
  static HttpHeaders with(std::string name, std::string value) {
    HttpHeaders headers;
    headers.add(std::move(name), std::move(value));
    return headers;
  }

  TestClock clock;
  SeededRandom random;
  QuietMetrics metrics;
  QuietLogger log;
  FakeAuth auth;
  edge::BrowserSession session{clock, random, auth, {"storefront", "http://shop.test", "a key"}};
  std::unique_ptr<Site> site;
  std::unique_ptr<edge::Router> router;
};

TEST_F(SiteTest, EveryPageKeepsStrangersOut) {
  auto page = ask("GET", "/hello", "name=%3Cscript%3E");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("<p>&lt;script&gt;</p>"), std::string::npos);
  EXPECT_EQ(page.headers.get("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.headers.get("Content-Security-Policy"),
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-ancestors "
            "'none'; form-action 'self' https://bank.test; base-uri 'none'; object-src 'none'");
  EXPECT_EQ(page.headers.get("X-Frame-Options"), "DENY");
  EXPECT_EQ(page.headers.get("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(page.headers.get("Referrer-Policy"), "strict-origin-when-cross-origin");
  EXPECT_EQ(page.headers.get("Cross-Origin-Opener-Policy"), "same-origin");
  EXPECT_NE(page.headers.get("Permissions-Policy").find("camera=()"), std::string::npos);
  auto cookie = page.headers.get("Set-Cookie");
  EXPECT_NE(cookie.find("HttpOnly; SameSite=Lax"), std::string::npos) << cookie;
}

TEST_F(SiteTest, AFormIsAnsweredByARedirect) {
  auto renamed = send("/name", "name=a%26b");
  EXPECT_EQ(renamed.status, 303);
  EXPECT_EQ(renamed.headers.get("Location"), "/hello?name=a%26b");
}

TEST_F(SiteTest, AFormWithoutItsTokenChangesNothing) {
  auto refused = ask("POST", "/name", {}, "name=a");
  EXPECT_EQ(refused.status, 403);
  EXPECT_NE(refused.body.find("Форма устарела"), std::string::npos);
  auto forged = ask("POST", "/name", {}, "name=a&csrf=AAAA", with("Cookie", "csrf=0123"));
  EXPECT_EQ(forged.status, 403);
}

TEST_F(SiteTest, ChoicesAreKeptAndTheWayBackIsOurs) {
  auto english = send("/language", "language=en&back=%2Fhello%3Fname%3Dx");
  EXPECT_EQ(english.status, 303);
  EXPECT_EQ(english.headers.get("Location"), "/hello?name=x");
  EXPECT_TRUE(english.headers.get("Set-Cookie").starts_with("lang=en; Path=/; Max-Age=31536000; HttpOnly"));
  auto evil = send("/language", "language=de&back=%2F%2Fevil.example");
  EXPECT_EQ(evil.headers.get("Location"), "/");
  EXPECT_FALSE(evil.headers.has("Set-Cookie"));
  EXPECT_TRUE(send("/theme", "theme=dark").headers.get("Set-Cookie").starts_with("theme=dark;"));
  auto dark = ask("GET", "/hello", {}, {}, with("Cookie", "lang=en; theme=dark"));
  EXPECT_NE(dark.body.find("<html lang=\"en\" data-theme=\"dark\">"), std::string::npos);
}

TEST_F(SiteTest, FailuresArePagesForPeopleAndProblemsForPrograms) {
  auto nowhere = ask("GET", "/nowhere", {}, {}, with("Accept", "text/html,*/*"));
  EXPECT_EQ(nowhere.status, 404);
  EXPECT_NE(nowhere.body.find("Нет такой страницы"), std::string::npos);
  EXPECT_TRUE(nowhere.headers.has("Content-Security-Policy"));
  EXPECT_EQ(ask("GET", "/nowhere").headers.get("Content-Type"), "application/problem+json");
  auto api = ask("GET", "/api/v1/nowhere", {}, {}, with("Accept", "text/html"));
  EXPECT_EQ(api.headers.get("Content-Type"), "application/problem+json");
  auto broken = ask("GET", "/fail");
  EXPECT_EQ(broken.status, 500);
  EXPECT_EQ(broken.body.find("secret"), std::string::npos);
  EXPECT_NE(broken.body.find("<code>req_"), std::string::npos);
}

TEST_F(SiteTest, WhoMustSignInComesBackAfterwards) {
  auto sent = ask("GET", "/mine", "page=2");
  EXPECT_EQ(sent.status, 303);
  EXPECT_EQ(sent.headers.get("Location"), "/sign-in?back=%2Fmine%3Fpage%3D2");
}

TEST_F(SiteTest, WhoMustSignInForAFormIsToldAndComesBackToItsPage) {
  auto sent_from = [this](std::string address) {
    HttpHeaders headers = with("Referer", std::move(address));
    headers.add("Host", "127.0.0.1:8080");
    return std::string(ask("POST", "/pay", {}, "a=1", std::move(headers)).headers.get("Location"));
  };
  EXPECT_EQ(sent_from("http://127.0.0.1:8080/checkout?pay=card"),
            "/sign-in?back=%2Fcheckout%3Fpay%3Dcard&ended=1");
  // Behind a proxy the Host is another than the address that readers know.
  EXPECT_EQ(sent_from("http://shop.test/checkout"), "/sign-in?back=%2Fcheckout&ended=1");
  EXPECT_EQ(sent_from("http://shop.test"), "/sign-in?back=%2F&ended=1");
  EXPECT_EQ(sent_from("http://evil.example/checkout"), "/sign-in?back=%2F&ended=1");
  EXPECT_EQ(sent_from("http://shop.test.evil.example/checkout"), "/sign-in?back=%2F&ended=1");
  EXPECT_EQ(sent_from("http://shop.test//evil.example"), "/sign-in?back=%2F&ended=1");
  EXPECT_EQ(sent_from("shop.test/checkout"), "/sign-in?back=%2F&ended=1");
}

}  // namespace
}  // namespace bramble::pages
