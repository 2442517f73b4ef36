#include "engines/memory_cache/memory_cache.h"

#include "engines/postgres/postgres.h"
#include "engines/sqlite/sqlite.h"
#include "testing/cache/cache_contract.h"
#include "testing/clock.h"
#include "testing/database/postgres_server.h"
#include "testing/scratch_folder.h"

namespace bramble {
namespace {

class MemoryCacheWorld : public CacheWorld {
 public:
  // Without a server, the journal is a file.
  explicit MemoryCacheWorld(const PostgresServer* server = nullptr) : server_(server) {
    static int worlds = 0;
    schema_ = "cache" + std::to_string(++worlds);
    open();
  }
  Cache& cache() override { return *cache_; }
  void reopen() override {
    cache_.reset();
    journal_.reset();
    open();
  }
  void advance(Duration span) override { clock_.advance(span); }

  void open() {
    if (server_) {
      PostgresOptions options;
      options.conninfo = server_->conninfo();
      options.schema = schema_;
      options.clock = &clock_;
      options.random = &random_;
      journal_ = open_postgres(options);
    } else {
      journal_ = open_sqlite({.path = folder_.path() + "/cache.db", .clock = &clock_, .random = &random_});
    }
    cache_ = std::make_unique<MemoryCache>(*journal_, clock_);
  }
  std::int64_t rows() {
    return run_sync(journal_->read(Call{}, "", [](Tx& tx) {
      return tx.query("SELECT count(*) FROM cache_entry").front().get<std::int64_t>(0);
    }));
  }

  const PostgresServer* server_;
  std::string schema_;
  ScratchFolder folder_;
  TestClock clock_;
  SeededRandom random_;
  std::unique_ptr<Database> journal_;
  std::unique_ptr<MemoryCache> cache_;
};

class ServerOfThisProgram final : public testing::Environment {
 public:
  void SetUp() override { server = std::make_unique<PostgresServer>(); }
  void TearDown() override { server.reset(); }
  static inline std::unique_ptr<PostgresServer> server;
};

[[maybe_unused]] auto* const environment = testing::AddGlobalTestEnvironment(new ServerOfThisProgram);

INSTANTIATE_TEST_SUITE_P(MemoryAndSqlite, CacheContract, testing::Values([]() -> std::unique_ptr<CacheWorld> {
                           return std::make_unique<MemoryCacheWorld>();
                         }));
INSTANTIATE_TEST_SUITE_P(MemoryAndPostgres, CacheContract,
                         testing::Values([]() -> std::unique_ptr<CacheWorld> {
                           return std::make_unique<MemoryCacheWorld>(ServerOfThisProgram::server.get());
                         }));

// A database that loses the answer of a commit, or the commit itself, when it is told to.
class UnreliableDatabase : public Database {
 public:
  enum class Fault { none, before, after };
  explicit UnreliableDatabase(Database& inner) : inner_(inner) {}
  Fault fault = Fault::none;

  Dialect dialect() const override { return inner_.dialect(); }
  DatabaseStats stats() const override { return inner_.stats(); }
  void on_messages(std::function<void(const CommittedMessages&)> listener) override {
    inner_.on_messages(std::move(listener));
  }
  void run_script(std::string_view script) override { inner_.run_script(script); }

 protected:
  Task<void> run(const Call& call, const std::string& owner, bool read_only,
                 std::function<void(Tx&)>& unit) override {
    auto forward = [&unit](Tx& tx) { unit(tx); };
    if (read_only) {
      co_await inner_.read(call, owner, forward);
      co_return;
    }
    if (fault == Fault::before) throw Error(ErrorCode::unavailable, "down", "the database is down");
    co_await inner_.transact(call, owner, forward);
    if (fault == Fault::after) throw Error(ErrorCode::unavailable, "commit_unknown", "the answer was lost");
  }

 private:
  Database& inner_;
};

class MemoryCacheFaults : public testing::Test {
 protected:
  CacheHash update(CacheHash set) {
    return run_sync(cache_.update(call_, "cart", std::move(set), {}, days(1)));
  }
  CacheHash get() { return run_sync(cache_.get(call_, "cart")); }

  MemoryCacheWorld world_;
  UnreliableDatabase journal_{*world_.journal_};
  MemoryCache cache_{journal_, world_.clock_};
  Call call_;
};

TEST_F(MemoryCacheFaults, AChangeThatWasNotMadeDurableIsNotShown) {
  update({{"a", "1"}});
  journal_.fault = UnreliableDatabase::Fault::before;
  EXPECT_THROW(update({{"b", "2"}}), Error);
  journal_.fault = UnreliableDatabase::Fault::none;
  EXPECT_EQ(get(), (CacheHash{{"a", "1"}}));
}

TEST_F(MemoryCacheFaults, AChangeWhoseAnswerWasLostIsShownAsTheJournalHasIt) {
  update({{"a", "1"}});
  journal_.fault = UnreliableDatabase::Fault::after;
  EXPECT_THROW(update({{"b", "2"}}), Error);
  journal_.fault = UnreliableDatabase::Fault::none;
  EXPECT_EQ(get(), (CacheHash{{"a", "1"}, {"b", "2"}}));
  EXPECT_EQ(update({{"c", "3"}}).size(), 3u);
}

TEST(MemoryCache, EndedKeysLeaveMemoryAndJournalWhileOthersChange) {
  MemoryCacheWorld world;
  Call call;
  for (int number = 0; number < 200; ++number) {
    CacheHash set{{"a", "1"}};
    run_sync(world.cache().update(call, "old" + std::to_string(number), std::move(set), {}, seconds(1)));
  }
  world.advance(seconds(2));
  for (int number = 0; number < 500; ++number) {
    CacheHash set{{"a", "1"}};
    run_sync(world.cache().update(call, "new", std::move(set), {}, days(1)));
  }
  EXPECT_EQ(world.cache_->size(), 1u);
  EXPECT_EQ(world.rows(), 1);
}

// A cache of its own limits over the world's journal.
class FullCache : public testing::Test {
 protected:
  FullCache() { remake({.entries = 100, .first_to_go = "cart:crt_"}); }
  void remake(MemoryCacheLimits limits) {
    cache_ = std::make_unique<MemoryCache>(*world_.journal_, world_.clock_, std::move(limits));
  }
  void put(const std::string& key, Duration life, const std::string& value = "1") {
    run_sync(cache_->update(Call{}, key, {{"a", value}}, {}, life));
  }
  int left(const std::string& prefix, int count) {
    int found = 0;
    for (int i = 0; i < count; ++i)
      found += run_sync(cache_->get(Call{}, prefix + std::to_string(i))).empty() ? 0 : 1;
    return found;
  }

  MemoryCacheWorld world_;
  std::unique_ptr<MemoryCache> cache_;
};

TEST_F(FullCache, IsBoundedAndSoIsItsJournal) {
  for (int i = 0; i < 1'000; ++i) put("cart:crt_" + std::to_string(i), days(7));
  EXPECT_LE(cache_->size(), 101u);
  EXPECT_LE(world_.rows(), 101);
  EXPECT_EQ(cache_->figures()->entries, cache_->size());
  EXPECT_GE(cache_->figures()->evicted, 899u);
}

TEST_F(FullCache, GivesUpCartsWithoutAnOwnerBeforeThoseOfBuyers) {
  for (int i = 0; i < 90; ++i) put("cart:usr_" + std::to_string(i), hours(1));
  for (int i = 0; i < 2'000; ++i) put("cart:crt_" + std::to_string(i), days(7));
  EXPECT_EQ(left("cart:usr_", 90), 90);
}

TEST_F(FullCache, GivesUpWhatEndsSoonestOfEqualOnes) {
  remake({.entries = 20});
  for (int i = 0; i < 20; ++i) put("long" + std::to_string(i), days(7));
  for (int i = 0; i < 200; ++i) put("short" + std::to_string(i), hours(1));
  // The first of them made room for itself; from then on they make room for each other.
  EXPECT_EQ(left("long", 20), 19);
}

TEST_F(FullCache, IsBoundedByBytesToo) {
  remake({.entries = 1'000'000, .bytes = 1 << 20});
  for (int i = 0; i < 200; ++i) put("k" + std::to_string(i), days(7), std::string(60'000, 'x'));
  EXPECT_LE(cache_->figures()->bytes, std::size_t{1} << 20);
  EXPECT_GT(cache_->size(), 5u);
}

TEST_F(FullCache, CountsToNothingWhenEverythingHasGone) {
  for (int i = 0; i < 50; ++i)
    put("k" + std::to_string(i), days(7), std::string(static_cast<std::size_t>(i), 'x'));
  for (int i = 0; i < 50; ++i) put("k" + std::to_string(i), days(7), "shorter");
  for (int i = 0; i < 50; ++i) run_sync(cache_->erase(Call{}, "k" + std::to_string(i)));
  EXPECT_EQ(cache_->figures()->bytes, 0u);
}

TEST_F(FullCache, TakesOnlySoMuchBackAsItMayHold) {
  for (int i = 0; i < 100; ++i) put("k" + std::to_string(i), days(7));
  remake({.entries = 30});
  run_sync(cache_->load(Call{}));
  EXPECT_LE(cache_->size(), 30u);
  EXPECT_LE(world_.rows(), 30);
}

TEST(MemoryCache, ReadsBackMoreThanOnePage) {
  MemoryCacheWorld world;
  run_sync(world.journal_->transact(Call{}, "", [](Tx& tx) {
    for (int number = 0; number < 2'500; ++number) {
      tx.send("INSERT INTO cache_entry (key, ends_at, fields) VALUES ($1, $2, $3)",
              "k" + std::to_string(number), INT64_MAX, Blob{""});
    }
  }));
  run_sync(world.cache_->load(Call{}));
  EXPECT_EQ(world.cache_->size(), 2'500u);
}

}  // namespace
}  // namespace bramble
