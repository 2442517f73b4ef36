#include "gateways/pages/formats.h"

#include <unicode/dcfmtsym.h>
#include <unicode/dtitvfmt.h>
#include <unicode/dtptngen.h>
#include <unicode/measunit.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>

#include <map>

#include "base/error.h"

namespace bramble::pages {
namespace {

using icu::number::LocalizedNumberFormatter;
using icu::number::Precision;

constexpr char16_t narrow_space = 0x202F;
constexpr std::int64_t metres_shown = 1'000;  // beyond it kilometres

void check(UErrorCode status) {
  if (U_FAILURE(status)) throw Error(ErrorCode::internal, "icu", std::string("ICU: ") + u_errorName(status));
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string utf8;
  return text.toUTF8String(utf8);
}

std::string text_of(const icu::number::FormattedNumber& formatted, UErrorCode status) {
  auto text = formatted.toString(status);
  check(status);
  text.findAndReplace(u" ", u"\u00A0");
  return to_utf8(text);
}

UDate date_of(Time time) { return static_cast<UDate>(time.us) / 1'000; }

}  // namespace

struct Formats::Icu {
  icu::Locale locale;
  icu::Locale of_dates;
  icu::DecimalFormatSymbols symbols;
  LocalizedNumberFormatter plain, one_digit, metres, kilometres;
  std::unique_ptr<icu::SimpleDateFormat> day, moment, deadline;
  std::unique_ptr<icu::DateIntervalFormat> days;
  struct Currency {
    LocalizedNumberFormatter whole, with_minor;
  };
  std::map<std::string, Currency> currencies;

  Icu(std::string_view language, UErrorCode& status)
      : locale(std::string(language).c_str()),
        // International English writes the day first: "2–4 December".
        of_dates(language == "en" ? "en_GB" : std::string(language).c_str()),
        symbols(locale, status) {
    // Russian separates thousands by a space; a narrow one keeps a price together.
    if (language == "ru") {
      symbols.setSymbol(icu::DecimalFormatSymbols::kGroupingSeparatorSymbol, narrow_space);
      symbols.setSymbol(icu::DecimalFormatSymbols::kMonetaryGroupingSeparatorSymbol, narrow_space);
    }
    auto base = icu::number::NumberFormatter::withLocale(locale).symbols(symbols);
    plain = base.precision(Precision::integer());
    one_digit = base.precision(Precision::fixedFraction(1));
    auto unit = base.unitWidth(UNUM_UNIT_WIDTH_SHORT);
    metres = unit.unit(icu::MeasureUnit::getMeter()).precision(Precision::integer());
    kilometres = unit.unit(icu::MeasureUnit::getKilometer()).precision(Precision::maxFraction(1));
  }

  const Currency& currency(const std::string& code) {
    auto found = currencies.find(code);
    if (found != currencies.end()) return found->second;
    UErrorCode status = U_ZERO_ERROR;
    icu::CurrencyUnit unit(icu::StringPiece(code), status);
    check(status);
    auto base = icu::number::NumberFormatter::withLocale(locale).symbols(symbols).unit(unit).unitWidth(
        UNUM_UNIT_WIDTH_NARROW);
    return currencies
        .emplace(code,
                 Currency{base.precision(Precision::integer()), base.precision(Precision::fixedFraction(2))})
        .first->second;
  }
};

Formats::Formats(std::string_view language, std::string_view time_zone) {
  UErrorCode status = U_ZERO_ERROR;
  icu_ = std::make_unique<Icu>(language, status);
  check(status);
  const auto& locale = icu_->of_dates;
  std::unique_ptr<icu::TimeZone> zone(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(std::string(time_zone))));
  std::unique_ptr<icu::DateTimePatternGenerator> patterns(
      icu::DateTimePatternGenerator::createInstance(locale, status));
  check(status);
  auto format = [&](const char16_t* skeleton) {
    auto made =
        std::make_unique<icu::SimpleDateFormat>(patterns->getBestPattern(skeleton, status), locale, status);
    check(status);
    made->setTimeZone(*zone);
    return made;
  };
  icu_->day = format(u"MMMMd");
  icu_->moment = format(u"MMMMdHHmm");
  icu_->deadline = format(u"HHmmz");
  icu_->days.reset(icu::DateIntervalFormat::createInstance(u"MMMMd", locale, status));
  check(status);
  icu_->days->setTimeZone(*zone);
}

Formats::~Formats() = default;
Formats::Formats(Formats&&) noexcept = default;

std::string Formats::money(const Money& money) const {
  constexpr std::int64_t minor = 100;
  const auto& currency = icu_->currency(money.currency);
  UErrorCode status = U_ZERO_ERROR;
  if (money.amount_minor % minor == 0)
    return text_of(currency.whole.formatInt(money.amount_minor / minor, status), status);
  auto amount = std::to_string(money.amount_minor) + "E-2";
  return text_of(currency.with_minor.formatDecimal(amount, status), status);
}

std::string Formats::number(std::int64_t number) const {
  UErrorCode status = U_ZERO_ERROR;
  return text_of(icu_->plain.formatInt(number, status), status);
}

std::string Formats::rating(double rating) const {
  UErrorCode status = U_ZERO_ERROR;
  return text_of(icu_->one_digit.formatDouble(rating, status), status);
}

std::string Formats::distance(std::int64_t metres) const {
  UErrorCode status = U_ZERO_ERROR;
  // Rounded, because nobody counts metres on foot.
  if (metres < metres_shown) return text_of(icu_->metres.formatInt((metres + 5) / 10 * 10, status), status);
  return text_of(icu_->kilometres.formatDouble(static_cast<double>(metres) / 1'000, status), status);
}

std::string Formats::day(Time time) const {
  icu::UnicodeString text;
  return to_utf8(icu_->day->format(date_of(time), text));
}

std::string Formats::days(Time first, Time last) const {
  icu::UnicodeString text;
  icu::FieldPosition position;
  UErrorCode status = U_ZERO_ERROR;
  icu::DateInterval interval(date_of(first), date_of(last));
  icu_->days->format(&interval, text, position, status);
  check(status);
  return to_utf8(text);
}

std::string Formats::moment(Time time) const {
  icu::UnicodeString text;
  return to_utf8(icu_->moment->format(date_of(time), text));
}

std::string Formats::deadline(Time time) const {
  icu::UnicodeString text;
  return to_utf8(icu_->deadline->format(date_of(time), text));
}

}  // namespace bramble::pages
