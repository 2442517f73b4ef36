// Puts a chunk's cards into the catalogue. A card that the catalogue refuses becomes a problem of its row,
// and the others are put without it.
#pragma once

#include "app/import/chunk.h"
#include "base/call.h"
#include "base/task.h"

namespace bramble::importing {

class CardWriter {
 public:
  CardWriter(catalog::CatalogApi& catalog, Call call) : catalog_(catalog), call_(std::move(call)) {}

  // The chunk outlives the task. Its rows' cards are taken.
  Task<void> put(Chunk& chunk);

 private:
  using Rows = std::vector<ChunkRow*>;

  Task<void> put_batch(Chunk& chunk, Rows rows);

  catalog::CatalogApi& catalog_;
  Call call_;
};

}  // namespace bramble::importing
