// The blob store port. Promise: a whole object or nothing; a put that returned is durable.
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
  // Keys are 1 to 200 characters of [0-9a-zA-Z._/-], no "..", no leading '/'; Error invalid otherwise.
  virtual Task<void> put(const Call& call, std::string key, BlobObject object) = 0;
  virtual Task<std::optional<BlobObject>> get(const Call& call, std::string key) = 0;
  virtual Task<void> remove(const Call& call, std::string key) = 0;
};

}  // namespace bramble
