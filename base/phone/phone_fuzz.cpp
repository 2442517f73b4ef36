// Any bytes in the field of a phone: what is taken for a number is one, in the only form that it has.
#include "base/phone/phone.h"
#include "testing/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bramble;
  std::string_view typed(reinterpret_cast<const char*>(data), size);
  auto reading = read_phone(typed);
  require((reading.fault == PhoneFault::none) == !reading.number.empty());
  phone_text(typed);
  if (reading.number.empty()) return 0;
  const auto& number = reading.number;
  require(number.size() >= 8 && number.size() <= 16 && number[0] == '+' && number[1] != '0');
  require(number.find_first_not_of("0123456789", 1) == std::string::npos);
  require(read_phone(number).number == number);
  require(read_phone(phone_text(number)).number == number);
  return 0;
}
