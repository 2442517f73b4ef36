#include "gateways/edge/router.h"

#include <array>

#include "base/digest.h"
#include "base/text.h"
#include "gateways/edge/language.h"
#include "gateways/edge/problem.h"
#include "ports/http_problem.h"

namespace bramble::edge {
namespace {

constexpr std::size_t longest_request_id = 128;
constexpr std::size_t longest_idempotency_key = 255;
constexpr int most_logged_a_second = 20;

bool is_sane_request_id(std::string_view id) {
  return !id.empty() && id.size() <= longest_request_id && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_' || c == '.' || c == ':';
  });
}

// Another well-mixed number from one that is random (splitmix64).
std::uint64_t mix(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15ULL;
  value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ value >> 27) * 0x94D049BB133111EBULL;
  return value ^ value >> 31;
}

std::string digest_of(const HttpRequest& request) {
  return sha256_hex({request.method, "\n", request.path, "\n", request.body});
}

// Checked on every route; some routes require it.
void read_idempotency_key(const RouteInfo& info, HttpCall& http) {
  const auto& request = *http.request;
  auto key = request.headers.get("Idempotency-Key");
  if (key.empty()) {
    if (!info.idempotent) return;
    throw Problem(400, "idempotency_key_missing", "This request needs an Idempotency-Key header.");
  }
  bool printable = std::all_of(key.begin(), key.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (key.size() > longest_idempotency_key || !printable) {
    throw Problem(400, "idempotency_key_malformed",
                  "An Idempotency-Key is 1 to 255 printable ASCII characters.");
  }
  if (request.method == "GET" || request.method == "HEAD") return;
  http.idempotency_key = key;
  http.idempotency_digest = digest_of(request);
}

// The methods that a path answers: "GET, HEAD, OPTIONS, POST".
std::string allowed(const std::vector<std::pair<std::string, std::size_t>>& methods) {
  std::vector<std::string> names{"OPTIONS"};
  for (const auto& [name, route] : methods) {
    names.push_back(name);
    if (name == "GET") names.emplace_back("HEAD");
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::string text;
  for (const auto& name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

}  // namespace

struct Router::Entry {
  Route route;
  std::array<Counter*, 5> requests{};  // by the first digit of the status
  Histogram* latency = nullptr;
};

// One request under way.
struct Router::Exchange {
  HttpRequest request;
  HttpCall http;
  const Entry* entry;
  Time began;
};

Router::Router(const Clock& clock, Random& random, Metrics& metrics, Logger& log, RouterOptions options,
               RouterHooks hooks)
    : clock_(clock),
      random_(random),
      metrics_(metrics),
      log_(log),
      options_(std::move(options)),
      hooks_(std::move(hooks)) {
  elsewhere_ = entry(Route{.info = {.name = "none"}, .run = {}});
}

Router::~Router() = default;

std::unique_ptr<Router::Entry> Router::entry(Route route) {
  auto made = std::make_unique<Entry>(Entry{.route = std::move(route)});
  static constexpr std::array<std::string_view, 5> classes = {"1xx", "2xx", "3xx", "4xx", "5xx"};
  for (std::size_t i = 0; i < classes.size(); ++i) {
    made->requests[i] = &metrics_.counter(
        "bramble_http_requests_total", "HTTP requests answered.",
        {{"server", options_.server}, {"route", made->route.info.name}, {"status", classes[i]}});
  }
  made->latency = &metrics_.histogram("bramble_http_request_seconds", "Time to answer an HTTP request.",
                                      {{"server", options_.server}, {"route", made->route.info.name}});
  return made;
}

void Router::add(std::vector<Route> routes) {
  for (auto& route : routes) {
    paths_.add(route.info.method, route.info.path, entries_.size());
    entries_.push_back(entry(std::move(route)));
  }
}

HttpHandler Router::handler() {
  return [this](HttpRequest request) { return serve(std::move(request)); };
}

Task<HttpResponse> Router::serve(HttpRequest request) {
  request.secure = request.secure || options_.secure;
  Exchange exchange{std::move(request), {}, elsewhere_.get(), clock_.now()};
  prepare(exchange);
  HttpResponse response;
  try {
    response = co_await run(exchange);
  } catch (...) {
    std::string code = "internal";
    response = failure_answer(exchange, std::current_exception(), code);
    if (hooks_.failed) hooks_.failed(exchange.entry->route.info, exchange.http, response.status, code);
    if (hooks_.show_failure) hooks_.show_failure(exchange.entry->route.info, exchange.http, code, response);
  }
  conclude(exchange, response);
  co_return response;
}

void Router::prepare(Exchange& exchange) const {
  auto& call = exchange.http.call;
  exchange.http.request = &exchange.request;
  call.deadline = exchange.began + options_.deadline;
  call.language = language_of(exchange.request);
  auto entropy = random_.entropy();
  call.trace = parse_traceparent(exchange.request.headers.get("traceparent"));
  if (call.trace == Trace{}) call.trace = {entropy.high, entropy.low, 0};
  call.trace.span = mix(entropy.high ^ entropy.low);
  auto id = exchange.request.headers.get("X-Request-Id");
  if (is_sane_request_id(id)) {
    call.request_id = id;
  } else {
    call.request_id = make_id_text("req", exchange.began, 0, entropy);
  }
}

Task<HttpResponse> Router::run(Exchange& exchange) {
  auto& request = exchange.request;
  auto& http = exchange.http;
  auto match = paths_.find(request.path);
  std::string_view method = request.method == "HEAD" ? "GET" : std::string_view(request.method);
  if (match.methods != nullptr) {
    for (const auto& [name, index] : *match.methods) {
      if (name == method) exchange.entry = entries_[index].get();
    }
  }
  // Paths without a route count against the limits, too.
  if (hooks_.admit) hooks_.admit(exchange.entry->route.info, http);
  if (match.malformed) throw Problem(400, "malformed_path", "The path is not percent-encoded UTF-8.");
  if (match.methods == nullptr) {
    if (hooks_.otherwise) co_return co_await hooks_.otherwise(request);
    throw Problem(404, "no_such_path", "There is nothing at this address.");
  }
  if (exchange.entry == elsewhere_.get()) {
    http.headers.add("Allow", allowed(*match.methods));
    if (method == "OPTIONS") co_return HttpResponse{.status = 204};
    throw Problem(405, "method_not_allowed", "This address does not answer this method.");
  }
  http.path = std::move(match.values);
  const auto& route = exchange.entry->route;
  if (hooks_.authenticate) {
    http.call.caller = co_await hooks_.authenticate(route.info, http);
  } else if (route.info.auth == Auth::buyer || route.info.auth == Auth::staff) {
    throw Error(ErrorCode::unauthenticated, "unauthenticated", "Sign in first.");
  }
  if (hooks_.limit) hooks_.limit(route.info, http);
  read_idempotency_key(route.info, http);
  if (hooks_.invoke) co_return co_await hooks_.invoke(route, http);
  co_return co_await route.run(http);
}

HttpResponse Router::failure_answer(const Exchange& exchange, std::exception_ptr failure,
                                    std::string& code) const {
  const auto& call = exchange.http.call;
  try {
    std::rethrow_exception(failure);
  } catch (const Problem& problem) {
    code = problem.reason;
    return problem_response(problem.status, problem.reason, {}, problem.message, call.request_id,
                            problem.fields, problem.members);
  } catch (const Error& error) {
    bool ours = error.code == ErrorCode::internal;
    if (!ours) code = error.reason;
    // The log has the details that the caller does not get, under the request's id.
    if (ours || (!hidden_detail_of(error.code).empty() && may_log())) {
      log_.write(
          ours ? LogLevel::error : LogLevel::warn, "request failed",
          {{"route", exchange.entry->route.info.name}, {"reason", error.reason}, {"error", error.message}},
          &call);
    }
    // This is the only Error whose status its code does not imply.
    if (error.reason == "unsupported_media_type") {
      return problem_response(415, error.reason, {}, error.message, call.request_id, error.fields);
    }
    return problem_response(error, call.request_id);
  } catch (const std::exception& error) {
    log_.write(LogLevel::error, "request failed",
               {{"route", exchange.entry->route.info.name}, {"error", error.what()}}, &call);
  } catch (...) {
    log_.write(LogLevel::error, "request failed", {{"route", exchange.entry->route.info.name}}, &call);
  }
  return problem_response(Error(ErrorCode::internal, "internal", ""), call.request_id);
}

// While a dependency is down, all requests fail alike, and a few lines a second are enough.
bool Router::may_log() const {
  auto second = clock_.now().us / 1'000'000;
  if (second != logged_second_) logged_ = 0;
  logged_second_ = second;
  return ++logged_ <= most_logged_a_second;
}

void Router::conclude(Exchange& exchange, HttpResponse& response) const {
  // Generated routes have moved these headers into their answer; the rest is of raw answers and failures.
  for (const auto& [name, value] : exchange.http.headers) {
    if (name == "Set-Cookie") {
      response.headers.add(name, value);
    } else {
      response.headers.set(name, value);
    }
  }
  if (!response.headers.has("Cache-Control")) response.headers.add("Cache-Control", "no-store");
  response.headers.set("X-Content-Type-Options", "nosniff");
  if (exchange.request.secure) response.headers.set("Strict-Transport-Security", std::string(http_hsts));
  response.headers.add("X-Request-Id", exchange.http.call.request_id);
  response.headers.add("traceparent", to_traceparent(exchange.http.call.trace));
  if (hooks_.finish) hooks_.finish(exchange.request, response);
  auto status_class = static_cast<std::size_t>(std::clamp(response.status / 100, 1, 5) - 1);
  exchange.entry->requests[status_class]->add();
  exchange.entry->latency->observe_us((clock_.now() - exchange.began).us);
}

}  // namespace bramble::edge
