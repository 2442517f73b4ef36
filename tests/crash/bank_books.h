// The bank's own account of all money, and whether it fits what the buyers know of their orders.
#pragma once

#include <map>

#include "tests/crash/findings.h"
#include "tests/crash/order_note.h"
#include "tests/outside/instance.h"

namespace bramble::crash {

struct BankRow {
  std::string payment_id;
  std::string order_id;
  std::string status;
  std::int64_t captured_minor = 0;
  std::int64_t refunded_minor = 0;
};

struct BankBooks {
  std::vector<BankRow> rows;
  std::int64_t captured_minor = 0;
  std::int64_t refunded_minor = 0;
  std::int64_t captures = 0;
};

BankBooks read_books(const outside::Instance& instance);

// What is wrong with the books, given all orders that were acknowledged; empty if nothing is (I10, I12, I18).
std::vector<std::string> audit(const BankBooks& books, const std::vector<const OrderNote*>& orders);

}  // namespace bramble::crash
