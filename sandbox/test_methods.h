// The ways to pay that the sandbox's bank plays, in the order in which a checkout offers them. The tokens
// stand for cards; README.md says what the bank does with each.
#pragma once

#include <array>
#include <string_view>

namespace bramble::sandbox {

struct TestMethod {
  std::string_view name;
  std::string_view type;
  std::string_view token;
};

inline constexpr std::array<TestMethod, 6> test_methods = {{
    {"card_3ds", "card", "tok_3ds"},
    {"card_ok", "card", "tok_ok"},
    {"sbp", "sbp", ""},
    {"card_declined", "card", "tok_declined"},
    {"card_empty", "card", "tok_insufficient_funds"},
    {"card_slow", "card", "tok_timeout"},
}};

}  // namespace bramble::sandbox
