// The hot cache: hashes (field → bytes) by key, each with an end of life.
// Promise: one key's operations are atomic and in order. It may forget a key at any time in a cluster; the
// embedded engine forgets before the key's end only when it is full, and what it has acknowledged survives a
// restart and a power cut. Never the only copy of what cannot be lost.
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
  // An unknown or ended key reads as empty.
  virtual Task<CacheHash> get(const Call& call, const std::string& key) = 0;
  // Sets `set`, removes `remove`, lets the key live for `life` from now, and returns the whole hash as it is
  // then. A hash holds at most 1,000 fields of 64 KiB: beyond that Error invalid.
  virtual Task<CacheHash> update(const Call& call, const std::string& key, CacheHash set,
                                 std::vector<std::string> remove, Duration life) = 0;
  // The same, but only if the hash is still as it was seen. Nothing, and nothing changed, if it is not.
  virtual Task<std::optional<CacheHash>> update_if(const Call& call, const std::string& key, CacheHash seen,
                                                   CacheHash set, std::vector<std::string> remove,
                                                   Duration life) = 0;
  virtual Task<void> erase(const Call& call, const std::string& key) = 0;
};

}  // namespace bramble
