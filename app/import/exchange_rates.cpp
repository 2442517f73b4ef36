#include "app/import/exchange_rates.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/error.h"

namespace bramble::importing {
namespace {

constexpr std::int64_t millionths = 1'000'000;
constexpr double highest_rate = 1e6;
constexpr std::int64_t highest_price = 1'000'000'000'000;
constexpr std::int64_t kopecks = 100;

struct Currency {
  std::string_view word;
  std::int64_t rate;         // millionths of a rouble for one unit
  std::int64_t minor_units;  // in one unit
};

constexpr std::array<Currency, 16> currencies = {{
    {"USD", 80'000'000, 100},
    {"EUR", 92'000'000, 100},
    {"GBP", 106'000'000, 100},
    {"CHF", 99'000'000, 100},
    {"CNY", 11'200'000, 100},
    {"INR", 920'000, 100},
    {"JPY", 530'000, 1},
    {"KRW", 57'000, 1},
    {"TRY", 1'950'000, 100},
    {"AED", 21'800'000, 100},
    {"BYN", 27'000'000, 100},
    {"KZT", 152'000, 100},
    {"AMD", 208'000, 100},
    {"KGS", 915'000, 100},
    {"UZS", 6'700, 100},
    {"PLN", 21'700'000, 100},
}};

const Currency* find(std::string_view word) {
  for (const auto& currency : currencies) {
    if (currency.word == word) return &currency;
  }
  return nullptr;
}

}  // namespace

ExchangeRates::ExchangeRates() {
  for (const auto& currency : currencies) rates_.emplace(currency.word, currency.rate);
}

void ExchangeRates::set(std::string_view assignment) {
  auto equals = assignment.find('=');
  auto word = assignment.substr(0, equals);
  if (!find(word)) {
    throw Error(ErrorCode::invalid, "unknown_currency",
                "--rate " + std::string(assignment) +
                    ": write it as USD=81.50, of a currency in the guide's list");
  }
  auto number = equals == std::string_view::npos ? std::string_view() : assignment.substr(equals + 1);
  double rate = 0;
  auto [end, failure] = std::from_chars(number.data(), number.data() + number.size(), rate);
  bool whole = failure == std::errc() && end == number.data() + number.size();
  auto exact = whole && rate > 0 && rate <= highest_rate ? std::llround(rate * millionths) : 0;
  if (exact < 1) {
    throw Error(ErrorCode::invalid, "bad_rate",
                "--rate " + std::string(assignment) + ": a rate is a number of roubles above zero");
  }
  rates_[std::string(word)] = exact;
}

std::optional<std::int64_t> ExchangeRates::to_rub_minor(std::int64_t amount_minor,
                                                        const std::string& currency) const {
  if (currency == "RUB") return amount_minor;
  auto rate = rates_.find(currency);
  if (rate == rates_.end() || amount_minor > highest_price) return std::nullopt;
  auto whole = static_cast<__int128>(millionths) * find(currency)->minor_units;
  auto roubles = (static_cast<__int128>(amount_minor) * rate->second + whole / 2) / whole;
  if (roubles > highest_price / kopecks) return std::nullopt;
  return std::max<std::int64_t>(static_cast<std::int64_t>(roubles), 1) * kopecks;
}

std::string ExchangeRates::text() const {
  std::string text;
  for (const auto& [word, rate] : rates_) text += word + "=" + std::to_string(rate) + " ";
  return text;
}

}  // namespace bramble::importing
