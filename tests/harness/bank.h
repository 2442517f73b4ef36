// The sandbox's bank as tests use it: the payer's page, the faults, and its report of all money.
#pragma once

#include <map>

#include "tests/harness/client.h"

namespace bramble::harness {

struct BankRow {
  std::string payment_id;
  std::string order_id;
  std::string status;
  std::int64_t captured_minor = 0;
  std::int64_t refunded_minor = 0;
};

struct BankReport {
  std::vector<BankRow> rows;
  std::int64_t captured_minor = 0;
  std::int64_t refunded_minor = 0;
  std::int64_t captures = 0;
  std::int64_t refunds = 0;

  std::map<std::string, std::vector<BankRow>> by_order() const;
};

// The request of the payer who enters the code on the bank's page.
HttpClientRequest confirmation(std::string redirect_url, std::string_view code = "1234");

class Bank {
 public:
  // `address` is read at each call: it changes when the instance starts again.
  Bank(Client& client, const std::string& address) : client_(client), address_(address) {}

  // Sets faults that last until the next call; "{}": none.
  void misbehave(const std::string& faults) const;
  void behave() const { misbehave("{}"); }
  BankReport report() const;

 private:
  Client& client_;
  const std::string& address_;
};

}  // namespace bramble::harness
