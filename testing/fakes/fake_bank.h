// The sandbox's bank as a merchant sees it, in memory: the same paths, words and idempotency keys. A test can
// make it fail in the ways a bank fails. It keeps its own account of all money.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "ports/http.h"
#include "runtime/json/json.h"

namespace bramble {

class FakeBank final : public HttpClient {
 public:
  enum class Fault { none, unreachable, error_before, error_after, lost_answer };

  struct Account {
    std::string bank_payment_id;
    std::string payment_id;
    std::string order_id;
    std::string method;
    std::string status;
    std::int64_t amount_minor = 0;
    std::int64_t captured_minor = 0;
    std::int64_t refunded_minor = 0;
    std::string decline_reason;
    int captures = 0;
    int refunds = 0;
  };

  Task<HttpResponse> send(HttpClientRequest request) override;

  // The payer confirms on the bank's page. This captures a one-stage payment.
  void confirm(const std::string& order);
  void decline(const std::string& order, const std::string& reason);
  // The body of a webhook about the payment in that state.
  std::string event(const std::string& event_id, const Account& account) const;

  // The last payment of an order; throws if there is none.
  Account& account(const std::string& order);
  bool knows(const std::string& order) const;
  std::int64_t balance_minor() const;
  std::int64_t captures() const;  // of all payments

  // Runs once, between the next action of the bank and its answer.
  std::function<void()> meanwhile;
  std::deque<Fault> faults;      // of the next calls, in order
  std::vector<std::string> log;  // "POST /bank/v1/payments", in order
  std::vector<HttpClientRequest> requests;

 private:
  HttpResponse answer(const HttpClientRequest& request);
  HttpResponse act(const std::string& path, const std::string& body);
  HttpResponse create(const std::string& body);
  HttpResponse end(const std::string& body);
  HttpResponse change(Account& account, const std::string& verb, const std::string& body);
  HttpResponse look(const std::string& path);

  Account* find(const std::string& payment_id);
  // A new payment with the ids and the amount of a request.
  Account named(const JsonValue& wanted) const;

  std::deque<Account> accounts_;  // in the order in which they came
  struct StoredAnswer {
    std::string path;
    std::string body;
    HttpResponse response;
  };
  std::map<std::string, StoredAnswer> answers_;  // by idempotency key
};

}  // namespace bramble
