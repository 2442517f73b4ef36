// What messages hold, as JSON for people. Only types that are listed are shown: none of them has a secret in
// it.
#pragma once

#include <string>
#include <string_view>

namespace bramble::ops {

// Empty for a type that is not listed, or bytes that are not one.
std::string payload_text(std::string_view type, std::string_view bytes);

}  // namespace bramble::ops
