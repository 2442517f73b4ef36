// Points in time and durations, in whole microseconds, UTC. The current time comes from a Clock port.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bramble {

struct Duration {
  std::int64_t us = 0;
  auto operator<=>(const Duration&) const = default;
  constexpr Duration operator*(std::int64_t n) const { return {us * n}; }
  constexpr Duration operator+(Duration other) const { return {us + other.us}; }
  constexpr Duration operator-(Duration other) const { return {us - other.us}; }
};

constexpr Duration microseconds(std::int64_t n) { return {n}; }
constexpr Duration milliseconds(std::int64_t n) { return {n * 1'000}; }
constexpr Duration seconds(std::int64_t n) { return {n * 1'000'000}; }
constexpr Duration minutes(std::int64_t n) { return seconds(n * 60); }
constexpr Duration hours(std::int64_t n) { return minutes(n * 60); }
constexpr Duration days(std::int64_t n) { return hours(n * 24); }

// A point in time: microseconds since 1970-01-01T00:00:00Z.
struct Time {
  std::int64_t us = 0;
  auto operator<=>(const Time&) const = default;
  constexpr Time operator+(Duration span) const { return {us + span.us}; }
  constexpr Time operator-(Duration span) const { return {us - span.us}; }
  constexpr Duration operator-(Time other) const { return {us - other.us}; }
};

// RFC 3339 in UTC with milliseconds: "2026-11-23T09:38:46.120Z".
std::string to_rfc3339(Time time);

// Accepts any offset and up to six fractional digits; returns nullopt for anything else.
std::optional<Time> parse_rfc3339(std::string_view text);

}  // namespace bramble
