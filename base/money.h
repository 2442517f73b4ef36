// Money as whole minor units of one currency. Sums of different currencies and overflow are errors, never
// values.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace bramble {

struct Money {
  std::int64_t amount_minor = 0;
  std::string currency = "RUB";  // ISO 4217

  bool operator==(const Money&) const = default;
};

// Throw Error internal on overflow or on two currencies.
Money operator+(const Money& left, const Money& right);
Money operator-(const Money& left, const Money& right);
Money operator*(const Money& price, std::int64_t count);

inline Money rub(std::int64_t amount_minor) { return {amount_minor, "RUB"}; }

}  // namespace bramble
