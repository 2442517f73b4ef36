#include "sandbox/sandbox_http.h"

#include "base/text.h"
#include "gateways/edge/problem.h"
#include "ports/http_host.h"
#include "ports/http_problem.h"
#include "sandbox/fault_store.h"
#include "sandbox/page_shell.h"
#include "sandbox/payer_form.h"
#include "sandbox/phone_page.h"
#include "sandbox/sms_store.h"

namespace bramble::sandbox {

using edge::HttpCall;
using edge::Problem;

namespace {

constexpr std::string_view bank_api = "/bank/";
constexpr std::string_view phone_path = "/phone";
constexpr std::int64_t messages_shown = 10;

// Routes that payers and their browsers need. All others need access.
bool is_open(const edge::RouteInfo& info) {
  for (auto path : {"/acs/{id}", "/acs-style/{name}", "/sign-in", "/api/v1/openapi.json"}) {
    if (info.path == path) return true;
  }
  return false;
}

// The bank has acted, and its answer must not reach the caller.
struct AnswerWithheld : std::exception {};

RequestKey key_of(const HttpCall& http) { return {http.idempotency_key, http.idempotency_digest}; }

std::string address_of(const HttpCall& http) {
  auto id = http.path.find("id");
  return id == http.path.end() ? "" : id->second;
}

Language payer_language(const HttpCall& http) {
  return language_of(http.request->headers.get("Accept-Language"));
}

// Sends nothing until the client leaves, the server stops or the time is over; then the connection is cut.
Task<void> keep_silent(HttpStream& stream, Duration hold) {
  constexpr Duration look = milliseconds(100);
  for (Duration waited; waited < hold && !stream.closed(); waited = waited + look) co_await pause_us(look.us);
  throw Error(ErrorCode::unavailable, "sandbox_fault", "The answer is withheld.");
}

HttpResponse fault_response(const HttpCall& http) {
  return problem_response(500, "sandbox_fault", {}, "PUT /faults asked the bank to fail.",
                          http.call.request_id);
}

}  // namespace

SandboxCounter::SandboxCounter(ModuleHost& host, SandboxSettings settings)
    : host_(host),
      settings_(std::move(settings)),
      sender_(host, faults_.webhook, settings_.webhook_key),
      bank_(host.database(), host.clock(), host.random(), settings_.public_url,
            [this](Webhook webhook) { sender_.offer(std::move(webhook)); }),
      page_(settings_.merchant),
      access_(settings_.token),
      known_members_(sandbox_openapi()),
      router_(host.clock(), host.random(), host.metrics(), host.log(),
              {.server = "sandbox", .secure = settings_.public_url.starts_with("https:")},
              {.authenticate = [this](const edge::RouteInfo& info,
                                      HttpCall& http) { return authenticate(info, *http.request); },
               .invoke = [this](const edge::Route& route, HttpCall& http) { return invoke(route, http); }}) {}

HttpHandler SandboxCounter::handler() {
  // A pointer without ownership: the router and its routes live as long as this object.
  router_.add(sandbox_routes(std::shared_ptr<SandboxHttp>(std::shared_ptr<void>(), this)));
  auto handler = router_.handler();
  // With a token DNS rebinding reads nothing: the page of a stranger has no token.
  return access_.needs_token() ? std::move(handler) : for_own_hosts(std::move(handler), settings_.public_url);
}

Task<void> SandboxCounter::recover(Call call) {
  faults_ = co_await host_.database().read(call, "", [](Tx& tx) { return FaultStore::load(tx); });
  co_await sender_.recover(std::move(call));
}

Task<Caller> SandboxCounter::authenticate(const edge::RouteInfo& info, const HttpRequest& request) const {
  if (info.auth != edge::Auth::staff) {
    // The phone's page redirects a browser to the sign-in page by itself.
    if (is_open(info) || info.path == phone_path || access_.allows(request)) co_return Caller{};
    throw Error(ErrorCode::unauthenticated, "wrong_token",
                "The sandbox's token is expected as a bearer token, or sign in at /sign-in to read.");
  }
  constexpr std::string_view scheme = "Bearer ";
  auto given = request.headers.get("Authorization");
  if (!given.starts_with(scheme) || !equal_constant_time(given.substr(scheme.size()), settings_.api_key)) {
    throw Error(ErrorCode::unauthenticated, "wrong_api_key",
                "The bank's API key is expected as a bearer token.");
  }
  co_return Caller{.kind = CallerKind::system, .id = "merchant", .roles = {}, .site = {}};
}

Task<HttpResponse> SandboxCounter::invoke(const edge::Route& route, HttpCall& http) {
  known_members_.check(route.info, *http.request);
  if (!route.info.path.starts_with(bank_api)) co_return co_await route.run(http);
  const auto faults = faults_.api;
  if (faults.delay_ms > 0) co_await pause_us(milliseconds(faults.delay_ms).us);
  auto fault = FaultKind::none;
  if (faults.error_rate > 0 || faults.timeout_rate > 0) fault = draw_fault(faults, host_.random().entropy());
  if (fault == FaultKind::error_before) co_return fault_response(http);
  if (fault == FaultKind::silence_before) co_return silence();
  HttpResponse response;
  try {
    response = co_await route.run(http);
  } catch (const AnswerWithheld&) {
    fault = FaultKind::silence_after;
  } catch (...) {
    // A refusal is lost like any other answer.
    if (fault == FaultKind::none) throw;
  }
  if (fault == FaultKind::error_after) co_return fault_response(http);
  if (fault == FaultKind::silence_after) co_return silence();
  co_return response;
}

HttpResponse SandboxCounter::silence() const {
  HttpResponse response{.status = 504};
  response.stream = [hold = settings_.timeout_hold](HttpStream& stream) { return keep_silent(stream, hold); };
  return response;
}

PaymentView SandboxCounter::answered(HttpCall& http, const BankResult& answer) const {
  if (answer.replayed) http.headers.add("Idempotent-Replayed", "true");
  return bank_.view_of(answer.payment);
}

Task<PaymentView> SandboxCounter::create_payment(HttpCall& http, NewPayment request) {
  bool withheld = request.method == "card" && request.token == "tok_timeout";
  auto answer = co_await bank_.create(http.call, std::move(request), key_of(http));
  // A repeat of the key gets the answer.
  if (withheld && !answer.replayed) throw AnswerWithheld();
  co_return answered(http, answer);
}

Task<PaymentList> SandboxCounter::find_payments(HttpCall& http, PaymentsQuery request) {
  auto payment = co_await bank_.find_by_merchant(http.call, std::move(request.payment_id));
  PaymentList list;
  if (payment) list.items.push_back(bank_.view_of(*payment));
  co_return list;
}

Task<PaymentView> SandboxCounter::get_payment(HttpCall& http, PaymentQuery request) {
  auto payment = co_await bank_.find(http.call, std::move(request.bank_payment_id));
  if (!payment) throw Error(ErrorCode::not_found, "no_such_payment", "The bank knows no such payment.");
  co_return bank_.view_of(*payment);
}

Task<PaymentView> SandboxCounter::capture_payment(HttpCall& http, CaptureOrder request) {
  auto answer = co_await bank_.capture(http.call, std::move(request), key_of(http));
  co_return answered(http, answer);
}

Task<PaymentView> SandboxCounter::void_payment(HttpCall& http, PaymentQuery request) {
  auto answer = co_await bank_.void_payment(http.call, std::move(request), key_of(http));
  co_return answered(http, answer);
}

Task<PaymentView> SandboxCounter::end_payment(HttpCall& http, EndOrder request) {
  auto answer = co_await bank_.end(http.call, std::move(request), key_of(http));
  co_return answered(http, answer);
}

Task<PaymentView> SandboxCounter::refund_payment(HttpCall& http, RefundOrder request) {
  auto answer = co_await bank_.refund(http.call, std::move(request), key_of(http));
  co_return answered(http, answer);
}

Task<HttpResponse> SandboxCounter::show_confirmation(HttpCall& http) {
  auto payment = co_await bank_.find(http.call, address_of(http));
  if (!payment) co_return page_.unknown(payer_language(http));
  if (payment->decline_reason == "session_expired") co_return page_.expired(*payment, payer_language(http));
  if (payment->status != BankStatus::requires_action) co_return AcsPage::back(*payment);
  co_return page_.form(*payment, payer_language(http), false, host_.clock().now());
}

Task<HttpResponse> SandboxCounter::confirm(HttpCall& http) {
  auto action = read_payer_form(*http.request);
  auto payment = action ? co_await bank_.act(http.call, address_of(http), *std::move(action))
                        : co_await bank_.find(http.call, address_of(http));
  if (!payment) co_return page_.unknown(payer_language(http));
  if (payment->decline_reason == "session_expired") co_return page_.expired(*payment, payer_language(http));
  if (payment->status == BankStatus::requires_action)
    co_return page_.form(*payment, payer_language(http), true, host_.clock().now());
  co_return AcsPage::back(*payment);
}

Task<HttpResponse> SandboxCounter::acs_style(HttpCall& http) { co_return shell_style(http.request->path); }

Task<Faults> SandboxCounter::set_faults(HttpCall& http, Faults request) {
  co_await host_.database().transact(http.call, "", [&](Tx& tx) { FaultStore::save(tx, request); });
  faults_ = request;
  co_return request;
}

Task<Faults> SandboxCounter::get_faults(HttpCall&, Nothing) { co_return faults_; }

Task<Report> SandboxCounter::get_report(HttpCall& http, ReportQuery request) {
  return bank_.report(http.call, std::move(request));
}

Task<SmsReceipt> SandboxCounter::send_sms(HttpCall& http, NewSms request) {
  bool sent = co_await host_.database().transact(http.call, request.phone,
                                                 [&](Tx& tx) { return SmsStore::add(tx, request); });
  if (!sent) throw Problem(422, "message_id_reused", "This message_id was used for another message.");
  co_return SmsReceipt{.message_id = std::move(request.message_id), .status = "ACCEPTED"};
}

Task<SmsInbox> SandboxCounter::read_sms(HttpCall& http, SmsQuery request) {
  co_return co_await host_.database().read(http.call, request.phone, [&](Tx& tx) {
    return SmsStore::inbox(tx, request.phone, request.limit.value_or(25));
  });
}

Task<HttpResponse> SandboxCounter::show_phone(HttpCall& http) {
  if (!access_.allows(*http.request)) co_return access_.redirect_to_sign_in(*http.request);
  auto number = number_of(*http.request).value_or("");
  SmsInbox inbox;
  if (!number.empty()) {
    inbox = co_await host_.database().read(http.call, number, [&](Tx& tx) {
      return SmsStore::inbox(tx, number, messages_shown);
    });
  }
  co_return phone_page(number, inbox, payer_language(http));
}

Task<HttpResponse> SandboxCounter::show_sign_in(HttpCall& http) {
  co_return access_.page(*http.request, payer_language(http));
}

Task<HttpResponse> SandboxCounter::enter(HttpCall& http) {
  co_return access_.enter(*http.request, payer_language(http));
}

Task<HttpResponse> SandboxCounter::openapi(HttpCall&) {
  HttpResponse response;
  response.headers.add("Content-Type", "application/json");
  response.body = sandbox_openapi();
  co_return response;
}

}  // namespace bramble::sandbox
