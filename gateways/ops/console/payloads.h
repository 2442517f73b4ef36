// Payloads of messages as JSON. Only listed types are shown; none of them holds a secret.
#pragma once

#include <string>
#include <string_view>

namespace bramble::ops {

// Empty if the type is not listed or the bytes cannot be decoded.
std::string payload_text(std::string_view type, std::string_view bytes);

}  // namespace bramble::ops
