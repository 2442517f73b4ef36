// Money in whole minor units of one currency. Adding different currencies, and overflow, are errors.
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

// Both throw Error internal on overflow or for two currencies.
Money operator+(const Money& left, const Money& right);
Money operator-(const Money& left, const Money& right);
Money operator*(const Money& price, std::int64_t count);

inline Money rub(std::int64_t amount_minor) { return {amount_minor, "RUB"}; }

}  // namespace bramble
