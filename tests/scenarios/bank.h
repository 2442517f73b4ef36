// The sandbox bank as a test uses it: the payer's page, the faults, and the bank's own account of all money.
#pragma once

#include <map>

#include "tests/scenarios/web.h"

namespace bramble::scenarios {

struct BankRow {
  std::string payment_id;
  std::string status;
  std::int64_t captured_minor = 0;
  std::int64_t refunded_minor = 0;
};

struct BankReport {
  std::int64_t captured_minor = 0;
  std::int64_t refunded_minor = 0;
  std::int64_t captures = 0;
  std::int64_t refunds = 0;
  std::map<std::string, std::vector<BankRow>> of_order;
};

// The payer types the code into the bank's page.
HttpClientRequest confirmation(std::string redirect_url, std::string_view code = "1234");

class Bank {
 public:
  Bank(Web& web, const std::string& address) : web_(web), address_(address) {}

  // Until the next time; "{}" for good behaviour.
  void misbehave(std::string faults);
  void behave() { misbehave("{}"); }
  BankReport report();

 private:
  Web& web_;
  const std::string& address_;
};

}  // namespace bramble::scenarios
