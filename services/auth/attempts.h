// How often a password or a code may be tried: a few times at once, then with a wait that grows. It is
// counted by the login or the phone and where the try comes from, so that a stranger's tries keep nobody out
// but the stranger. Whether the login exists plays no part.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ports/database.h"

namespace bramble::auth {

struct AttemptRule {
  std::int64_t free = 0;  // tries before there is any wait
  Duration first_wait;    // doubles with each try
  Duration longest_wait;
  Duration forgotten_after;  // without a try, once there was a wait
  Duration kept = hours(1);  // without a try, as long as there was none
};

// Of one login from one place; and of everything from one block of addresses.
inline constexpr AttemptRule login_rule{5, seconds(5), minutes(15), hours(24)};
inline constexpr AttemptRule block_rule{60, seconds(5), minutes(15), hours(1)};

// What tries are counted by. Names are keyed hashes: people type passwords into the wrong field.
struct Place {
  std::string name;
  AttemptRule rule;
};

// IPv4 by /24, IPv6 by /56; text that is no address is a block of its own.
std::string address_block(const std::string& address);

Duration wait_after(const AttemptRule& rule, std::int64_t failures);

// Counted before the password is looked at, and taken back if it was right: of tries that come at once none
// slips through.
class Attempts {
 public:
  // Until when none may be made at one of the places; nothing if one may.
  std::optional<Time> free_at(Tx& tx, const std::vector<Place>& places) const;
  // The same, and counts one if it may be made.
  std::optional<Time> take(Tx& tx, const std::vector<Place>& places) const;
  void count(Tx& tx, const std::vector<Place>& places) const;
  // One that was no wrong password after all. `forgiven`: the place's earlier ones are forgotten, too.
  void give_back(Tx& tx, const Place& place, bool forgiven) const;

  std::int64_t drop_old(Tx& tx, std::int64_t limit) const;
};

}  // namespace bramble::auth
