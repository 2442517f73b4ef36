// A phone number as people type it: "8 (900) 123-45-67", "900 123 45 67", "+7 900…".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bramble::storefront {

// "+79001234567"; nothing if it cannot be a number. Without a country it is a Russian one.
std::optional<std::string> phone_of(std::string_view typed);

// "+7 900 123-45-67", which no line breaks; other countries' numbers as they are.
std::string phone_text(std::string_view phone);

}  // namespace bramble::storefront
