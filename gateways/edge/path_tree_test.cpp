#include "gateways/edge/path_tree.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace bramble::edge {
namespace {

PathTree tree() {
  PathTree tree;
  tree.add("GET", "/", 0);
  tree.add("GET", "/cart", 1);
  tree.add("DELETE", "/cart", 2);
  tree.add("PUT", "/cart/items/{sku_id}", 3);
  tree.add("GET", "/orders/{order_id}", 4);
  tree.add("GET", "/orders/latest", 5);
  tree.add("POST", "/orders/{order_id}/cancel", 6);
  return tree;
}

std::size_t route_of(const PathMatch& match, std::string_view method) {
  if (match.methods == nullptr) return 404;
  for (const auto& [name, route] : *match.methods) {
    if (name == method) return route;
  }
  return 405;
}

TEST(PathTree, FindsTheRouteOfAMethodAndAPath) {
  auto routes = tree();
  struct Case {
    const char* method;
    const char* path;
    std::size_t route;
  };
  const Case cases[] = {
      {"GET", "/", 0},
      {"GET", "/cart", 1},
      {"DELETE", "/cart", 2},
      {"PUT", "/cart", 405},
      {"GET", "/cart/", 404},
      {"GET", "/carts", 404},
      {"GET", "//cart", 404},
      {"GET", "/orders/latest", 5},
      {"GET", "/orders/ord_1", 4},
      {"GET", "/orders/", 404},
      {"GET", "/orders/ord_1/", 404},
      {"POST", "/orders/latest/cancel", 6},
      {"GET", "", 404},
      {"GET", "cart", 404},
      {"GET", "/c%61rt", 1},
      {"GET", "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18", 404},
  };
  for (const auto& given : cases)
    EXPECT_EQ(route_of(routes.find(given.path), given.method), given.route) << given.path;
}

TEST(PathTree, AnEncodedSlashStaysInsideItsValue) {
  auto match = tree().find("/cart/items/sku%2F1%20%D0%96");
  ASSERT_EQ(match.values.size(), 1U);
  EXPECT_EQ(match.values["sku_id"], "sku/1 \xD0\x96");
}

TEST(PathTree, AValueThatIsNotTextIsMalformed) {
  auto routes = tree();
  for (const char* path : {"/orders/%", "/orders/%zz", "/orders/%ff", "/orders/%00", "/orders/\xff"}) {
    EXPECT_TRUE(routes.find(path).malformed) << path;
  }
}

TEST(PathTree, APathIsGivenOnce) {
  auto routes = tree();
  EXPECT_THROW(routes.add("GET", "/cart", 9), Error);
  EXPECT_THROW(routes.add("GET", "/orders/{id}", 9), Error);
  EXPECT_THROW(routes.add("PATCH", "/orders/{id}", 9), Error);
  EXPECT_THROW(routes.add("GET", "cart", 9), Error);
}

}  // namespace
}  // namespace bramble::edge
