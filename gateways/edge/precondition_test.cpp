#include "gateways/edge/precondition.h"

#include <gtest/gtest.h>

#include "gateways/edge/problem.h"

namespace bramble::edge {
namespace {

using Versions = std::vector<std::int64_t>;

TEST(IfMatch, ListsTheVersionsThatAChangeMayStartFrom) {
  EXPECT_EQ(versions_in_if_match(""), Versions{});
  EXPECT_EQ(versions_in_if_match("*"), Versions{});
  EXPECT_EQ(versions_in_if_match(etag_of(7)), Versions{7});
  EXPECT_EQ(versions_in_if_match(R"( "7" ,"12",W/"9", "other")"), (Versions{7, 12}));
}

TEST(IfMatch, WithoutAVersionOfOursMatchesNothing) {
  for (const char* header : {"7", R"(W/"7")", R"("")", R"("x7")", R"("7x")", ","}) {
    try {
      versions_in_if_match(header);
      ADD_FAILURE() << header;
    } catch (const Problem& problem) {
      EXPECT_EQ(problem.status, 412) << header;
    }
  }
}

}  // namespace
}  // namespace bramble::edge
