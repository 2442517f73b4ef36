// Contract of the database port: one SQL text means the same on every engine, and values come back as they
// went in.
#include <cmath>
#include <limits>

#include "testing/database/database_stand.h"

namespace bramble {
namespace {

TEST_P(DatabaseContract, IntegersOfSixtyFourBitsComeBack) {
  database->run_script("CREATE TABLE numbers (id BIGINT PRIMARY KEY, n BIGINT)");
  std::int64_t low = std::numeric_limits<std::int64_t>::min();
  std::int64_t high = std::numeric_limits<std::int64_t>::max();
  transact([&](Tx& tx) {
    int id = 0;
    for (std::int64_t n : {low, std::int64_t{-1}, std::int64_t{0}, high}) {
      tx.exec("INSERT INTO numbers (id, n) VALUES ($1, $2)", ++id, n);
    }
    tx.exec("INSERT INTO numbers (id, n) VALUES ($1, $2)", ++id, std::optional<std::int64_t>());
  });
  read([&](Tx& tx) {
    Rows rows = tx.query("SELECT n FROM numbers ORDER BY id");
    ASSERT_EQ(rows.size(), 5u);
    EXPECT_EQ(rows[0].get<std::int64_t>(0), low);
    EXPECT_EQ(rows[1].get<std::int64_t>(0), -1);
    EXPECT_EQ(rows[2].get<std::int64_t>(0), 0);
    EXPECT_EQ(rows[3].get<std::int64_t>(0), high);
    EXPECT_TRUE(rows[4].is_null(0));
    EXPECT_EQ(rows[4].get<std::optional<std::int64_t>>(0), std::nullopt);
    EXPECT_EQ(error_of([&] { rows[4].get<std::int64_t>(0); }).code, ErrorCode::internal);
    EXPECT_TRUE(tx.query("SELECT n FROM numbers WHERE n = $1", high).size() == 1);
  });
}

TEST_P(DatabaseContract, RealNumbersComeBack) {
  database->run_script("CREATE TABLE numbers (id BIGINT PRIMARY KEY, n DOUBLE PRECISION)");
  double third = 1.0 / 3;
  transact([&](Tx& tx) {
    tx.exec("INSERT INTO numbers (id, n) VALUES (1, $1)", third);
    tx.exec("INSERT INTO numbers (id, n) VALUES (2, $1)", -1e300);
    tx.exec("INSERT INTO numbers (id, n) VALUES (3, $1)", 2.0);
  });
  read([&](Tx& tx) {
    Rows rows = tx.query("SELECT n FROM numbers ORDER BY id");
    EXPECT_EQ(rows[0].get<double>(0), third);
    EXPECT_EQ(rows[1].get<double>(0), -1e300);
    EXPECT_EQ(rows[2].get<double>(0), 2.0);
  });
}

TEST_P(DatabaseContract, TextsComeBack) {
  database->run_script("CREATE TABLE texts (id BIGINT PRIMARY KEY, t TEXT)");
  std::vector<std::string> texts = {
      "", "plain", "Ёлка 🎄 \u200f", "it's \"quoted\" \\ $1 ?", "a\nb\r\tc", std::string(1 << 20, 'x')};
  transact([&](Tx& tx) {
    for (std::size_t i = 0; i < texts.size(); ++i)
      tx.exec("INSERT INTO texts (id, t) VALUES ($1, $2)", i, texts[i]);
    tx.exec("INSERT INTO texts (id, t) VALUES ($1, $2)", texts.size(), nullptr);
  });
  read([&](Tx& tx) {
    Rows rows = tx.query("SELECT t FROM texts ORDER BY id");
    for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(rows[i].get<std::string>(0), texts[i]);
    EXPECT_FALSE(rows[0].is_null(0));  // an empty text is not null
    EXPECT_TRUE(rows[texts.size()].is_null(0));
    EXPECT_EQ(tx.query("SELECT id FROM texts WHERE t = $1", texts[2]).front().get<int>(0), 2);
  });
}

TEST_P(DatabaseContract, ATextThatIsNotUtf8OrHoldsANulIsRefused) {
  database->run_script("CREATE TABLE texts (t TEXT NOT NULL)");
  for (std::string bad :
       {std::string("a\0b", 3), std::string("\xff"), std::string("\xd0"), std::string("\xc0\x80")}) {
    auto error =
        error_of([&] { transact([&](Tx& tx) { tx.exec("INSERT INTO texts (t) VALUES ($1)", bad); }); });
    EXPECT_EQ(error.code, ErrorCode::invalid);
    EXPECT_EQ(error.reason, "bad_text");
  }
  EXPECT_EQ(value("SELECT count(*) FROM texts"), 0);
}

TEST_P(DatabaseContract, BlobsComeBackByteByByte) {
  if (database->dialect() == Dialect::sqlite) {
    database->run_script("CREATE TABLE blobs (id BIGINT PRIMARY KEY, b BLOB)");
  } else {
    database->run_script("CREATE TABLE blobs (id BIGINT PRIMARY KEY, b BYTEA)");
  }
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  transact([&](Tx& tx) {
    tx.exec("INSERT INTO blobs (id, b) VALUES (1, $1)", Blob{bytes});
    tx.exec("INSERT INTO blobs (id, b) VALUES (2, $1)", Blob{});
    tx.exec("INSERT INTO blobs (id, b) VALUES (3, $1)", nullptr);
  });
  read([&](Tx& tx) {
    Rows rows = tx.query("SELECT b FROM blobs ORDER BY id");
    EXPECT_EQ(rows[0].get<std::string>(0), bytes);
    EXPECT_EQ(rows[1].get<std::string>(0), "");
    EXPECT_TRUE(rows[2].is_null(0));
    EXPECT_EQ(tx.query("SELECT id FROM blobs WHERE b = $1", Blob{bytes}).size(), 1u);
  });
}

TEST_P(DatabaseContract, ParametersStandWhereverTheyAreNamed) {
  database->run_script(
      "CREATE TABLE stock (sku TEXT PRIMARY KEY, free BIGINT NOT NULL, held BIGINT NOT NULL);"
      "INSERT INTO stock VALUES ('sku_a', 10, 0)");
  Sql take =
      "UPDATE stock SET free = free - $3, held = held + $3 WHERE sku = $1 AND free >= $3 AND held < $2";
  EXPECT_EQ(transact([&](Tx& tx) { return tx.exec(take, "sku_a", 100, 4); }), 1);
  EXPECT_EQ(transact([&](Tx& tx) { return tx.exec(take, "sku_a", 100, 7); }), 0);
  EXPECT_EQ(value("SELECT free * 100 + held FROM stock"), 604);
  auto free = read([](Tx& tx) {
    return tx.query("SELECT free + $2 FROM stock WHERE sku = $1 LIMIT $3", "sku_a", 5, 1).front().get<int>(0);
  });
  EXPECT_EQ(free, 11);
  EXPECT_EQ(error_of([&] { transact([&](Tx& tx) { tx.exec(take, "sku_a", 1); }); }).code,
            ErrorCode::internal);
}

TEST_P(DatabaseContract, OneStatementTakesANullOrAValue) {
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY, n BIGINT, t TEXT)");
  transact([](Tx& tx) {
    Sql insert = "INSERT INTO notes (id, n, t) VALUES ($1, $2, $3)";
    tx.exec(insert, 1, nullptr, nullptr);
    tx.exec(insert, 2, 5, nullptr);
    tx.exec(insert, 3, nullptr, "x");
    tx.exec(insert, 4, 6, "y");
  });
  EXPECT_EQ(value("SELECT sum(n) FROM notes"), 11);
  EXPECT_EQ(value("SELECT count(t) FROM notes"), 2);
}

TEST_P(DatabaseContract, ReturningGivesRows) {
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY, n BIGINT NOT NULL);"
                       "INSERT INTO notes VALUES (1, 10); INSERT INTO notes VALUES (2, 20)");
  transact([](Tx& tx) {
    Rows rows = tx.query("UPDATE notes SET n = n + 1 WHERE id <= $1 RETURNING id, n", 2);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].get<int>(1) + rows[1].get<int>(1), 32);
    EXPECT_TRUE(tx.query("DELETE FROM notes WHERE id = 9 RETURNING id").empty());
    EXPECT_EQ(tx.query("INSERT INTO notes (id, n) VALUES (3, 30) RETURNING n").front().get<int>(0), 30);
  });
  EXPECT_EQ(value("SELECT sum(n) FROM notes"), 62);
}

TEST_P(DatabaseContract, OnConflictDecidesInOneStatement) {
  database->run_script("CREATE TABLE counters (name TEXT PRIMARY KEY, n BIGINT NOT NULL)");
  Sql add = "INSERT INTO counters (name, n) VALUES ($1, $2)"
            " ON CONFLICT (name) DO UPDATE SET n = counters.n + excluded.n";
  Sql once = "INSERT INTO counters (name, n) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
  transact([&](Tx& tx) {
    EXPECT_EQ(tx.exec(add, "a", 3), 1);
    EXPECT_EQ(tx.exec(add, "a", 4), 1);
    EXPECT_EQ(tx.exec(once, "a", 100), 0);
    EXPECT_EQ(tx.exec(once, "b", 100), 1);
  });
  EXPECT_EQ(value("SELECT n FROM counters WHERE name = 'a'"), 7);
}

TEST_P(DatabaseContract, ExecTellsHowManyRowsItChanged) {
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY)");
  transact([](Tx& tx) {
    EXPECT_EQ(tx.exec("INSERT INTO notes (id) VALUES (1), (2), (3), (4)"), 4);
    EXPECT_EQ(tx.exec("UPDATE notes SET id = id + 10 WHERE id > 2"), 2);
    EXPECT_EQ(tx.exec("DELETE FROM notes WHERE id > 100"), 0);
    EXPECT_EQ(tx.exec("DELETE FROM notes"), 4);
  });
}

TEST_P(DatabaseContract, SumsCountsAndTruthsAreIntegers) {
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY, n BIGINT)");
  read([](Tx& tx) {
    EXPECT_TRUE(tx.query("SELECT sum(n) FROM notes").front().is_null(0));
    EXPECT_EQ(tx.query("SELECT coalesce(sum(n), 0) FROM notes").front().get<int>(0), 0);
  });
  transact([](Tx& tx) {
    tx.exec("INSERT INTO notes (id, n) VALUES (1, 4000000000000000000), (2, 5000), (3, NULL)");
  });
  read([](Tx& tx) {
    Rows rows = tx.query("SELECT sum(n), count(n), count(*), max(n), EXISTS (SELECT 1 FROM notes), n > 4000"
                         " FROM notes GROUP BY n > 4000 ORDER BY count(n) DESC");
    EXPECT_EQ(rows[0].get<std::int64_t>(0), 4'000'000'000'000'005'000);
    EXPECT_EQ(rows[0].get<int>(1), 2);
    EXPECT_EQ(rows[0].get<std::int64_t>(3), 4'000'000'000'000'000'000);
    EXPECT_TRUE(rows[0].get<bool>(4));
    EXPECT_EQ(rows[0].get<int>(5), 1);
  });
}

TEST_P(DatabaseContract, TextIsComparedByItsBytes) {
  database->run_script("CREATE TABLE texts (t TEXT PRIMARY KEY);"
                       "INSERT INTO texts VALUES ('b'), ('B'), ('a_'), ('a0'), ('ab'), ('é')");
  read([](Tx& tx) {
    std::string order;
    for (Row row : tx.query("SELECT t FROM texts ORDER BY t")) order += row.get<std::string>(0) + " ";
    EXPECT_EQ(order, "B a0 a_ ab b é ");
    EXPECT_EQ(tx.query("SELECT t FROM texts WHERE t LIKE $1", "b%").size(), 1u);
    EXPECT_EQ(tx.query("SELECT t FROM texts WHERE t > $1 AND t < $2", "a", "b").size(), 3u);
  });
}

TEST_P(DatabaseContract, AStatementMadeAtRunTimeIsInternedFirst) {
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY); INSERT INTO notes VALUES (1), (2), (3)");
  auto count = [&](const std::string& list) {
    Sql sql = Sql::interned("SELECT count(*) FROM notes WHERE id IN (" + list + ")");
    return read([&](Tx& tx) { return tx.query(sql, 1, 2).front().get<int>(0); });
  };
  EXPECT_EQ(count("$1, $2"), 2);
  EXPECT_EQ(count("$1, $2, 9"), 2);
  EXPECT_EQ(count("$2, $1, 3"), 3);
}

TEST_P(DatabaseContract, TwoTextsServeTwoDialects) {
  auto kind = read([](Tx& tx) {
    return tx.query(Sql("SELECT 'sqlite'", "SELECT 'postgres'")).front().get<std::string>(0);
  });
  EXPECT_EQ(kind, database->dialect() == Dialect::sqlite ? "sqlite" : "postgres");
}

TEST_P(DatabaseContract, StatementsSurviveAChangeOfTheSchema) {
  database->run_script("CREATE TABLE notes (id BIGINT PRIMARY KEY); INSERT INTO notes VALUES (1)");
  auto all_columns = [&] {
    return read([](Tx& tx) { return tx.query("SELECT id FROM notes WHERE id = $1", 1).size(); });
  };
  EXPECT_EQ(all_columns(), 1u);
  database->run_script("ALTER TABLE notes ADD COLUMN n BIGINT NOT NULL DEFAULT 5");
  EXPECT_EQ(all_columns(), 1u);
  EXPECT_EQ(value("SELECT n FROM notes"), 5);
}

}  // namespace
}  // namespace bramble
