// The cache in this process's memory, with a database as its journal: a change is answered once the journal
// has it, and at start everything that still lives is read back. So nothing acknowledged is forgotten before
// its end, unless the cache is full: then those go that are told apart as less worth (`first_to_go`), else
// those that would end first. Memory never shows what the journal does not have. Changes of one key take
// turns; different keys share commits.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/mutex.h"
#include "ports/cache.h"
#include "ports/clock.h"
#include "ports/database.h"

namespace bramble {

struct MemoryCacheLimits {
  std::size_t entries = 1'000'000;
  std::size_t bytes = 1UL << 30;  // of keys and hashes, with what an entry costs besides
  std::string first_to_go;        // keys that begin so go before all others when it is full; empty: none
};

// Written by whoever changes the cache; read by metrics, also after it is gone.
struct MemoryCacheFigures {
  std::atomic<std::size_t> entries = 0;
  std::atomic<std::size_t> bytes = 0;
  std::atomic<std::uint64_t> evicted = 0;  // before their end
};

class MemoryCache final : public Cache {
 public:
  // Makes its table in the journal if it is not there. Both outlive the cache.
  MemoryCache(Database& journal, const Clock& clock, MemoryCacheLimits limits = {});
  ~MemoryCache() override;

  // Reads back what lives. The first operation does it if nobody did before.
  Task<void> load(Call call);

  Task<CacheHash> get(const Call& call, const std::string& key) override;
  Task<CacheHash> update(const Call& call, const std::string& key, CacheHash set,
                         std::vector<std::string> remove, Duration life) override;
  Task<std::optional<CacheHash>> update_if(const Call& call, const std::string& key, CacheHash seen,
                                           CacheHash set, std::vector<std::string> remove,
                                           Duration life) override;
  Task<void> erase(const Call& call, const std::string& key) override;

  std::size_t size() const;  // keys in memory
  std::shared_ptr<const MemoryCacheFigures> figures() const { return figures_; }

 private:
  struct Entry;
  class Turn;
  struct Rank {
    bool stays = false;  // longer than those that are told apart as less worth
    Time ends_at;
    const std::string* key = nullptr;  // in `entries_`, where it stays
    auto operator<=>(const Rank&) const = default;
  };
  enum class Loading { no, now, done };

  Task<std::optional<CacheHash>> change(Call call, std::string key, std::optional<CacheHash> seen,
                                        CacheHash set, std::vector<std::string> remove, Duration life);
  Task<Turn> take_turn(const Call& call, const std::string& key);
  void end_turn(const std::string& key, Entry& entry);
  Task<bool> begin_loading();
  void end_loading(bool loaded);
  Task<void> read_again(const Call& call, const std::string& key, Entry& entry);
  Task<void> load_pages(const Call& call);
  Task<void> store(const Call& call, const std::string& key, Entry& entry, CacheHash hash, Time ends_at);
  // A key that memory has forgotten, and what the journal has of it.
  struct Forgotten {
    std::string key;
    Time ends_at;
  };
  void forget(std::unordered_map<std::string, Entry>::iterator entry, std::vector<Forgotten>& forgotten)
      REQUIRES(mutex_);
  std::vector<Forgotten> forget_some(Time now) REQUIRES(mutex_);
  void make_room(std::size_t growth, std::vector<Forgotten>& forgotten) REQUIRES(mutex_);
  bool is_full(std::size_t growth) const REQUIRES(mutex_);
  void rank(const std::string& key) REQUIRES(mutex_);
  Task<void> trim(const Call& call);

  Database& journal_;
  const Clock& clock_;
  const MemoryCacheLimits limits_;
  const std::shared_ptr<MemoryCacheFigures> figures_ = std::make_shared<MemoryCacheFigures>();
  std::atomic<bool> loaded_ = false;
  mutable Mutex mutex_;
  std::unordered_map<std::string, Entry> entries_ GUARDED_BY(mutex_);
  std::size_t sweep_at_ GUARDED_BY(mutex_) = 0;
  std::set<Rank> ranks_ GUARDED_BY(mutex_);  // of all that hold something; those that go first come first
  Loading loading_ GUARDED_BY(mutex_) = Loading::no;
  std::vector<Resume> waiting_for_load_ GUARDED_BY(mutex_);
};

}  // namespace bramble
