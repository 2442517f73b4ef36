// Prices of other currencies in roubles, by a table of fixed rates that a command line may change. Not for
// money that is owed: only for a price that the shop is going to ask.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace bramble::importing {

// The code of a currency as feeds write it: "rub", "RUR" and "₽" are RUB.
std::string currency_code(std::string_view written);
// Whether ISO 4217 has it.
bool is_currency(const std::string& code);

class ExchangeRates {
 public:
  // The rates of docs/guides/import-products.md.
  ExchangeRates();

  // "USD=81.50": so many roubles for one dollar. Throws Error invalid for roubles, for what is no currency,
  // and for what is not a number above zero.
  void set(std::string_view assignment);
  // From now on, only roubles are known.
  void forget() { rates_.clear(); }

  bool has(const std::string& currency) const { return currency == "RUB" || rates_.contains(currency); }
  // Kopecks, rounded to whole roubles and at least one; roubles stay as they are. Nothing for a currency
  // without a rate, or more than any price may be.
  std::optional<std::int64_t> to_rub_minor(std::int64_t amount_minor, const std::string& currency) const;

  // The same for the same rates, another for others.
  std::string text() const;

 private:
  std::map<std::string, std::int64_t> rates_;  // millionths of a rouble for one unit
};

}  // namespace bramble::importing
