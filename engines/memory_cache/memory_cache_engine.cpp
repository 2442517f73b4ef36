#include "engines/memory_cache/memory_cache_engine.h"

#include "engines/memory_cache/memory_cache.h"

namespace bramble {
namespace {

constexpr const char* journal_name = "carts";  // as data folders have it

// A cache together with its journal.
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

void expose_cache(Metrics& metrics, const std::shared_ptr<const MemoryCacheFigures>& figures) {
  metrics.gauge("bramble_cache_entries", "Keys in the hot cache.",
                [=] { return static_cast<double>(figures->entries.load()); });
  metrics.gauge("bramble_cache_bytes", "What the hot cache holds, with what an entry costs besides.",
                [=] { return static_cast<double>(figures->bytes.load()); });
  metrics.total("bramble_cache_evicted_total", "Keys that went before their end because the cache was full.",
                [=] { return static_cast<double>(figures->evicted.load()); });
}

MemoryCacheLimits limits_of(Settings& settings) {
  MemoryCacheLimits limits;
  limits.entries =
      static_cast<std::size_t>(settings.integer("cache", "entries", 1'000'000, 1'000, 1'000'000'000));
  limits.bytes = static_cast<std::size_t>(settings.integer("cache", "megabytes", 1'024, 16, 1 << 20)) << 20;
  limits.first_to_go = "cart:crt_";  // guests' carts
  return limits;
}

std::unique_ptr<Cache> open_cache(const Platform& platform, Metrics& metrics, MemoryCacheLimits limits) {
  auto journal = open_engine_database(platform, metrics, journal_name);
  auto cache = std::make_unique<JournalledCache>(std::move(journal), *platform.clock, std::move(limits));
  expose_cache(metrics, cache->figures());
  return cache;
}

}  // namespace

Engine memory_cache_engine() {
  return {.port = "cache",
          .name = "memory",
          .settings = [](Settings& settings) { limits_of(settings); },
          .open =
              [](const EngineContext& context, Platform& platform) {
                platform.make_cache = [platform, limits = limits_of(context.settings),
                                       &metrics = context.metrics](auto) {
                  return open_cache(platform, metrics, limits);
                };
              }};
}

}  // namespace bramble
