// Phone numbers as people type and paste them: "8 (900) 123-45-67", "+44 (0)20 7946 0958". One number has one
// form here, that of E.164 ("+79001234567"), whoever wrote it. Numbering plans are libphonenumber's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bramble {

enum class PhoneFault : std::uint8_t {
  none,
  not_a_number,     // letters or other marks, or no digits
  no_country,       // without a "+" it is no number of the home region
  unknown_country,  // no country has this code: "+8 900…"
  trunk_prefix,     // the digit dialled within a country stands behind the country's code: "+7 8 900…"
  too_short,
  too_long,
  unassigned,  // of the right length, but the country has given out no such numbers
};

struct PhoneReading {
  std::string number;  // "+79001234567"; empty if there is a fault
  PhoneFault fault = PhoneFault::none;
};

// What is at most read of what was typed; longer texts are not numbers.
inline constexpr std::size_t longest_typed_phone = 64;

// Spaces, dashes, brackets and the invisible marks that come along with copied text mean nothing; a number
// without "+" is one of the home region. Takes any bytes.
PhoneReading read_phone(std::string_view typed);

// A stable word for programs ("too_short"), and what is wrong and allowed, in a sentence's end.
std::string_view code_of(PhoneFault fault);
std::string_view words_of(PhoneFault fault);

// As its country writes it, "+7 900 123-45-67", in a form that no line breaks; what is no number as it is.
std::string phone_text(std::string_view number);

// Where numbers without a "+" are: "RU" unless the process says otherwise, once, before anything reads one.
// False for a region that is not known.
bool set_home_region(const std::string& region);

}  // namespace bramble
