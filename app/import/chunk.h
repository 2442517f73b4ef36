// Some thousand rows on their way from the file into the stores, and where in the file they end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/import/row_problem.h"
#include "services/catalog/catalog.api.h"

namespace bramble::importing {

struct ChunkRow {
  std::int64_t line = 0;
  std::string source;
  std::string id;
  std::optional<catalog::Card> card;  // until it is put; none: the row is skipped
  RowProblems problems;
};

struct Chunk {
  std::vector<catalog::Category> categories;  // that its cards are the first to be in
  std::vector<ChunkRow> rows;
  std::vector<SkuId> skus;  // of the cards that were put
  std::int64_t written = 0;
  // The end of it.
  std::int64_t lines = 0;
  std::string digest;
  double share_of_file = 0;
};

}  // namespace bramble::importing
