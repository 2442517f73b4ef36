// How far an import is, kept durably in the data folder after each chunk of rows: what a later run needs to
// go on there. Always true: everything that the file says is done is in the stores.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace bramble::importing {

struct ImportCounts {
  std::int64_t rows = 0;     // lines that are not empty
  std::int64_t cards = 0;    // rows that are cards now
  std::int64_t written = 0;  // of them new, or changed
  std::int64_t skipped = 0;  // rows that could not be taken
  std::int64_t noted = 0;    // cards that were taken without something of theirs
  std::int64_t units = 0;    // of stock, asked to be received
  bool operator==(const ImportCounts&) const = default;
};

struct ImportProgress {
  std::string options;  // digest of all that decides what becomes of a row
  std::int64_t lines = 0;
  std::string digest;  // of the file up to there
  std::int64_t error_bytes = 0;
  ImportCounts counts;
  bool operator==(const ImportProgress&) const = default;
};

// Nothing if there is none, or it cannot be understood: then the import begins at the beginning, which is
// only slower.
std::optional<ImportProgress> read_progress(const std::string& path);
void write_progress(const std::string& path, const ImportProgress& progress);

}  // namespace bramble::importing
