// Says on standard error how far the import is: on a terminal one line that changes, otherwise a line every
// few seconds.
#pragma once

#include <chrono>
#include <string>

#include "app/import/import.h"

namespace bramble::importing {

// "12,000 rows (18 %), 11,240 cards, 9,300 rows/s, about 6 s left". The rate is of the rows of this run.
std::string progress_text(const ImportStanding& standing, double seconds);
// "65,699"
std::string with_commas(std::int64_t number);

class ProgressTeller {
 public:
  ProgressTeller();

  void tell(const ImportStanding& standing);
  void say(const std::string& line);
  double seconds() const;

 private:
  using Clock = std::chrono::steady_clock;

  bool is_terminal_;
  bool has_line_ = false;  // on the terminal, to be written over
  Clock::time_point began_ = Clock::now();
  Clock::time_point told_;
};

}  // namespace bramble::importing
