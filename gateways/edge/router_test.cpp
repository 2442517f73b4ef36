#include "gateways/edge/router.h"

#include <gtest/gtest.h>

#include "gateways/edge/problem.h"
#include "testing/clock.h"
#include "testing/run.h"

namespace bramble::edge {
namespace {

class TestMetrics final : public Metrics {
 public:
  Counter& counter(std::string_view name, std::string_view, MetricLabels labels) override {
    std::string key(name);
    for (const auto& [label, value] : labels) key.append(" ").append(label).append("=").append(value);
    return counters[key];
  }
  Histogram& histogram(std::string_view, std::string_view, MetricLabels) override { return histogram_; }
  void gauge(std::string_view, std::string_view, std::function<double()>, MetricLabels) override {}
  void total(std::string_view, std::string_view, std::function<double()>, MetricLabels) override {}
  std::string expose() override { return {}; }

  struct Count final : Counter {
    void add(std::int64_t amount) override { value += amount; }
    std::int64_t value = 0;
  };
  std::map<std::string, Count> counters;

 private:
  struct Nothing final : Histogram {
    void observe_us(std::int64_t) override {}
  };
  Nothing histogram_;
};

class TestLogger final : public Logger {
 public:
  void write(LogLevel, std::string_view event, std::initializer_list<LogField>, const Call*) override {
    events.emplace_back(event);
  }
  std::vector<std::string> events;
};

Task<HttpResponse> text(std::string body) { co_return HttpResponse{.body = std::move(body)}; }

Task<HttpResponse> echo(HttpCall& http) {
  http.headers.add("X-Echo", "yes");
  std::string body = http.call.caller.id + "|" + http.call.request_id + "|" + http.idempotency_key;
  for (const auto& [name, value] : http.path) body.append("|").append(name).append("=").append(value);
  return text(std::move(body));
}

Task<HttpResponse> fail(std::string what) {
  if (what == "conflict") throw Error(ErrorCode::conflict, "order_packed", "It is packed.");
  if (what == "problem") throw Problem(409, "price_changed", "The price changed.", "\"price\":7");
  if (what == "media") throw Error(ErrorCode::invalid, "unsupported_media_type", "JSON, please.");
  if (what == "unavailable") throw Error(ErrorCode::unavailable, "not_connected", "10.1.2.3:5432 refused");
  if (what == "timeout") throw Error(ErrorCode::timeout, "not_connected", "10.1.2.3:5432 is silent");
  if (what == "internal") throw Error(ErrorCode::internal, "bug", "secret detail");
  throw std::runtime_error("secret detail");
  co_return HttpResponse{};
}

Route route(std::string_view name, std::string_view method, std::string_view path, Auth auth = Auth::nobody,
            bool idempotent = false) {
  return {{.name = name, .method = method, .path = path, .auth = auth, .idempotent = idempotent}, echo};
}

class RouterTest : public testing::Test {
 protected:
  Router& router(RouterHooks hooks = {}, bool secure = false) {
    router_ = std::make_unique<Router>(clock, random, metrics, log,
                                       RouterOptions{.server = "test", .secure = secure}, std::move(hooks));
    std::vector<Route> routes;
    routes.push_back(route("get_cart", "GET", "/cart"));
    routes.push_back(route("put_item", "PUT", "/cart/items/{sku_id}"));
    routes.push_back(route("orders", "POST", "/orders", Auth::nobody, true));
    routes.push_back(route("mine", "GET", "/mine", Auth::buyer));
    routes.push_back({{.name = "fail", .method = "GET", .path = "/fail/{how}"}, [](HttpCall& http) {
                        http.headers.add("RateLimit", "r=1");
                        return fail(http.path.find("how")->second);
                      }});
    router_->add(std::move(routes));
    return *router_;
  }
  HttpResponse ask(std::string method, std::string path, HttpHeaders headers = {}, std::string body = {}) {
    if (!router_) router();
    HttpRequest request{.method = std::move(method),
                        .path = std::move(path),
                        .headers = std::move(headers),
                        .body = std::move(body)};
    return run_sync(router_->handler()(std::move(request)));
  }
  static HttpHeaders with(std::string name, std::string value) {
    HttpHeaders headers;
    headers.add(std::move(name), std::move(value));
    return headers;
  }

  TestClock clock;
  SeededRandom random;
  TestMetrics metrics;
  TestLogger log;
  std::unique_ptr<Router> router_;
};

TEST_F(RouterTest, WhatNothingAnswersIsLimitedToo) {
  RouterHooks hooks;
  std::vector<std::string> admitted;
  hooks.admit = [&](const RouteInfo& info, HttpCall& http) {
    admitted.push_back(std::string(info.name) + " " + http.request->path);
    if (admitted.size() > 4) throw Error(ErrorCode::exhausted, "too_many_requests", "Too many.");
  };
  router(std::move(hooks));
  EXPECT_EQ(ask("GET", "/nowhere").status, 404);
  EXPECT_EQ(ask("GET", "/%ff").status, 400);
  EXPECT_EQ(ask("DELETE", "/cart").status, 405);
  EXPECT_EQ(ask("GET", "/cart").status, 200);
  EXPECT_EQ(ask("GET", "/nowhere").status, 429);
  EXPECT_EQ(admitted, (std::vector<std::string>{"none /nowhere", "none /%ff", "none /cart", "get_cart /cart",
                                                "none /nowhere"}));
}

TEST_F(RouterTest, EveryAnswerCanBeTracedAndIsNotCachedByDefault) {
  auto found = ask("GET", "/cart", with("X-Request-Id", "req-7"));
  EXPECT_EQ(found.status, 200);
  EXPECT_EQ(found.body, "|req-7|");
  EXPECT_EQ(found.headers.get("X-Request-Id"), "req-7");
  EXPECT_EQ(found.headers.get("X-Echo"), "yes");
  EXPECT_EQ(found.headers.get("Cache-Control"), "no-store");
  EXPECT_EQ(found.headers.get("X-Content-Type-Options"), "nosniff");
  auto missing = ask("GET", "/nothing", with("X-Request-Id", "bad id\t"));
  EXPECT_EQ(missing.status, 404);
  EXPECT_TRUE(missing.headers.get("X-Request-Id").starts_with("req_"));
  EXPECT_NE(missing.body.find(missing.headers.get("X-Request-Id")), std::string::npos);
  EXPECT_EQ(missing.headers.get("Content-Type"), "application/problem+json");
}

TEST_F(RouterTest, ATraceGoesOnAndGetsASpanOfItsOwn) {
  std::string given = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  auto traced = std::string(ask("GET", "/cart", with("traceparent", given)).headers.get("traceparent"));
  EXPECT_EQ(traced.substr(0, 36), given.substr(0, 36));
  EXPECT_NE(traced, given);
  auto fresh = std::string(ask("GET", "/cart", with("traceparent", "nonsense")).headers.get("traceparent"));
  EXPECT_EQ(fresh.size(), given.size());
}

TEST_F(RouterTest, AKnownPathSaysWhichMethodsItAnswers) {
  auto wrong = ask("POST", "/cart");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.headers.get("Allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(ask("OPTIONS", "/cart").status, 204);
  EXPECT_EQ(ask("HEAD", "/cart").status, 200);
  EXPECT_EQ(ask("BREW", "/cart").status, 405);
  EXPECT_EQ(ask("PUT", "/cart/items/%zz").status, 400);
  EXPECT_NE(ask("PUT", "/cart/items/sku%201").body.find("|sku_id=sku 1"), std::string::npos);
}

TEST_F(RouterTest, FailuresBecomeProblemsAndSecretsStayInside) {
  EXPECT_EQ(ask("GET", "/fail/conflict").status, 409);
  EXPECT_EQ(ask("GET", "/fail/conflict").headers.get("RateLimit"), "r=1");
  EXPECT_NE(ask("GET", "/fail/problem").body.find("\"price\":7"), std::string::npos);
  EXPECT_EQ(ask("GET", "/fail/media").status, 415);
  for (const char* how : {"/fail/internal", "/fail/other"}) {
    auto failed = ask("GET", how);
    EXPECT_EQ(failed.status, 500);
    EXPECT_EQ(failed.body.find("secret"), std::string::npos);
  }
  EXPECT_EQ(log.events.size(), 2U);
}

TEST_F(RouterTest, WhatIsUnavailableInsideIsNamedInTheLogAlone) {
  for (const char* how : {"/fail/unavailable", "/fail/timeout"}) {
    log.events.clear();
    auto failed = ask("GET", how, with("X-Request-Id", "req-9"));
    EXPECT_EQ(failed.status, how == std::string_view("/fail/timeout") ? 504 : 503);
    EXPECT_EQ(failed.body.find("10.1.2.3"), std::string::npos) << failed.body;
    EXPECT_NE(failed.body.find("\"code\":\"not_connected\""), std::string::npos) << failed.body;
    EXPECT_NE(failed.body.find("req-9"), std::string::npos);
    EXPECT_EQ(log.events.size(), 1U);
  }
  log.events.clear();
  for (int i = 0; i < 500; ++i) ask("GET", "/fail/unavailable");
  EXPECT_LE(log.events.size(), 40U) << "an outage does not fill the log";
}

TEST_F(RouterTest, OverTlsEveryAnswerForbidsTheClear) {
  EXPECT_FALSE(ask("GET", "/cart").headers.has("Strict-Transport-Security"));
  router({}, true);
  for (const char* path : {"/cart", "/nothing", "/fail/internal", "/fail/conflict"}) {
    EXPECT_EQ(ask("GET", path).headers.get("Strict-Transport-Security"), http_hsts) << path;
  }
}

TEST_F(RouterTest, AnIdempotentRouteNeedsAKeyOfSaneShape) {
  EXPECT_EQ(ask("POST", "/orders").status, 400);
  EXPECT_EQ(ask("POST", "/orders", with("Idempotency-Key", std::string(256, 'k'))).status, 400);
  EXPECT_EQ(ask("POST", "/orders", with("Idempotency-Key", "\xD0\x96")).status, 400);
  EXPECT_TRUE(ask("POST", "/orders", with("Idempotency-Key", std::string(255, 'k'))).body.ends_with("kkk"));
}

TEST_F(RouterTest, TheDigestTellsRequestsApart) {
  std::vector<std::string> digests;
  router({.invoke = [&](const Route& found, HttpCall& http) {
    digests.push_back(http.idempotency_digest);
    return found.run(http);
  }});
  ask("POST", "/orders", with("Idempotency-Key", "1"), "{}");
  ask("POST", "/orders", with("Idempotency-Key", "2"), "{}");
  ask("POST", "/orders", with("Idempotency-Key", "1"), "{ }");
  ASSERT_EQ(digests.size(), 3U);
  EXPECT_EQ(digests[0], digests[1]);
  EXPECT_NE(digests[0], digests[2]);
}

TEST_F(RouterTest, WithoutAnAuthenticatorOnlyOpenRoutesAnswer) {
  EXPECT_EQ(ask("GET", "/mine").status, 401);
  router({.authenticate = [](const RouteInfo&, HttpCall&) -> Task<Caller> {
            co_return Caller{.kind = CallerKind::buyer, .id = "usr_1"};
          },
          .limit = [](const RouteInfo&, HttpCall& http) { http.headers.add("RateLimit", "r=9"); }});
  auto mine = ask("GET", "/mine");
  EXPECT_TRUE(mine.body.starts_with("usr_1|"));
  EXPECT_EQ(mine.headers.get("RateLimit"), "r=9");
}

TEST_F(RouterTest, RequestsAreCountedByRouteAndStatus) {
  ask("GET", "/cart");
  ask("GET", "/cart");
  ask("GET", "/nowhere");
  EXPECT_EQ(metrics.counters["bramble_http_requests_total server=test route=get_cart status=2xx"].value, 2);
  EXPECT_EQ(metrics.counters["bramble_http_requests_total server=test route=none status=4xx"].value, 1);
}

}  // namespace
}  // namespace bramble::edge
