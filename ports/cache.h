// The cache port: hashes (field → bytes) by key; each key expires.
// Promise: operations on one key are atomic and in order. What an engine has acknowledged survives a restart.
// An engine may evict a key before it expires, so the cache is never the only copy of data that must not be
// lost.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/call.h"
#include "base/task.h"
#include "base/time.h"

namespace bramble {

using CacheHash = std::map<std::string, std::string>;

class Cache {
 public:
  virtual ~Cache() = default;
  // An unknown or expired key reads as an empty hash.
  virtual Task<CacheHash> get(const Call& call, const std::string& key) = 0;
  // Sets the fields of `set`, removes the fields of `remove`, lets the key expire after `life`, and returns
  // the resulting hash. Throws Error invalid for a hash of more than 1,000 fields or a field over 64 KiB.
  virtual Task<CacheHash> update(const Call& call, const std::string& key, CacheHash set,
                                 std::vector<std::string> remove, Duration life) = 0;
  // The same, but only if the hash equals `seen`. Otherwise it changes nothing and returns nullopt.
  virtual Task<std::optional<CacheHash>> update_if(const Call& call, const std::string& key, CacheHash seen,
                                                   CacheHash set, std::vector<std::string> remove,
                                                   Duration life) = 0;
  virtual Task<void> erase(const Call& call, const std::string& key) = 0;
};

}  // namespace bramble
