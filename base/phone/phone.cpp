#include "base/phone/phone.h"

#include <phonenumbers/phonenumberutil.h>

#include <optional>

#include "base/text.h"

namespace bramble {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr const char* no_region = "ZZ";
constexpr std::size_t longest_number = 16;  // E.164: fifteen digits
constexpr const char* no_break_space = "\u00A0";
constexpr const char* no_break_hyphen = "\u2011";

PhoneNumberUtil& plans() { return *PhoneNumberUtil::GetInstance(); }

std::string& home_region() {
  static std::string region = "RU";
  return region;
}

char32_t code_point(std::string_view text, std::size_t at, std::size_t length) {
  constexpr unsigned char first_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t point = static_cast<unsigned char>(text[at]) & first_bits[length];
  for (std::size_t i = 1; i < length; ++i) {
    point = point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  }
  return point;
}

bool is_between(char32_t point, char32_t first, char32_t last) { return point >= first && point <= last; }

// Joiners, direction marks, soft hyphens, byte order marks: nobody sees them.
bool is_invisible(char32_t point) {
  return point == 0xAD || point == 0x61C || point == 0x180E || point == 0xFEFF ||
         is_between(point, 0x200B, 0x200F) || is_between(point, 0x202A, 0x202E) ||
         is_between(point, 0x2060, 0x206F) || is_between(point, 0xFE00, 0xFE0F);
}

bool is_filler(char32_t point) {
  static constexpr std::u32string_view marks =
      U" \t\r\n-./~\u00A0\u00B7\u1680\u2212\u202F\u205F\u3000\uFE63\uFF0D\uFF0E";
  return marks.find(point) != std::u32string_view::npos || is_between(point, 0x2000, 0x200A) ||
         is_between(point, 0x2010, 0x2015);
}

// The digit that it is in the scripts whose keyboards have some of their own.
std::optional<char> digit_of(char32_t point) {
  for (char32_t zero : {U'0', U'\u0660', U'\u06F0', U'\u0966', U'\uFF10'}) {
    if (is_between(point, zero, zero + 9)) return static_cast<char>('0' + (point - zero));
  }
  return std::nullopt;
}

// Digits and brackets of what was typed, with a "+" before them if there was one; nothing if there is
// anything else in it.
std::optional<std::string> bare(std::string_view typed) {
  if (typed.starts_with("tel:")) typed.remove_prefix(4);
  std::string text;
  for (std::size_t at = 0; at < typed.size();) {
    auto length = utf8_sequence_length(typed, at);
    if (length == 0) return std::nullopt;
    auto point = code_point(typed, at, length);
    at += length;
    if (is_invisible(point) || is_filler(point)) continue;
    if (auto digit = digit_of(point)) {
      text += *digit;
    } else if (point == U'+' || point == U'\uFF0B') {
      // "(+44) 20…" is written as well.
      if (text.find_first_not_of('(') != std::string::npos) return std::nullopt;
      text = "+" + text;
    } else if (point == U'(' || point == U'\uFF08') {
      text += '(';
    } else if (point == U')' || point == U'\uFF09') {
      text += ')';
    } else {
      return std::nullopt;
    }
  }
  return text;
}

// Digits alone, with their "+". "(0)" behind a country's code is said to those who call from within.
std::optional<std::string> dialled(std::string_view typed) {
  if (utf8_length(typed) > longest_typed_phone) return std::nullopt;
  auto text = bare(typed);
  if (!text) return std::nullopt;
  bool international = text->starts_with('+') || text->starts_with("00");
  if (auto zero = text->find("(0)"); international && zero != std::string::npos && zero > 0)
    text->erase(zero, 3);
  std::erase_if(*text, [](char c) { return c == '(' || c == ')'; });
  if (text->starts_with("00")) text->replace(0, 2, "+");
  if (text->size() <= 1) return std::nullopt;
  return text;
}

PhoneFault fault_of(PhoneNumberUtil::ErrorType error, bool international) {
  switch (error) {
    case PhoneNumberUtil::NO_PARSING_ERROR: return PhoneFault::none;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
      return international ? PhoneFault::unknown_country : PhoneFault::no_country;
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
    case PhoneNumberUtil::TOO_SHORT_NSN: return PhoneFault::too_short;
    case PhoneNumberUtil::TOO_LONG_NSN: return PhoneFault::too_long;
    case PhoneNumberUtil::NOT_A_NUMBER: break;
  }
  return PhoneFault::not_a_number;
}

std::string national_part(const PhoneNumber& number) {
  std::string digits;
  plans().GetNationalSignificantNumber(number, &digits);
  return digits;
}

// Behind a country's code the library passes over the digit that is dialled within the country. Who writes
// it has most likely written a digit too many, so it is not guessed.
bool has_trunk_prefix(const std::string& text, const PhoneNumber& number) {
  auto country = std::to_string(number.country_code());
  std::string region;
  plans().GetRegionCodeForCountryCode(number.country_code(), &region);
  std::string prefix;
  plans().GetNddPrefixForRegion(region, true, &prefix);
  if (prefix.empty()) return false;
  return text.ends_with(country + prefix + national_part(number));
}

// Whether it has more digits than a usual number of its country.
bool is_longer_than_usual(const PhoneNumber& number) {
  std::string region;
  plans().GetRegionCodeForCountryCode(number.country_code(), &region);
  PhoneNumber usual;
  return !plans().GetExampleNumber(region, &usual) ||
         national_part(number).size() > national_part(usual).size();
}

PhoneFault length_fault(const PhoneNumber& number, bool international) {
  bool longer = false;
  switch (plans().IsPossibleNumberWithReason(number)) {
    case PhoneNumberUtil::IS_POSSIBLE: return PhoneFault::none;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE: return PhoneFault::unknown_country;
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY:
    case PhoneNumberUtil::TOO_SHORT: break;
    case PhoneNumberUtil::TOO_LONG: longer = true; break;
    case PhoneNumberUtil::INVALID_LENGTH: longer = is_longer_than_usual(number); break;
  }
  if (!longer) return PhoneFault::too_short;
  // Most likely another country's number without its "+".
  return international ? PhoneFault::too_long : PhoneFault::no_country;
}

}  // namespace

PhoneReading read_phone(std::string_view typed) {
  auto text = dialled(typed);
  if (!text) return {{}, PhoneFault::not_a_number};
  bool international = text->starts_with('+');
  PhoneNumber number;
  auto error = plans().Parse(*text, international ? no_region : home_region(), &number);
  auto fault = fault_of(error, international);
  if (fault == PhoneFault::none) fault = length_fault(number, international);
  if (fault == PhoneFault::none && has_trunk_prefix(*text, number)) fault = PhoneFault::trunk_prefix;
  if (fault == PhoneFault::none && !plans().IsValidNumber(number)) fault = PhoneFault::unassigned;
  if (fault != PhoneFault::none) return {{}, fault};
  PhoneReading reading;
  plans().Format(number, PhoneNumberUtil::E164, &reading.number);
  if (reading.number.size() > longest_number) return {{}, PhoneFault::too_long};
  return reading;
}

std::string_view code_of(PhoneFault fault) {
  switch (fault) {
    case PhoneFault::none: return "";
    case PhoneFault::not_a_number: return "malformed";
    case PhoneFault::no_country: return "no_country";
    case PhoneFault::unknown_country: return "unknown_country";
    case PhoneFault::trunk_prefix: return "trunk_prefix";
    case PhoneFault::too_short: return "too_short";
    case PhoneFault::too_long: return "too_long";
    case PhoneFault::unassigned: return "unassigned";
  }
  return "";
}

std::string_view words_of(PhoneFault fault) {
  switch (fault) {
    case PhoneFault::none: return "";
    case PhoneFault::not_a_number: return "must be a phone number such as +79001234567";
    case PhoneFault::no_country: return "must begin with + and the country's code, such as +44 20 7946 0958";
    case PhoneFault::unknown_country: return "begins with + and digits that are no country's code";
    case PhoneFault::trunk_prefix:
      return "has a digit too many behind the country's code: it is +7 900…, not +7 8 900…";
    case PhoneFault::too_short: return "has too few digits for its country";
    case PhoneFault::too_long: return "has too many digits for its country";
    case PhoneFault::unassigned: return "is no number of its country: check its digits";
  }
  return "";
}

std::string phone_text(std::string_view number) {
  PhoneNumber parsed;
  if (plans().Parse(std::string(number), no_region, &parsed) != PhoneNumberUtil::NO_PARSING_ERROR)
    return std::string(number);
  std::string plain;
  plans().Format(parsed, PhoneNumberUtil::INTERNATIONAL, &plain);
  std::string text;
  for (char c : plain) {
    if (c == ' ') {
      text += no_break_space;
    } else if (c == '-') {
      text += no_break_hyphen;
    } else {
      text += c;
    }
  }
  return text;
}

bool set_home_region(const std::string& region) {
  if (plans().GetCountryCodeForRegion(region) == 0) return false;
  home_region() = region;
  return true;
}

}  // namespace bramble
