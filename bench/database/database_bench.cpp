// Durable units a second of a database engine: a unit of nine statements, as an order's is, by concurrent
// callers. Prints one JSON object.
// Usage: database_bench sqlite|postgres [callers] [seconds] [n] [r]
// With n every n-th unit throws after it has written; with r each unit is followed by r reads of two rows.
#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/error.h"
#include "engines/postgres/postgres.h"
#include "engines/sqlite/sqlite.h"
#include "testing/clock.h"
#include "testing/database/postgres_server.h"

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

struct Settings {
  std::string engine = "sqlite";
  int callers = 64;
  double length_s = 3;
  int failing = 0;
  int reads = 0;
};

struct World {
  WallClock clock;
  SeededRandom random{7};
  ScratchFolder folder;
  std::unique_ptr<PostgresServer> server;
  std::unique_ptr<Database> database;

  explicit World(const std::string& engine) {
    std::string script = schema;
    if (engine == "postgres") {
      server = std::make_unique<PostgresServer>(PostgresServerOptions{.durable = true});
      database = open_postgres({.conninfo = server->conninfo(),
                                .schema = "bench",
                                .clock = &clock,
                                .random = &random,
                                .connections = 8});
      for (auto [from, to] : {std::pair("WITHOUT ROWID", ""), std::pair("BLOB", "BYTEA")}) {
        while (script.find(from) != std::string::npos)
          script.replace(script.find(from), std::strlen(from), to);
      }
    } else {
      database = open_sqlite({.path = folder.path() + "/bench.db", .clock = &clock, .random = &random});
    }
    for (int i = 0; i < 1000; ++i) {
      script += "INSERT INTO stock VALUES ('sku_" + std::to_string(i) + "', 1000000, 0);";
    }
    database->run_script(script);
  }
};

double cpu_us() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return double(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 +
         double(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

void print(const Settings& settings, Bench& bench, double took_s, double used_us) {
  DatabaseStats stats = bench.database.stats();
  double units = double(bench.units);
  auto& latencies = bench.latencies_us;
  std::sort(latencies.begin(), latencies.end());
  auto at = [&](double share) { return latencies[std::size_t(share * double(latencies.size() - 1))]; };
  std::printf("{\"engine\": \"%s\", \"callers\": %d, \"seconds\": %.2f, \"units_per_s\": %.0f, ",
              settings.engine.c_str(), settings.callers, took_s, units / took_s);
  std::printf("\"commits_per_s\": %.0f, \"units_per_commit\": %.1f, \"retried\": %llu, ",
              double(stats.commits) / took_s, double(stats.units) / double(stats.commits),
              static_cast<unsigned long long>(stats.retried_units));
  std::printf("\"cpu_us_per_unit\": %.1f, \"busy_share\": %.2f, \"commit_share\": %.2f, ", used_us / units,
              double(stats.busy_us) / took_s / 1e6, double(stats.commit_us) / took_s / 1e6);
  std::printf("\"p50_us\": %lld, \"p99_us\": %lld, \"max_us\": %lld}\n", at(0.5), at(0.99), at(1));
}

void measure(const Settings& settings) {
  World world(settings.engine);
  auto start = Steady::now();
  auto end = start + std::chrono::microseconds(std::int64_t(settings.length_s * 1e6));
  Bench bench{*world.database, world.clock, SeededRandom(3), end, settings.failing, settings.reads};
  boost::asio::io_context context(1);
  for (int i = 0; i < settings.callers; ++i) {
    boost::asio::co_spawn(context, caller(bench, i), [](std::exception_ptr failure) {
      if (failure) std::rethrow_exception(failure);
    });
  }
  double used_before_us = cpu_us();
  context.run();
  print(settings, bench, std::chrono::duration<double>(Steady::now() - start).count(),
        cpu_us() - used_before_us);
}

}  // namespace
}  // namespace bramble

int main(int count, char** arguments) {
  bramble::Settings settings;
  if (count > 1) settings.engine = arguments[1];
  if (count > 2) settings.callers = std::atoi(arguments[2]);
  if (count > 3) settings.length_s = std::atof(arguments[3]);
  if (count > 4) settings.failing = std::atoi(arguments[4]);
  if (count > 5) settings.reads = std::atoi(arguments[5]);
  bramble::measure(settings);
}
