#include "engines/memory_cache/memory_cache.h"

#include "base/codec.h"
#include "base/error.h"

namespace bramble {
namespace {

constexpr std::size_t max_fields = 1'000;
constexpr std::size_t max_field_bytes = 64 * 1024;
constexpr std::size_t max_key_bytes = 255;
constexpr std::size_t max_waiting_for_a_key = 1'000;
constexpr std::int64_t load_page = 1'000;
constexpr std::size_t sweep_buckets = 2;  // looked at for ended keys at each change
constexpr int most_evicted = 8;           // at one change of a full cache
constexpr int most_looked = 100;          // of those that could go, when some are being changed
constexpr std::size_t entry_cost = 256;   // of the nodes of map, rank and hash

// One row a key. A row a field measured 15 µs of CPU a change of a cart of 20 lines, this 11 µs.
constexpr std::string_view sqlite_schema =
    "CREATE TABLE IF NOT EXISTS cache_entry"
    " (key TEXT PRIMARY KEY, ends_at BIGINT NOT NULL, fields BLOB NOT NULL)";
constexpr std::string_view postgres_schema =
    "CREATE TABLE IF NOT EXISTS cache_entry"
    " (key TEXT PRIMARY KEY, ends_at BIGINT NOT NULL, fields BYTEA NOT NULL)";

std::string encode_hash(const CacheHash& hash) {
  std::string bytes;
  std::size_t size = 0;
  for (const auto& [name, value] : hash) size += name.size() + value.size() + 12;
  bytes.reserve(size);
  wire::Writer(bytes).write(1, hash);
  return bytes;
}

CacheHash decode_hash(std::string_view bytes) {
  CacheHash hash;
  wire::Reader in(bytes);
  while (in.next()) {
    if (in.number() == 1) {
      in.read(hash);
    } else {
      in.skip();
    }
  }
  return hash;
}

void check_change(const std::string& key, const CacheHash& set) {
  if (key.empty() || key.size() > max_key_bytes) throw_invalid("key", "length", "1 to 255 bytes");
  for (const auto& [name, value] : set) {
    if (name.size() > max_key_bytes) throw_invalid("set", "length", "a field's name has at most 255 bytes");
    if (value.size() > max_field_bytes) throw_invalid("set", "length", "a field has at most 64 KiB");
  }
}

CacheHash changed(CacheHash hash, CacheHash set, const std::vector<std::string>& remove) {
  for (auto& [name, value] : set) hash.insert_or_assign(name, std::move(value));
  for (const auto& name : remove) hash.erase(name);
  if (hash.size() > max_fields) throw_invalid("set", "too_many", "a hash has at most 1,000 fields");
  return hash;
}

}  // namespace

struct MemoryCache::Entry {
  CacheHash hash;
  Time ends_at;
  std::size_t bytes = 0;  // as counted in the figures; 0 for one that holds nothing, which has no rank
  Rank rank;
  bool taken = false;  // somebody has the turn
  bool in_doubt =
      false;  // a change failed and may be in the journal or not: read it again before the next use
  std::deque<Resume> waiting;
};

// The right to change one key. Given to the next in line when it ends.
class MemoryCache::Turn {
 public:
  Turn(MemoryCache* cache, std::string key, Entry* entry)
      : cache_(cache), key_(std::move(key)), entry_(entry) {}
  Turn(Turn&& other) noexcept
      : cache_(std::exchange(other.cache_, nullptr)), key_(std::move(other.key_)), entry_(other.entry_) {}
  Turn& operator=(Turn&&) = delete;
  ~Turn() {
    if (cache_) cache_->end_turn(key_, *entry_);
  }
  Entry& entry() { return *entry_; }

 private:
  MemoryCache* cache_;
  std::string key_;
  Entry* entry_;
};

MemoryCache::MemoryCache(Database& journal, const Clock& clock, MemoryCacheLimits limits)
    : journal_(journal), clock_(clock), limits_(std::move(limits)) {
  journal_.run_script(journal_.dialect() == Dialect::sqlite ? sqlite_schema : postgres_schema);
}

MemoryCache::~MemoryCache() = default;

std::size_t MemoryCache::size() const {
  MutexLock lock(mutex_);
  return entries_.size();
}

Task<MemoryCache::Turn> MemoryCache::take_turn(const Call& call, const std::string& key) {
  Entry* entry = nullptr;  // it stays where it is, and is not forgotten, while it is taken
  bool wait = false;
  {
    MutexLock lock(mutex_);
    entry = &entries_[key];
    wait = std::exchange(entry->taken, true);
    if (wait && entry->waiting.size() >= max_waiting_for_a_key) {
      throw Error(ErrorCode::exhausted, "cache_busy", "too many changes of one key are waiting");
    }
  }
  if (wait) {
    co_await suspend([&](Resume resume) {
      MutexLock lock(mutex_);
      entry = &entries_[key];  // the turn may have ended between the two looks
      if (std::exchange(entry->taken, true)) {
        entry->waiting.push_back(std::move(resume));
        return;
      }
      lock.unlock();
      resume();
    });
  }
  Turn turn(this, key, entry);
  if (entry->in_doubt) co_await read_again(call, key, *entry);
  co_return turn;
}

void MemoryCache::end_turn(const std::string& key, Entry& entry) {
  MutexLock lock(mutex_);
  if (!entry.waiting.empty()) {
    auto next = std::move(entry.waiting.front());
    entry.waiting.pop_front();
    lock.unlock();
    next();
    return;
  }
  entry.taken = false;
  if (entry.hash.empty() && !entry.in_doubt) entries_.erase(key);
  figures_->entries = entries_.size();
}

Task<void> MemoryCache::read_again(const Call& call, const std::string& key, Entry& entry) {
  auto stored = co_await journal_.read(call, key, [&key](Tx& tx) -> std::pair<CacheHash, Time> {
    auto rows = tx.query("SELECT fields, ends_at FROM cache_entry WHERE key = $1", key);
    if (rows.empty()) return {};
    return {decode_hash(rows.front().get<std::string>(0)), rows.front().get<Time>(1)};
  });
  MutexLock lock(mutex_);
  entry.hash = std::move(stored.first);
  entry.ends_at = stored.second;
  entry.in_doubt = false;
  rank(key);
}

// True: the caller has to load, and says how it went. False: somebody has loaded.
Task<bool> MemoryCache::begin_loading() {
  while (true) {
    {
      MutexLock lock(mutex_);
      if (loading_ == Loading::done) co_return false;
      if (loading_ == Loading::no) {
        loading_ = Loading::now;
        co_return true;
      }
    }
    co_await suspend([this](Resume resume) {
      MutexLock lock(mutex_);
      if (loading_ == Loading::now) {
        waiting_for_load_.push_back(std::move(resume));
        return;
      }
      lock.unlock();
      resume();
    });
  }
}

void MemoryCache::end_loading(bool loaded) {
  std::vector<Resume> waiting;
  {
    MutexLock lock(mutex_);
    loading_ = loaded ? Loading::done : Loading::no;
    loaded_ = loaded;
    waiting.swap(waiting_for_load_);
  }
  for (auto& resume : waiting) resume();
}

Task<void> MemoryCache::load(Call call) {
  if (loaded_ || !co_await begin_loading()) co_return;
  std::exception_ptr failure;
  try {
    co_await load_pages(call);
  } catch (...) {
    failure = std::current_exception();
  }
  end_loading(!failure);
  if (failure) std::rethrow_exception(failure);
}

Task<void> MemoryCache::load_pages(const Call& call) {
  const auto now = clock_.now();
  co_await journal_.transact(call, "",
                             [now](Tx& tx) { tx.send("DELETE FROM cache_entry WHERE ends_at <= $1", now); });
  std::string last;
  for (bool more = true; more;) {
    auto rows = co_await journal_.read(call, "", [&last](Tx& tx) {
      return tx.query("SELECT key, ends_at, fields FROM cache_entry WHERE key > $1 ORDER BY key LIMIT $2",
                      last, load_page);
    });
    more = rows.size() == static_cast<std::size_t>(load_page);
    MutexLock lock(mutex_);
    for (auto row : rows) {
      last = row.get<std::string>(0);
      auto& entry = entries_[last];
      entry.ends_at = row.get<Time>(1);
      entry.hash = decode_hash(row.get<std::string>(2));
      rank(last);
    }
  }
  co_await trim(call);
}

// What was stored under wider limits.
Task<void> MemoryCache::trim(const Call& call) {
  for (bool more = true; more;) {
    std::vector<Forgotten> forgotten;
    {
      MutexLock lock(mutex_);
      make_room(0, forgotten);
      more = !forgotten.empty();
    }
    if (!more) break;
    co_await journal_.transact(call, "", [&forgotten](Tx& tx) {
      for (const auto& gone : forgotten) tx.send("DELETE FROM cache_entry WHERE key = $1", gone.key);
    });
  }
}

// Counts what the entry holds now and puts it into its place among the others. Under the lock, as all that
// follow.
void MemoryCache::rank(const std::string& key) {
  auto at = entries_.find(key);
  auto& entry = at->second;
  if (entry.bytes > 0) ranks_.erase(entry.rank);
  std::size_t bytes = 0;
  if (!entry.hash.empty()) {
    bytes = key.size() + entry_cost;
    for (const auto& [name, value] : entry.hash) bytes += name.size() + value.size() + entry_cost / 4;
    bool stays = limits_.first_to_go.empty() || !key.starts_with(limits_.first_to_go);
    entry.rank = {stays, entry.ends_at, &at->first};
    ranks_.insert(entry.rank);
  }
  figures_->bytes += bytes - entry.bytes;
  entry.bytes = bytes;
  figures_->entries = entries_.size();
}

bool MemoryCache::is_full(std::size_t growth) const {
  return entries_.size() > limits_.entries || figures_->bytes + growth > limits_.bytes;
}

void MemoryCache::forget(std::unordered_map<std::string, Entry>::iterator entry,
                         std::vector<Forgotten>& forgotten) {
  figures_->bytes -= entry->second.bytes;
  if (entry->second.bytes > 0) ranks_.erase(entry->second.rank);
  forgotten.push_back({entry->first, entry->second.ends_at});
  entries_.erase(entry);
  figures_->entries = entries_.size();
}

void MemoryCache::make_room(std::size_t growth, std::vector<Forgotten>& forgotten) {
  int looked = 0, evicted = 0;
  for (auto at = ranks_.begin(); at != ranks_.end() && is_full(growth); ++looked) {
    if (looked >= most_looked || evicted >= most_evicted) return;
    auto entry = entries_.find(*at->key);
    ++at;  // before it goes
    if (entry->second.taken || entry->second.in_doubt) continue;
    forget(entry, forgotten);
    ++evicted;
    ++figures_->evicted;
  }
}

// Ended keys in the next few buckets leave memory; the caller's change takes them out of the journal. So what
// has ended goes as fast as new keys come, and no change does much of it.
std::vector<MemoryCache::Forgotten> MemoryCache::forget_some(Time now) {
  std::vector<std::string> ended;
  std::vector<Forgotten> forgotten;
  for (std::size_t looked = 0; looked < sweep_buckets; ++looked) {
    auto bucket = sweep_at_++ % entries_.bucket_count();
    for (auto entry = entries_.begin(bucket); entry != entries_.end(bucket); ++entry) {
      if (!entry->second.taken && entry->second.ends_at <= now) ended.push_back(entry->first);
    }
  }
  for (const auto& key : ended) forget(entries_.find(key), forgotten);
  return forgotten;
}

// Makes the journal, then memory, hold this hash. An empty one is no row.
Task<void> MemoryCache::store(const Call& call, const std::string& key, Entry& entry, CacheHash hash,
                              Time ends_at) {
  const auto bytes = encode_hash(hash);
  std::vector<Forgotten> forgotten;
  {
    MutexLock lock(mutex_);
    forgotten = forget_some(clock_.now());
    if (!hash.empty()) make_room(entry.bytes == 0 ? bytes.size() + 2 * entry_cost : 0, forgotten);
  }
  auto write = [&](Tx& tx) {
    if (hash.empty()) {
      tx.send("DELETE FROM cache_entry WHERE key = $1", key);
    } else {
      tx.send("INSERT INTO cache_entry (key, ends_at, fields) VALUES ($1, $2, $3)"
              " ON CONFLICT (key) DO UPDATE SET ends_at = excluded.ends_at, fields = excluded.fields",
              key, ends_at, Blob{bytes});
    }
    // Unless it has come to life again in another's turn.
    for (const auto& gone : forgotten) {
      tx.send("DELETE FROM cache_entry WHERE key = $1 AND ends_at <= $2", gone.key, gone.ends_at);
    }
  };
  try {
    co_await journal_.transact(call, key, write);
  } catch (...) {
    MutexLock lock(mutex_);
    entry.in_doubt = true;
    throw;
  }
  MutexLock lock(mutex_);
  entry.hash = std::move(hash);
  entry.ends_at = ends_at;
  rank(key);
}

Task<CacheHash> MemoryCache::get(const Call& call, const std::string& key) {
  if (!loaded_) co_await load(call);
  {
    MutexLock lock(mutex_);
    auto found = entries_.find(key);
    if (found == entries_.end()) co_return CacheHash{};
    const auto& entry = found->second;
    if (!entry.in_doubt) co_return entry.ends_at > clock_.now() ? entry.hash : CacheHash{};
  }
  auto turn = co_await take_turn(call, key);
  co_return turn.entry().ends_at > clock_.now() ? turn.entry().hash : CacheHash{};
}

Task<std::optional<CacheHash>> MemoryCache::change(Call call, std::string key, std::optional<CacheHash> seen,
                                                   CacheHash set, std::vector<std::string> remove,
                                                   Duration life) {
  check_change(key, set);
  if (!loaded_) co_await load(call);
  auto turn = co_await take_turn(call, key);
  auto& entry = turn.entry();
  const auto now = clock_.now();
  auto hash = entry.ends_at > now ? entry.hash : CacheHash{};
  if (seen && *seen != hash) co_return std::nullopt;
  hash = changed(std::move(hash), std::move(set), remove);
  co_await store(call, key, entry, hash, now + life);
  co_return hash;
}

Task<CacheHash> MemoryCache::update(const Call& call, const std::string& key, CacheHash set,
                                    std::vector<std::string> remove, Duration life) {
  co_return *co_await change(call, key, std::nullopt, std::move(set), std::move(remove), life);
}

Task<std::optional<CacheHash>> MemoryCache::update_if(const Call& call, const std::string& key,
                                                      CacheHash seen, CacheHash set,
                                                      std::vector<std::string> remove, Duration life) {
  return change(call, key, std::move(seen), std::move(set), std::move(remove), life);
}

Task<void> MemoryCache::erase(const Call& call, const std::string& key) {
  if (!loaded_) co_await load(call);
  auto turn = co_await take_turn(call, key);
  if (!turn.entry().hash.empty()) co_await store(call, key, turn.entry(), {}, {});
}

}  // namespace bramble
