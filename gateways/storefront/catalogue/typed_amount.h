// An amount of money as people type it or copy it from a page of the shop: "1 000", "1000,50", "1,000.50",
// "₽".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bramble::storefront {

// In minor units; nothing if the text is no amount or more than a billion. A comma or a point separates the
// minor units if one or two digits follow it; before three digits it separates groups.
std::optional<std::int64_t> amount_of(std::string_view typed);

// The amount as addresses have it: "1000", "1000.50".
std::string amount_text(std::int64_t amount_minor);

}  // namespace bramble::storefront
