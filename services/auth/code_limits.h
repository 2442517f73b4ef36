// How many codes are sent and how many wrong ones may be tried, by where the asker is and where the phone is.
// Counted in auth's database, with the code or the failure itself, so it holds for any number of processes.
// A code that was used no longer counts against its asker: a thousand people behind one address are no
// attack, a thousand codes that nobody enters are. Who enters wrong codes waits, longer each time; what
// others at the same address did makes nobody wait for the first try of a code.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/log.h"
#include "runtime/metrics.h"
#include "services/auth/attempts.h"

namespace bramble::auth {

// So many at once; after that one in each `interval`.
struct Pace {
  std::int64_t burst = 1;
  Duration interval;
};

struct CodeLimitSettings {
  Pace codes_of_address{20, minutes(2)};  // an IPv4 address, an IPv6 /64
  Pace codes_of_block{60, seconds(15)};   // an IPv4 /24, an IPv6 /48
  // Each rule counts wrong codes: for one phone from one address, from one address, from one block. A block
  // needs about 2,000 days to guess one code in a million.
  AttemptRule wrong_for_phone{5, seconds(5), minutes(15), hours(24), hours(24)};
  AttemptRule wrong_of_address{100, seconds(1), minutes(15), hours(24), hours(24)};
  AttemptRule wrong_of_block{500, seconds(1), minutes(5), hours(24), hours(24)};
  Pace codes_to_country{100, seconds(10)};
  Pace codes_at_all{1'200, milliseconds(100)};
  std::vector<std::string> home_countries{"7"};  // calling codes that only `codes_at_all` limits
};

// Why nothing was sent or tried, and how long to wait.
struct Refusal {
  std::string_view limit;  // "phone", "address", "block", "country", "budget"
  Duration wait;
};

// The calling code of an E.164 number, "+44…" → "44"; of the North American plan, which many countries share,
// with the area: "1876".
std::string country_of(std::string_view phone);

class CodeLimits {
 public:
  CodeLimits(CodeLimitSettings settings, Metrics& metrics, Logger& log);

  // Counts a code to be sent to `phone`, asked for at `from`: an address, or empty where limits by address,
  // country and budget do not apply. Counts nothing if it refuses.
  std::optional<Refusal> take_code(Tx& tx, const std::string& from, const std::string& phone) const;
  // The code was used, or could not be sent.
  void give_back(Tx& tx, const std::string& from) const;

  // Whether a code that was sent to `phone` may be tried from there now; `first_try`: none of its has been.
  std::optional<Refusal> wrong_refusal(Tx& tx, const std::string& from, const std::string& phone,
                                       bool first_try) const;
  void count_wrong(Tx& tx, const std::string& from, const std::string& phone) const;
  // What the right one makes good: all that was wrong for the phone, and one of its neighbours' errors.
  void forgive_wrong(Tx& tx, const std::string& from, const std::string& phone) const;

  // Figures and alarms, after the transaction.
  void note_sent();
  void note_refused(const Refusal& refusal, Time now);
  void note_wrong() { wrong_.add(); }

  std::int64_t drop_old(Tx& tx, std::int64_t limit) const;

 private:
  struct Counted {
    std::string place;
    Pace pace;
    std::string_view limit;
  };
  std::vector<Counted> asked_at(const std::string& from) const;
  // Of the phone there, the address and its block, in this order.
  std::vector<Place> tried_at(const std::string& from, const std::string& phone) const;
  static std::optional<Refusal> refusal(Tx& tx, const std::vector<Counted>& counted);

  CodeLimitSettings settings_;
  Attempts attempts_;
  Logger& log_;
  Counter& sent_;
  Counter& wrong_;
  Counter& refused_address_;
  Counter& refused_block_;
  Counter& refused_country_;
  Counter& refused_budget_;
  Counter& refused_phone_;
  Time alarmed_at_;
};

}  // namespace bramble::auth
