// Reads guest cart tokens from arbitrary headers and cookies: accepts only well-formed ones.
#include "gateways/storefront/cart/cart_token.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bramble;
  std::string text(reinterpret_cast<const char*>(data), size);
  for (std::string name : {"X-Cart-Token", "Cookie"}) {
    HttpRequest request;
    request.headers.add(name, text);
    auto token = storefront::cart_token_of(request);
    bool ours = token.empty() ||
                (token.size() == 36 && token.starts_with("crt_") && text.find(token) != std::string::npos);
    if (!ours) __builtin_trap();
  }
  return 0;
}
