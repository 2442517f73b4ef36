// A small set of stores in which everything is right, and single changes that each make one thing wrong.
#pragma once

#include <string>
#include <vector>

namespace bramble::check {

// Fills tables made by the services' own schema, on either engine: two orders that are being fulfilled, one
// that was paid, cancelled and refunded, one that expired, one that waits for its payment.
extern const char* const sound_stores;
// And more: an order that was short of some goods.
extern const char* const sound_stores_of_short_picks;
// And a security log.
extern const char* const sound_security_log;
// And staff.
extern const char* const sound_staff;

// Events that prove that hours have passed since the stores were made.
extern const char* const two_hours_of_work;

struct Plant {
  std::string name;  // of the test
  std::string invariant;
  std::string table;
  std::string rule;  // of the audit that has to find it
  std::string sql;
};

std::vector<Plant> short_pick_plants();
std::vector<Plant> security_plants();
std::vector<Plant> staff_plants();
const std::vector<Plant>& plants();

}  // namespace bramble::check
