// Serves route tables: finds the route, says who asks, keeps the limits, and answers every failure as
// problem+json. Every answer carries X-Request-Id and traceparent; nothing a request does ends the process.
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

// What a gateway adds. Each may be left out. All run on the gateway's executor, in this order.
struct RouterHooks {
  // Before anything is known of the caller: limits by address, origin checks. Throws.
  std::function<void(const RouteInfo&, HttpCall& http)> admit;
  // Who asks. Throws Error unauthenticated or forbidden as the route's auth and roles demand. Without it
  // everybody is nobody, and routes for buyers and staff are refused.
  std::function<Task<Caller>(const RouteInfo&, HttpCall& http)> authenticate;
  // The caller is known: limits by principal. What it adds to `http.headers` is in the answer, also in a
  // failure's.
  std::function<void(const RouteInfo&, HttpCall& http)> limit;
  // Runs the route, perhaps not at all or around something (idempotency). Without it: `route.run(http)`.
  std::function<Task<HttpResponse>(const Route&, HttpCall& http)> invoke;
  // A failure of the route, or of a path that none has (`info.name` is "none"): makes a page of the problem
  // document where a person will read it. `code` is the document's.
  std::function<void(const RouteInfo&, const HttpCall&, std::string_view code, HttpResponse&)> show_failure;
  // A request that was refused or failed, and how; `http.call.caller` is known if it was by then.
  std::function<void(const RouteInfo&, const HttpCall&, int status, std::string_view code)> failed;
  // Last look at an answer before it leaves, failures included.
  std::function<void(const HttpRequest&, HttpResponse&)> finish;
  // For a path that no route has: files, pages. Without it: 404.
  HttpHandler otherwise;
};

struct RouterOptions {
  std::string server;               // the label in metrics: "storefront"
  Duration deadline = seconds(10);  // of a request that is not a stream
  bool secure = false;              // people reach it over TLS, whatever the last hop speaks
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
  struct Visit;
  Task<HttpResponse> serve(HttpRequest request);
  Task<HttpResponse> run(Visit& visit);
  void prepare(Visit& visit) const;
  HttpResponse failure_answer(const Visit& visit, std::exception_ptr failure, std::string& code) const;
  bool may_log() const;
  void conclude(Visit& visit, HttpResponse& response) const;
  std::unique_ptr<Entry> entry(Route route);

  const Clock& clock_;
  Random& random_;
  Metrics& metrics_;
  Logger& log_;
  RouterOptions options_;
  RouterHooks hooks_;
  PathTree paths_;
  std::vector<std::unique_ptr<Entry>> entries_;
  std::unique_ptr<Entry> elsewhere_;  // counts what no route has
  mutable std::int64_t logged_second_ = 0;
  mutable int logged_ = 0;
};

}  // namespace bramble::edge
