#include "runtime/migrations.h"

#include <gtest/gtest.h>

#include "runtime/test_messages.h"

namespace bramble::runtime_test {
namespace {

class Migrations : public testing::Test {
 protected:
  std::string refusal(std::vector<Migration> steps) {
    try {
      migrate(*database, "shop", steps, stand.clock);
    } catch (const Error& error) {
      return error.message;
    }
    return "";
  }

  Stand stand;
  std::unique_ptr<Database> database = stand.open("shop");
};

constexpr Migration first{"0001_a", "CREATE TABLE a (x BIGINT NOT NULL);"};
constexpr Migration second{"0002_b", "CREATE TABLE b (x BIGINT NOT NULL); INSERT INTO b (x) VALUES (1)"};

TEST_F(Migrations, AreAppliedOnceAndInOrder) {
  EXPECT_EQ(refusal({first}), "");
  EXPECT_EQ(refusal({first, second}), "");
  EXPECT_EQ(refusal({first, second}), "");
  EXPECT_EQ(stand.number(*database, "SELECT COUNT(*) FROM b"), 1);
  EXPECT_EQ(stand.number(*database, "SELECT COUNT(*) FROM schema_migrations WHERE applied_at > 0"), 2);
}

TEST_F(Migrations, OneForTheOtherEngineIsLeftOut) {
  auto here = database->dialect();
  auto there = here == Dialect::sqlite ? Dialect::postgres : Dialect::sqlite;
  Migration elsewhere{"0002_b", "THIS IS NOT SQL", there};
  EXPECT_EQ(refusal({first, elsewhere, {"0003_c", "CREATE TABLE c (x BIGINT)", here}}), "");
  EXPECT_EQ(stand.number(*database, "SELECT COUNT(*) FROM schema_migrations"), 2);
  EXPECT_EQ(stand.number(*database, "SELECT COUNT(*) FROM c"), 0);
}

TEST_F(Migrations, OneThatWasChangedAfterwardsIsRefused) {
  EXPECT_EQ(refusal({first}), "");
  auto message = refusal({{"0001_a", "CREATE TABLE a (x BIGINT, y BIGINT);"}});
  EXPECT_NE(message.find("shop, migration 0001_a: it was changed"), std::string::npos) << message;
}

TEST_F(Migrations, ADatabaseFromANewerProgramIsRefused) {
  EXPECT_EQ(refusal({first, second}), "");
  EXPECT_NE(refusal({first}).find("0002_b"), std::string::npos);
}

TEST_F(Migrations, OneThatFailsLeavesNothingAndIsNamed) {
  auto message = refusal({first, {"0002_b", "CREATE TABLE b (x BIGINT); INSERT INTO nowhere VALUES (1)"}});
  EXPECT_NE(message.find("0002_b"), std::string::npos) << message;
  EXPECT_EQ(refusal({first, second}), "");
}

TEST_F(Migrations, OneThatComesBeforeAnAppliedOneIsRefused) {
  EXPECT_EQ(refusal({second}), "");
  EXPECT_NE(refusal({first, second}).find("0001_a"), std::string::npos);
}

}  // namespace
}  // namespace bramble::runtime_test
