// Money, numbers and dates in the style of one language. ICU's formatters are created once. Spaces inside a
// number do not break a line.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/money.h"
#include "base/time.h"

namespace bramble::pages {

class Formats {
 public:
  // `time_zone` is an IANA name: "Europe/Moscow".
  Formats(std::string_view language, std::string_view time_zone);
  ~Formats();
  Formats(Formats&&) noexcept;

  // "1 999 ₽" and "₽1,999"; kopecks are shown only if there are any.
  std::string money(const Money& money) const;
  // "12 345".
  std::string number(std::int64_t number) const;
  // With one decimal: "4,7".
  std::string rating(double rating) const;
  // "1,4 км", "350 м".
  std::string distance(std::int64_t metres) const;
  // "26 ноября".
  std::string day(Time time) const;
  // "26–28 ноября": from one day to another.
  std::string days(Time first, Time last) const;
  // "26 ноября, 14:05".
  std::string moment(Time time) const;
  // "14:05 GMT+3": with the zone, for readers in other zones without scripts.
  std::string deadline(Time time) const;

 private:
  struct Icu;
  std::unique_ptr<Icu> icu_;
};

}  // namespace bramble::pages
