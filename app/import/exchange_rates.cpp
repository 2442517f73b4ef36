#include "app/import/exchange_rates.h"

#include <array>
#include <charconv>
#include <cmath>

#include <unicode/ucurr.h>

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

// Minor units in one unit. Feeds do not always mean those of ISO; those of the table are what they mean.
std::int64_t minor_units_of(const std::string& code) {
  for (const auto& currency : currencies) {
    if (currency.word == code) return currency.minor_units;
  }
  UErrorCode status = U_ZERO_ERROR;
  auto digits = ucurr_getDefaultFractionDigits(std::u16string(code.begin(), code.end()).c_str(), &status);
  std::int64_t units = 1;
  for (int i = 0; i < digits; ++i) units *= 10;
  return units;
}

[[noreturn]] void refuse(std::string_view assignment, const char* reason, const std::string& why) {
  throw Error(ErrorCode::invalid, reason, "--rate " + std::string(assignment) + ": " + why);
}

}  // namespace

std::string currency_code(std::string_view written) {
  for (std::string_view sign : {"₽", "руб", "руб.", "РУБ"}) {
    if (written == sign) return "RUB";
  }
  std::string code(written);
  for (char& c : code) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return code == "RUR" ? "RUB" : code;
}

bool is_currency(const std::string& code) {
  bool is_word =
      code.size() == 3 && code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
  if (!is_word) return false;
  UErrorCode status = U_ZERO_ERROR;
  std::u16string wide(code.begin(), code.end());
  return ucurr_isAvailable(wide.c_str(), U_DATE_MIN, U_DATE_MAX, &status) != 0 && U_SUCCESS(status);
}

ExchangeRates::ExchangeRates() {
  for (const auto& currency : currencies) rates_.emplace(currency.word, currency.rate);
}

void ExchangeRates::set(std::string_view assignment) {
  auto equals = assignment.find('=');
  auto code = currency_code(assignment.substr(0, equals));
  if (equals == std::string_view::npos) refuse(assignment, "bad_rate", "write it as USD=81.50");
  if (code == "RUB") refuse(assignment, "bad_rate", "roubles have no rate");
  if (!is_currency(code))
    refuse(assignment, "unknown_currency", code + " is no currency of ISO 4217, such as USD");
  auto number = assignment.substr(equals + 1);
  double rate = 0;
  auto [end, failure] = std::from_chars(number.data(), number.data() + number.size(), rate);
  bool whole = failure == std::errc() && end == number.data() + number.size();
  auto exact = whole && rate > 0 && rate <= highest_rate ? std::llround(rate * millionths) : 0;
  if (exact < 1) refuse(assignment, "bad_rate", "a rate is a number of roubles above zero, up to a million");
  rates_[code] = exact;
}

std::optional<std::int64_t> ExchangeRates::to_rub_minor(std::int64_t amount_minor,
                                                        const std::string& currency) const {
  if (currency == "RUB") return amount_minor;
  auto rate = rates_.find(currency);
  if (rate == rates_.end() || amount_minor > highest_price) return std::nullopt;
  auto whole = static_cast<__int128>(millionths) * minor_units_of(currency);
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
