// Compares the bank's report of all money with what the buyers know of their orders.
#pragma once

#include "tests/crash/order_note.h"
#include "tests/harness/bank.h"

namespace bramble::crash {

// The contradictions between the report and all acknowledged orders (I10, I12, I18).
std::vector<std::string> audit(const harness::BankReport& report,
                               const std::vector<const OrderNote*>& orders);

}  // namespace bramble::crash
