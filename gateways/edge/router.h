// Serves route tables: finds the route, authenticates, checks limits, and answers every failure as
// problem+json. Every answer carries X-Request-Id and traceparent. No request ends the process.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gateways/edge/path_tree.h"
#include "gateways/edge/route.h"
#include "ports/clock.h"
#include "runtime/log.h"
#include "runtime/metrics.h"

namespace bramble::edge {

// The parts that a gateway adds. Each is optional. All run on the gateway's executor, in this order.
struct RouterHooks {
  // Before authentication: limits by address, protection from other sites. Throws.
  std::function<void(const RouteInfo&, HttpCall& http)> admit;
  // Returns the caller. Throws Error unauthenticated or forbidden by the route's auth and roles. Without it,
  // nobody is authenticated, and routes for buyers and staff are refused.
  std::function<Task<Caller>(const RouteInfo&, HttpCall& http)> authenticate;
  // After authentication: limits by principal. Headers that it adds to `http.headers` are in the answer, also
  // in a failure.
  std::function<void(const RouteInfo&, HttpCall& http)> limit;
  // Runs the route, or answers in its place (idempotency). Without it: `route.run(http)`.
  std::function<Task<HttpResponse>(const Route&, HttpCall& http)> invoke;
  // A failure of a route, or of a path without a route (`info.name` is "none"): replaces the problem document
  // by a page if a person will read it. `code` is the document's.
  std::function<void(const RouteInfo&, const HttpCall&, std::string_view code, HttpResponse&)> show_failure;
  // Hears of each refused or failed request. `http.call.caller` is empty if it failed before authentication.
  std::function<void(const RouteInfo&, const HttpCall&, int status, std::string_view code)> failed;
  // May change each answer before it is sent, also failures.
  std::function<void(const HttpRequest&, HttpResponse&)> finish;
  // Answers paths without a route, such as files. Without it: 404.
  HttpHandler otherwise;
};

struct RouterOptions {
  std::string server;               // the label in metrics: "storefront"
  Duration deadline = seconds(10);  // of a request that is not a stream
  bool secure = false;              // people reach it over TLS, even if the last hop is plain
};

class Router {
 public:
  Router(const Clock& clock, Random& random, Metrics& metrics, Logger& log, RouterOptions options,
         RouterHooks hooks = {});
  ~Router();

  // Before the first request. Throws Error internal for a route given twice.
  void add(std::vector<Route> routes);

  // The Router must outlive it.
  HttpHandler handler();

 private:
  struct Entry;
  struct Exchange;
  Task<HttpResponse> serve(HttpRequest request);
  Task<HttpResponse> run(Exchange& exchange);
  void prepare(Exchange& exchange) const;
  HttpResponse failure_answer(const Exchange& exchange, std::exception_ptr failure, std::string& code) const;
  bool may_log() const;
  void conclude(Exchange& exchange, HttpResponse& response) const;
  std::unique_ptr<Entry> entry(Route route);

  const Clock& clock_;
  Random& random_;
  Metrics& metrics_;
  Logger& log_;
  RouterOptions options_;
  RouterHooks hooks_;
  PathTree paths_;
  std::vector<std::unique_ptr<Entry>> entries_;
  std::unique_ptr<Entry> elsewhere_;  // counts requests without a route
  mutable std::int64_t logged_second_ = 0;
  mutable int logged_ = 0;
};

}  // namespace bramble::edge
