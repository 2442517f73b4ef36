#include "testing/fakes/fake_bank.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/error.h"
#include "runtime/json/json.h"

namespace bramble {
namespace {

constexpr std::string_view root = "/bank/v1/payments";

void write(JsonWriter& json, const FakeBank::Account& account) {
  auto text = [&](std::string_view name, const std::string& value) {
    json.name(name);
    value.empty() ? json.null() : json.text(value);
  };
  auto number = [&](std::string_view name, std::int64_t value) {
    json.name(name);
    json.integer(value);
  };
  json.begin_object();
  text("bank_payment_id", account.bank_payment_id);
  text("payment_id", account.payment_id);
  text("order_id", account.order_id);
  text("status", account.status);
  number("amount_minor", account.amount_minor);
  number("captured_minor", account.captured_minor);
  number("refunded_minor", account.refunded_minor);
  text("currency", "RUB");
  text("decline_reason", account.decline_reason);
  text("redirect_url",
       account.status == "REQUIRES_ACTION" ? "http://bank/acs/" + account.bank_payment_id : "");
  json.end_object();
}

HttpResponse reply(int status, const FakeBank::Account& account) {
  JsonWriter json;
  write(json, account);
  return {status, {}, json.take(), nullptr};
}

HttpResponse refusal(int status, const std::string& code) {
  return {status, {}, "{\"code\":\"" + code + "\"}", nullptr};
}

HttpResponse conflict(const std::string& code, const FakeBank::Account& account) {
  JsonWriter json;
  json.begin_object();
  json.name("code");
  json.text(code);
  json.name("payment");
  write(json, account);
  json.end_object();
  return {409, {}, json.take(), nullptr};
}

}  // namespace

Task<HttpResponse> FakeBank::send(HttpClientRequest request) {
  auto path = request.url.substr(request.url.find("/bank/"));
  log.push_back(request.method + " " + path);
  requests.push_back(request);
  auto fault = Fault::none;
  if (!faults.empty()) {
    fault = faults.front();
    faults.pop_front();
  }
  if (fault == Fault::unreachable) throw Error(ErrorCode::unavailable, "not_connected", "the bank is down");
  if (fault == Fault::error_before) co_return HttpResponse{503, {}, "<html>", nullptr};
  auto response = answer(request);
  if (auto other_side = std::exchange(meanwhile, nullptr)) other_side();
  if (fault == Fault::error_after) co_return HttpResponse{500, {}, "{}", nullptr};
  if (fault == Fault::lost_answer)
    throw Error(ErrorCode::timeout, "timeout", "the bank did not answer in time");
  co_return response;
}

HttpResponse FakeBank::answer(const HttpClientRequest& request) {
  auto path = request.url.substr(request.url.find("/bank/"));
  if (request.headers.get("Authorization") != "Bearer bank key") return refusal(401, "unauthenticated");
  if (request.method == "GET") return look(path);
  auto key = std::string(request.headers.get("Idempotency-Key"));
  if (key.empty()) return refusal(422, "idempotency_key_required");
  if (auto stored = answers_.find(key); stored != answers_.end()) {
    bool same = stored->second.path == path && stored->second.body == request.body;
    return same ? stored->second.response : refusal(422, "idempotency_key_reused");
  }
  auto response = act(path, request.body);
  if (response.status < 300) answers_[key] = {path, request.body, response};
  return response;
}

HttpResponse FakeBank::look(const std::string& path) {
  if (auto at = path.find("?payment_id="); at != std::string::npos) {
    JsonWriter json;
    json.begin_object();
    json.name("items");
    json.begin_array();
    if (const auto* account = find(path.substr(at + 12))) write(json, *account);
    json.end_array();
    json.end_object();
    return {200, {}, json.take(), nullptr};
  }
  for (const auto& account : accounts_) {
    if (path == std::string(root) + "/" + account.bank_payment_id) return reply(200, account);
  }
  return refusal(404, "payment_not_found");
}

FakeBank::Account* FakeBank::find(const std::string& payment_id) {
  for (auto& account : accounts_) {
    if (account.payment_id == payment_id) return &account;
  }
  return nullptr;
}

HttpResponse FakeBank::act(const std::string& path, const std::string& body) {
  if (path == root) return create(body);
  if (path == std::string(root) + "/end") return end(body);
  for (auto& account : accounts_) {
    auto prefix = std::string(root) + "/" + account.bank_payment_id + "/";
    if (path.starts_with(prefix)) return change(account, path.substr(prefix.size()), body);
  }
  return refusal(404, "payment_not_found");
}

FakeBank::Account FakeBank::named(const JsonValue& wanted) const {
  Account account;
  account.payment_id = wanted["payment_id"].text();
  account.order_id = wanted["order_id"].text();
  account.bank_payment_id = "bpy_" + std::to_string(accounts_.size() + 1);
  account.amount_minor = wanted["amount_minor"].integer();
  return account;
}

HttpResponse FakeBank::create(const std::string& body) {
  auto document = JsonDocument::parse(body);
  auto account = named(document.root());
  if (const auto* known = find(account.payment_id)) return conflict("duplicate_payment", *known);
  auto token = document.root()["token"].text();
  account.method = document.root()["method"].text();
  if (account.method == "sbp" || token == "tok_3ds") {
    account.status = "REQUIRES_ACTION";
  } else if (token == "tok_ok") {
    account.status = "AUTHORISED";
  } else {
    account.status = "DECLINED";
    account.decline_reason = token == "tok_declined" ? "declined" : "invalid_card";
  }
  return reply(201, accounts_.emplace_back(std::move(account)));
}

HttpResponse FakeBank::end(const std::string& body) {
  auto document = JsonDocument::parse(body);
  auto* account = find(std::string(document.root()["payment_id"].text()));
  if (account == nullptr) {
    account = &accounts_.emplace_back(named(document.root()));
    account->status = "VOIDED";
  }
  bool gently = document.root()["unless_confirmed"].boolean();
  if (account->status == "CAPTURED") return conflict("already_captured", *account);
  if (account->status == "AUTHORISED" && gently) return conflict("payment_confirmed", *account);
  if (account->status != "DECLINED") account->status = "VOIDED";
  return reply(200, *account);
}

HttpResponse FakeBank::change(Account& account, const std::string& verb, const std::string& body) {
  auto amount = JsonDocument::parse(body).root()["amount_minor"].integer();
  if (verb == "capture") {
    if (account.status == "CAPTURED") return refusal(409, "already_captured");
    if (account.status != "AUTHORISED") return refusal(409, "not_authorised");
    account.status = "CAPTURED";
    account.captured_minor = amount;
    ++account.captures;
    return reply(200, account);
  }
  if (account.status != "CAPTURED") return refusal(409, "not_captured");
  if (amount > account.captured_minor - account.refunded_minor) return refusal(422, "amount_too_large");
  account.refunded_minor += amount;
  ++account.refunds;
  return reply(201, account);
}

void FakeBank::confirm(const std::string& order) {
  auto& account = this->account(order);
  if (account.status != "REQUIRES_ACTION") throw std::logic_error("nothing to confirm");
  account.status = "AUTHORISED";
  if (account.method != "sbp") return;
  account.status = "CAPTURED";
  account.captured_minor = account.amount_minor;
  ++account.captures;
}

void FakeBank::decline(const std::string& order, const std::string& reason) {
  account(order).status = "DECLINED";
  account(order).decline_reason = reason;
}

std::string FakeBank::event(const std::string& event_id, const Account& account) const {
  JsonWriter json;
  json.begin_object();
  json.name("event_id");
  json.text(event_id);
  json.name("type");
  json.text("payment." + account.status);
  json.name("payment");
  write(json, account);
  json.end_object();
  return json.take();
}

FakeBank::Account& FakeBank::account(const std::string& order) {
  for (auto at = accounts_.rbegin(); at != accounts_.rend(); ++at) {
    if (at->order_id == order) return *at;
  }
  throw std::out_of_range("the bank knows no payment of " + order);
}

bool FakeBank::knows(const std::string& order) const {
  return std::any_of(accounts_.begin(), accounts_.end(),
                     [&](const Account& account) { return account.order_id == order; });
}

std::int64_t FakeBank::balance_minor() const {
  std::int64_t sum = 0;
  for (const auto& account : accounts_) sum += account.captured_minor - account.refunded_minor;
  return sum;
}

std::int64_t FakeBank::captures() const {
  std::int64_t sum = 0;
  for (const auto& account : accounts_) sum += account.captures;
  return sum;
}

}  // namespace bramble
