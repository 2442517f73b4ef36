// Durable units a second of the SQLite engine: a unit of nine statements, as an order's is, by concurrent
// callers. Prints one JSON object. Usage: database_bench [callers] [seconds] [folder] [n] [r]
// With n every n-th unit throws after it has written; with r each unit is followed by r reads of two rows.
#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "base/error.h"
#include "engines/sqlite/sqlite.h"
#include "ports/prompt_thread.h"
#include "testing/clock.h"

namespace bramble {
namespace {

using Steady = std::chrono::steady_clock;

constexpr const char* schema = R"sql(
CREATE TABLE stock (sku TEXT PRIMARY KEY, free BIGINT NOT NULL CHECK (free >= 0), held BIGINT NOT NULL) WITHOUT ROWID;
CREATE TABLE orders (order_id TEXT PRIMARY KEY, buyer TEXT NOT NULL, state BIGINT NOT NULL, total BIGINT NOT NULL,
  created_at BIGINT NOT NULL) WITHOUT ROWID;
CREATE TABLE lines (order_id TEXT NOT NULL, line BIGINT NOT NULL, sku TEXT NOT NULL, quantity BIGINT NOT NULL,
  PRIMARY KEY (order_id, line)) WITHOUT ROWID;
CREATE TABLE requests (request_key TEXT PRIMARY KEY, answer BLOB NOT NULL) WITHOUT ROWID;
)sql";

struct Placed {
  static constexpr std::string_view type = "bench.Placed";
  std::string order_id;
  std::string key() const { return order_id; }
  std::string encode() const { return order_id + std::string(120, 'x'); }
};

struct Bench {
  Database& database;
  Clock& clock;
  SeededRandom random;
  Steady::time_point end;
  int failing = 0;
  int reads = 0;
  std::uint64_t units = 0;
  std::vector<long long> latencies_us;
};

// Two look-ups, a change of a counter, five inserts and an update.
void order(Tx& tx, const std::string& id, const std::string& sku) {
  if (!tx.query("SELECT answer FROM requests WHERE request_key = $1", id).empty()) return;
  tx.query("SELECT free FROM stock WHERE sku = $1", sku);
  tx.exec("UPDATE stock SET free = free - 1, held = held + 1 WHERE sku = $1 AND free >= 1", sku);
  tx.send("INSERT INTO orders (order_id, buyer, state, total, created_at) VALUES ($1, $2, 1, $3, $4)", id,
          "usr_1", 4200, tx.now());
  for (int line = 0; line < 2; ++line) {
    tx.send("INSERT INTO lines (order_id, line, sku, quantity) VALUES ($1, $2, $3, 1)", id, line, sku);
  }
  tx.send("INSERT INTO requests (request_key, answer) VALUES ($1, $2)", id, Blob{id});
  tx.exec("UPDATE orders SET state = 2 WHERE order_id = $1 AND state = 1", id);
  tx.publish(Placed{id});
}

Task<void> caller(Bench& bench, int number) {
  Call call;
  for (int i = 0; Steady::now() < bench.end; ++i) {
    auto start = Steady::now();
    std::string id = new_id<OrderId>(bench.clock, bench.random, "usr_" + std::to_string(number)).text();
    std::string sku = "sku_" + std::to_string((number * 31 + i * 7) % 1000);
    bool fails = bench.failing != 0 && i % bench.failing == number % bench.failing;
    try {
      co_await bench.database.transact(call, id, [&](Tx& tx) {
        order(tx, id, sku);
        if (fails) throw Error(ErrorCode::conflict, "bench", "this one is to fail");
      });
    } catch (const Error&) {  // NOLINT: it was to fail
    }
    ++bench.units;
    for (int read = 0; read < bench.reads; ++read) {
      co_await bench.database.read(call, id, [&](Tx& tx) {
        tx.query("SELECT free, held FROM stock WHERE sku = $1", sku);
        tx.query("SELECT state, total FROM orders WHERE order_id = $1", id);
      });
    }
    auto took = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - start);
    bench.latencies_us.push_back(took.count());
  }
}

class WallClock final : public Clock {
 public:
  Time now() const override {
    auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
  }
};

int measure(int callers, double length_s, const std::string& folder, int failing, int reads) {
  WallClock clock;
  SeededRandom random(7);
  SqliteOptions options;
  options.path = folder + "/bench.db";
  options.clock = &clock;
  options.random = &random;
  auto database = open_sqlite(options);
  database->run_script(schema);
  std::string stock;
  for (int i = 0; i < 1000; ++i)
    stock += "INSERT INTO stock VALUES ('sku_" + std::to_string(i) + "', 1000000, 0);";
  database->run_script(stock);

  auto start = Steady::now();
  Bench bench{*database, clock, SeededRandom(3),
              start + std::chrono::microseconds(std::int64_t(length_s * 1e6))};
  bench.failing = failing;
  bench.reads = reads;
  boost::asio::io_context context(1);
  for (int i = 0; i < callers; ++i) {
    boost::asio::co_spawn(context, caller(bench, i), [](std::exception_ptr failure) {
      if (failure) std::rethrow_exception(failure);
    });
  }
  become_prompt();
  context.run();
  double took_s = std::chrono::duration<double>(Steady::now() - start).count();
  DatabaseStats stats = database->stats();
  std::sort(bench.latencies_us.begin(), bench.latencies_us.end());
  auto at = [&](double share) {
    return bench.latencies_us[std::size_t(share * double(bench.latencies_us.size() - 1))];
  };
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  double cpu_us = double(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 +
                  double(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
  double units = double(bench.units);
  std::printf("{\"callers\": %d, \"seconds\": %.2f, \"units_per_s\": %.0f, \"commits_per_s\": %.0f, ",
              callers, took_s, units / took_s, double(stats.commits) / took_s);
  std::printf(
      "\"units_per_commit\": %.1f, \"cpu_us_per_unit\": %.1f, \"busy_share\": %.2f, \"commit_share\": %.2f, ",
      double(stats.units) / double(stats.commits), cpu_us / units, double(stats.busy_us) / took_s / 1e6,
      double(stats.commit_us) / took_s / 1e6);
  std::printf("\"p50_us\": %lld, \"p99_us\": %lld, \"max_us\": %lld}\n", at(0.5), at(0.99), at(1));
  return 0;
}

}  // namespace
}  // namespace bramble

int main(int count, char** arguments) {
  int callers = count > 1 ? std::atoi(arguments[1]) : 64;
  double length_s = count > 2 ? std::atof(arguments[2]) : 3;
  std::string base = count > 3 ? arguments[3] : std::filesystem::temp_directory_path().string();
  int failing = count > 4 ? std::atoi(arguments[4]) : 0;
  int reads = count > 5 ? std::atoi(arguments[5]) : 0;
  std::string folder = base + "/database_bench.XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) return 1;
  int result = bramble::measure(callers, length_s, folder, failing, reads);
  std::filesystem::remove_all(folder);
  return result;
}
