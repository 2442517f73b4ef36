#include "tests/crash/bank_audit.h"

#include <map>
#include <set>

namespace bramble::crash {

std::vector<std::string> audit(const harness::BankReport& report,
                               const std::vector<const OrderNote*>& orders) {
  std::vector<std::string> wrong;
  std::map<std::string, const OrderNote*> known;
  for (const auto* order : orders) known[order->order_id] = order;
  std::map<std::string, int> captures;
  std::set<std::string> payments;
  std::int64_t captured = 0, refunded = 0, count = 0;
  for (const auto& row : report.rows) {
    auto who = "payment " + row.payment_id + " of order " + row.order_id;
    captured += row.captured_minor;
    refunded += row.refunded_minor;
    if (row.captured_minor > 0) ++count;
    if (row.captured_minor > 0 && ++captures[row.order_id] > 1)
      wrong.push_back(who + " is the second charge (I12)");
    if (!payments.insert(row.payment_id).second) wrong.push_back(who + " is there twice (I12)");
    if (row.status == "AUTHORISED") wrong.push_back(who + " still blocks the payer's money (I16)");
    auto order = known.find(row.order_id);
    bool kept = order != known.end() && order->second->status() == "READY_TO_SHIP";
    auto due = kept ? order->second->total_minor - order->second->cancelled_minor : 0;
    if (row.captured_minor - row.refunded_minor == due) continue;
    wrong.push_back(who + " keeps " + std::to_string(row.captured_minor - row.refunded_minor) + ", due is " +
                    std::to_string(due) + " (I18)");
  }
  for (const auto* order : orders) {
    if (order->status() == "READY_TO_SHIP" && captures[order->order_id] == 0) {
      wrong.push_back("order " + order->order_id + " was packed and never paid (I10)");
    }
  }
  bool sums =
      captured == report.captured_minor && refunded == report.refunded_minor && count == report.captures;
  if (!sums) wrong.push_back("the bank's sums are not those of its payments: a charge happened twice (I12)");
  return wrong;
}

}  // namespace bramble::crash
