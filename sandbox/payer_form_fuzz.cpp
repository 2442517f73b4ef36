// The payer's form and the browser's language, as anyone may send them.
#include "sandbox/acs_page.h"
#include "sandbox/payer_form.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  bramble::sandbox::language_of(text);
  if (size > 4096) return 0;
  auto action = bramble::sandbox::read_payer_form({.method = "POST", .body = text});
  if (action && action->cancel && !action->code.empty()) __builtin_trap();
  return 0;
}
