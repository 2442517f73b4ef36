// The search index on Xapian, in a folder of its own that only one process may have open.
// A put answers once it is on disk. Small writes are committed together, one commit in each `commit_pause`;
// some thousand documents are committed at once.
#pragma once

#include <filesystem>
#include <memory>

#include "ports/clock.h"
#include "ports/search.h"

namespace bramble {

struct XapianOptions {
  Duration commit_pause = seconds(1);
  std::size_t query_threads = 1;
  std::size_t most_waiting = 1000;  // queries, and puts, beyond which more are refused as exhausted
};

// Opens the index, or begins an empty one; what cannot be read is begun anew, since its owner can fill it
// again. Throws Error unavailable "index_locked" if another process has it open.
std::unique_ptr<SearchIndex> open_xapian_index(std::filesystem::path folder, const Clock& clock,
                                               XapianOptions options = {});

}  // namespace bramble
