#include "runtime/start_order.h"

#include <gtest/gtest.h>

namespace bramble {
namespace {

Module module(std::string name, std::vector<std::string> calls = {}, bool own_loop = false) {
  return {.name = std::move(name),
          .calls = std::move(calls),
          .migrations = {},
          .start = {},
          .own_loop = own_loop};
}

std::string refusal(const std::vector<Module>& modules, const std::vector<std::string>& roles = {}) {
  try {
    start_order(modules, roles);
  } catch (const Error& error) {
    return error.reason + ": " + error.message;
  }
  return "";
}

TEST(StartOrder, WhatIsCalledStartsFirst) {
  std::vector<Module> modules{module("storefront", {"orders", "cart"}), module("cart"),
                              module("orders", {"inventory"}), module("inventory")};
  EXPECT_EQ(start_order(modules, {}), (std::vector<std::size_t>{3, 2, 1, 0}));
}

TEST(StartOrder, RolesLeaveTheOthersOut) {
  std::vector<Module> modules{module("orders", {"inventory"}), module("inventory"), module("cart")};
  EXPECT_EQ(start_order(modules, {"inventory"}), (std::vector<std::size_t>{1}));
  EXPECT_EQ(start_order(modules, {"orders", "inventory"}), (std::vector<std::size_t>{1, 0}));
}

TEST(StartOrder, MistakesAreNamed) {
  EXPECT_NE(refusal({module("a", {"b"}), module("b", {"c"}), module("c", {"a"})}).find("a → b → c → a"),
            std::string::npos);
  EXPECT_NE(refusal({module("orders", {"inventary"}), module("inventory")}).find("the nearest is inventory"),
            std::string::npos);
  EXPECT_NE(refusal({module("orders")}, {"order"}).find("the nearest is orders"), std::string::npos);
  EXPECT_NE(refusal({module("orders", {"inventory"}), module("inventory")}, {"orders"})
                .find("add inventory to --roles"),
            std::string::npos);
  EXPECT_NE(refusal({module("a"), module("a")}).find("module_twice"), std::string::npos);
  EXPECT_NE(refusal({module("a", {"b"}), module("b", {}, true)}).find("own_loop"), std::string::npos);
}

}  // namespace
}  // namespace bramble
