// The blob store port. Promise: `get` returns a whole object or none; when `put` returns, the object is
// durable.
#pragma once

#include <optional>
#include <string>

#include "base/call.h"
#include "base/task.h"

namespace bramble {

struct BlobObject {
  std::string bytes;
  std::string content_type;
};

class BlobStore {
 public:
  virtual ~BlobStore() = default;
  // A key has 1 to 200 characters of [0-9a-zA-Z._/-], no ".." and no leading '/'; others throw Error invalid.
  virtual Task<void> put(const Call& call, std::string key, BlobObject object) = 0;
  virtual Task<std::optional<BlobObject>> get(const Call& call, std::string key) = 0;
  virtual Task<void> remove(const Call& call, std::string key) = 0;
};

}  // namespace bramble
