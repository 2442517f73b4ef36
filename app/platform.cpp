#include "app/platform.h"

#include <filesystem>

#include "base/error.h"
#include "base/phone/phone.h"
#include "engines/files/file_blobs.h"
#include "engines/http/http_client.h"
#include "engines/http/http_server.h"
#include "engines/memory_cache/memory_cache.h"
#include "engines/postgres/postgres.h"
#include "engines/sqlite/sqlite.h"
#include "engines/xapian/xapian_index.h"
#include "runtime/process_metrics.h"
#include "runtime/system_clock.h"

namespace bramble {
namespace {

constexpr const char* carts_journal = "carts";

using OpenDatabase = std::function<std::unique_ptr<Database>(const std::string& module)>;

// The memory cache together with the database that is its journal.
class JournalledCache final : public Cache {
 public:
  JournalledCache(std::shared_ptr<Database> journal, const Clock& clock, MemoryCacheLimits limits)
      : journal_(std::move(journal)), cache_(*journal_, clock, std::move(limits)) {}

  Task<CacheHash> get(const Call& call, const std::string& key) override { return cache_.get(call, key); }
  Task<CacheHash> update(const Call& call, const std::string& key, CacheHash set,
                         std::vector<std::string> remove, Duration life) override {
    return cache_.update(call, key, std::move(set), std::move(remove), life);
  }
  Task<std::optional<CacheHash>> update_if(const Call& call, const std::string& key, CacheHash seen,
                                           CacheHash set, std::vector<std::string> remove,
                                           Duration life) override {
    return cache_.update_if(call, key, std::move(seen), std::move(set), std::move(remove), life);
  }
  Task<void> erase(const Call& call, const std::string& key) override { return cache_.erase(call, key); }
  std::shared_ptr<const MemoryCacheFigures> figures() const { return cache_.figures(); }

 private:
  std::shared_ptr<Database> journal_;
  MemoryCache cache_;
};

OpenDatabase sqlite_opener(const std::string& data_folder, Duration gather_time, std::int64_t mapped_mb,
                           const Clock& clock, Random& random) {
  return [data_folder, gather_time, mapped_mb, &clock, &random](const std::string& module) {
    SqliteOptions options;
    options.path = data_folder + "/" + module + ".db";
    options.clock = &clock;
    options.random = &random;
    options.gather_time = gather_time;
    options.mapped_bytes = mapped_mb << 20;
    return open_sqlite(options);
  };
}

OpenDatabase postgres_opener(const std::string& conninfo, std::size_t connections, const Clock& clock,
                             Random& random) {
  return [=, &clock, &random](const std::string& module) {
    PostgresOptions options;
    options.conninfo = conninfo;
    options.schema = module;
    options.clock = &clock;
    options.random = &random;
    options.connections = connections;
    return open_postgres(options);
  };
}

void expose_cache(Metrics& metrics, const std::shared_ptr<const MemoryCacheFigures>& figures) {
  metrics.gauge("bramble_cache_entries", "Keys in the hot cache.",
                [=] { return static_cast<double>(figures->entries.load()); });
  metrics.gauge("bramble_cache_bytes", "What the hot cache holds, with what an entry costs besides.",
                [=] { return static_cast<double>(figures->bytes.load()); });
  metrics.total("bramble_cache_evicted_total", "Keys that went before their end because the cache was full.",
                [=] { return static_cast<double>(figures->evicted.load()); });
}

MemoryCacheLimits cache_limits(Settings& settings) {
  MemoryCacheLimits limits;
  limits.entries =
      static_cast<std::size_t>(settings.integer("cache", "entries", 1'000'000, 1'000, 1'000'000'000));
  limits.bytes = static_cast<std::size_t>(settings.integer("cache", "megabytes", 1'024, 16, 1 << 20)) << 20;
  limits.first_to_go = "cart:crt_";  // carts without an owner
  return limits;
}

}  // namespace

Platform make_platform(Settings& settings, const std::string& data_folder, Metrics& metrics) {
  std::filesystem::create_directories(data_folder);
  if (!set_home_region(settings.text("server", "phone_region", "RU")))
    throw_invalid("server.phone_region", "not_allowed", "a country of ISO 3166 in capitals, such as RU");
  Platform platform;
  platform.clock = std::make_shared<SystemClock>();
  platform.random = std::make_shared<SystemRandom>();
  auto engine = settings.text("database", "engine", "sqlite");
  auto conninfo = settings.text("database", "conninfo", "");
  auto connections = settings.integer("database", "connections", 4, 1, 64);
  auto gather_us = settings.integer("database", "gather_us", 700, 0, 10'000);
  auto mapped_mb = settings.integer("database", "mapped_mb", 256, 0, 1 << 20);
  if (engine == "sqlite") {
    platform.open_database =
        sqlite_opener(data_folder, microseconds(gather_us), mapped_mb, *platform.clock, *platform.random);
  } else if (engine == "postgres") {
    if (conninfo.empty()) throw_invalid("database.conninfo", "required", "where the PostgreSQL server is");
    platform.open_database =
        postgres_opener(conninfo, static_cast<std::size_t>(connections), *platform.clock, *platform.random);
  } else {
    throw_invalid("database.engine", "not_allowed", "one of sqlite, postgres");
  }
  HttpClientLimits limits;
  limits.authorities_file = settings.text("http_client", "authorities_file", "");
  platform.make_http_client = [limits](boost::asio::any_io_executor executor) {
    return make_http_client(std::move(executor), limits);
  };
  platform.open_server = [](boost::asio::any_io_executor executor, HttpListen listen, HttpHandler handler) {
    return listen_http(std::move(executor), std::move(listen), std::move(handler));
  };
  platform.make_cache = [open = platform.open_database, clock = platform.clock,
                         bounds = cache_limits(settings), &metrics](boost::asio::any_io_executor) {
    std::shared_ptr<Database> journal = open(carts_journal);
    expose_database(metrics, carts_journal, journal);
    auto cache = std::make_unique<JournalledCache>(std::move(journal), *clock, bounds);
    expose_cache(metrics, cache->figures());
    return cache;
  };
  platform.make_search = [data_folder, clock = platform.clock](boost::asio::any_io_executor) {
    return open_xapian_index(std::filesystem::path(data_folder) / "search", *clock);
  };
  platform.make_blobs = [data_folder](boost::asio::any_io_executor) {
    return std::make_unique<FileBlobs>(std::filesystem::path(data_folder) / "blobs");
  };
  return platform;
}

}  // namespace bramble
