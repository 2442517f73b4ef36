// What an import has come to, for people and for programs.
#pragma once

#include <string>

#include "app/import/import.h"

namespace bramble::importing {

struct ImportSummary {
  std::string file;
  std::string errors_path;
  ImportStanding standing;
  double seconds = 0;  // until search has every card
  std::int64_t peak_memory_bytes = 0;
};

std::string to_text(const ImportSummary& summary);
std::string to_json(const ImportSummary& summary);

}  // namespace bramble::importing
