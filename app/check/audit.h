// The audits: each is a query whose every row is a violation of one invariant.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bramble::check {

struct Audit {
  std::string invariant;             // "I3"
  std::string table;                 // where the row that is wrong lies
  std::string rule;                  // what should hold, in words
  std::vector<std::string> modules;  // whose stores it reads; several: what is on its way is looked at again
  std::string sql;                   // (key, expected, found), as text
};

std::vector<Audit> stock_audits();
std::vector<Audit> warehouse_audits();
std::vector<Audit> money_audits();
std::vector<Audit> order_audits();
// What rests on the time: `now_us` is that of the check.
std::vector<Audit> time_audits(std::int64_t now_us);
std::vector<Audit> message_audits();
std::vector<Audit> short_pick_audits();
std::vector<Audit> staff_audits();

}  // namespace bramble::check
