// The cache in this process's memory, with a database as its journal: a change is answered once the journal
// has it, and at start everything that still lives is read back. So nothing acknowledged is forgotten before
// its end. Memory never shows what the journal does not have. Changes of one key take turns; different keys
// share commits.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "ports/cache.h"
#include "ports/clock.h"
#include "ports/database.h"

namespace bramble {

class MemoryCache final : public Cache {
 public:
  // Makes its table in the journal if it is not there. Both outlive the cache.
  MemoryCache(Database& journal, const Clock& clock);
  ~MemoryCache() override;

  // Reads back what lives. The first operation does it if nobody did before.
  Task<void> load(Call call);

  Task<CacheHash> get(const Call& call, const std::string& key) override;
  Task<CacheHash> update(const Call& call, const std::string& key, CacheHash set,
                         std::vector<std::string> remove, Duration life) override;
  Task<void> erase(const Call& call, const std::string& key) override;

  std::size_t size() const;  // keys in memory

 private:
  struct Entry;
  class Turn;
  enum class Loading { no, now, done };

  Task<Turn> take_turn(const Call& call, const std::string& key);
  void end_turn(const std::string& key, Entry& entry);
  Task<bool> begin_loading();
  void end_loading(bool loaded);
  Task<void> read_again(const Call& call, const std::string& key, Entry& entry);
  Task<void> load_pages(const Call& call);
  Task<void> store(const Call& call, const std::string& key, Entry& entry, CacheHash hash, Time ends_at);
  std::vector<std::string> forget_some(Time now);

  Database& journal_;
  const Clock& clock_;
  std::atomic<bool> loaded_ = false;
  mutable std::mutex mutex_;  // guards all below
  std::unordered_map<std::string, Entry> entries_;
  std::size_t sweep_at_ = 0;
  Loading loading_ = Loading::no;
  std::vector<Resume> waiting_for_load_;
};

}  // namespace bramble
