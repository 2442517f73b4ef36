#include "base/time.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace bramble {
namespace {

// Reads exactly `digits` decimal digits at `at` and moves past them.
bool read_number(std::string_view text, std::size_t& at, std::size_t digits, int& value) {
  if (at + digits > text.size()) return false;
  auto from = text.data() + at;
  for (std::size_t i = 0; i < digits; ++i) {
    if (from[i] < '0' || from[i] > '9') return false;
  }
  std::from_chars(from, from + digits, value);
  at += digits;
  return true;
}

bool read_char(std::string_view text, std::size_t& at, char wanted) {
  if (at >= text.size() || text[at] != wanted) return false;
  ++at;
  return true;
}

std::optional<std::int64_t> read_fraction_us(std::string_view text, std::size_t& at) {
  if (at >= text.size() || text[at] != '.') return 0;
  ++at;
  std::int64_t us = 0;
  int digits = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits) {
    if (digits < 6) us = us * 10 + (text[at] - '0');
  }
  if (digits == 0 || digits > 9) return std::nullopt;
  for (; digits < 6; ++digits) us *= 10;
  return us;
}

std::optional<std::int64_t> read_offset_minutes(std::string_view text, std::size_t& at) {
  if (at >= text.size()) return std::nullopt;
  char sign = text[at++];
  if (sign == 'Z' || sign == 'z') return 0;
  if (sign != '+' && sign != '-') return std::nullopt;
  int hours = 0;
  int minutes = 0;
  if (!read_number(text, at, 2, hours) || !read_char(text, at, ':') || !read_number(text, at, 2, minutes)) {
    return std::nullopt;
  }
  if (hours > 23 || minutes > 59) return std::nullopt;
  return (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
}

}  // namespace

std::string to_rfc3339(Time time) {
  using namespace std::chrono;
  auto instant = sys_time<std::chrono::microseconds>(std::chrono::microseconds(time.us));
  auto day = floor<std::chrono::days>(instant);
  year_month_day date(day);
  hh_mm_ss clock(floor<std::chrono::milliseconds>(instant - day));
  std::array<char, 48> text{};
  int length = std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
                             int(date.year()), unsigned(date.month()), unsigned(date.day()),
                             int(clock.hours().count()), int(clock.minutes().count()),
                             int(clock.seconds().count()), int(clock.subseconds().count()));
  return {text.data(), static_cast<std::size_t>(length)};
}

std::optional<Time> parse_rfc3339(std::string_view text) {
  std::size_t at = 0;
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  bool shaped =
      read_number(text, at, 4, year) && read_char(text, at, '-') && read_number(text, at, 2, month) &&
      read_char(text, at, '-') && read_number(text, at, 2, day) &&
      (read_char(text, at, 'T') || read_char(text, at, 't') || read_char(text, at, ' ')) &&
      read_number(text, at, 2, hour) && read_char(text, at, ':') && read_number(text, at, 2, minute) &&
      read_char(text, at, ':') && read_number(text, at, 2, second);
  if (!shaped || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  auto fraction = read_fraction_us(text, at);
  if (!fraction) return std::nullopt;
  auto offset = read_offset_minutes(text, at);
  if (!offset || at != text.size()) return std::nullopt;
  namespace ch = std::chrono;
  ch::year_month_day date{ch::year(year), ch::month(unsigned(month)), ch::day(unsigned(day))};
  if (!date.ok()) return std::nullopt;
  auto whole = ch::sys_days(date) + ch::hours(hour) + ch::minutes(minute - *offset) + ch::seconds(second);
  return Time{ch::duration_cast<ch::microseconds>(whole.time_since_epoch()).count() + *fraction};
}

}  // namespace bramble
