#include "testing/fakes/fake_bank.h"

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
  if (auto kept = kept_.find(key); kept != kept_.end()) {
    bool same = kept->second.path == path && kept->second.body == request.body;
    return same ? kept->second.response : refusal(422, "idempotency_key_reused");
  }
  auto response = act(path, request.body);
  if (response.status < 300) kept_[key] = {path, request.body, response};
  return response;
}

HttpResponse FakeBank::look(const std::string& path) {
  if (auto at = path.find("?payment_id="); at != std::string::npos) {
    JsonWriter json;
    json.begin_object();
    json.name("items");
    json.begin_array();
    for (const auto& [order, account] : accounts_) {
      if (account.payment_id == path.substr(at + 12)) write(json, account);
    }
    json.end_array();
    json.end_object();
    return {200, {}, json.take(), nullptr};
  }
  for (const auto& [order, account] : accounts_) {
    if (path == std::string(root) + "/" + account.bank_payment_id) return reply(200, account);
  }
  return refusal(404, "payment_not_found");
}

HttpResponse FakeBank::act(const std::string& path, const std::string& body) {
  if (path == root) return create(body);
  for (auto& [order, account] : accounts_) {
    auto prefix = std::string(root) + "/" + account.bank_payment_id + "/";
    if (path.starts_with(prefix)) return change(account, path.substr(prefix.size()), body);
  }
  return refusal(404, "payment_not_found");
}

HttpResponse FakeBank::create(const std::string& body) {
  auto document = JsonDocument::parse(body);
  auto order = std::string(document.root()["order_id"].text());
  if (accounts_.contains(order)) return refusal(409, "duplicate_payment");
  auto token = document.root()["token"].text();
  Account account;
  account.payment_id = document.root()["payment_id"].text();
  account.order_id = order;
  account.bank_payment_id = "bpy_" + std::to_string(accounts_.size() + 1);
  account.method = document.root()["method"].text();
  account.amount_minor = document.root()["amount_minor"].integer();
  if (account.method == "sbp" || token == "tok_3ds") {
    account.status = "REQUIRES_ACTION";
  } else if (token == "tok_ok") {
    account.status = "AUTHORISED";
  } else {
    account.status = "DECLINED";
    account.decline_reason = token == "tok_declined" ? "declined" : "invalid_card";
  }
  return reply(201, accounts_[order] = account);
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
  if (verb == "void") {
    if (account.status == "CAPTURED") return refusal(409, "already_captured");
    if (account.status == "DECLINED") return refusal(409, "payment_declined");
    account.status = "VOIDED";
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

FakeBank::Account& FakeBank::account(const std::string& order) { return accounts_.at(order); }

std::int64_t FakeBank::balance_minor() const {
  std::int64_t sum = 0;
  for (const auto& [order, account] : accounts_) sum += account.captured_minor - account.refunded_minor;
  return sum;
}

}  // namespace bramble
