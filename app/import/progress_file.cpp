#include "app/import/progress_file.h"

#include <array>

#include "app/import/durable_file.h"
#include "base/error.h"
#include "runtime/json/json.h"

namespace bramble::importing {
namespace {

struct Count {
  const char* name;
  std::int64_t ImportCounts::*value;
};

constexpr std::array<Count, 6> all_counts = {{{"rows", &ImportCounts::rows},
                                              {"cards", &ImportCounts::cards},
                                              {"written", &ImportCounts::written},
                                              {"skipped", &ImportCounts::skipped},
                                              {"noted", &ImportCounts::noted},
                                              {"units", &ImportCounts::units}}};

}  // namespace

std::optional<ImportProgress> read_progress(const std::string& path) {
  auto text = read_whole_file(path);
  if (text.empty()) return std::nullopt;
  try {
    auto document = JsonDocument::parse(text);
    auto root = document.root();
    ImportProgress progress;
    progress.options = root["options"].text();
    progress.lines = root["lines"].integer();
    progress.digest = root["digest"].text();
    progress.error_bytes = root["error_bytes"].integer();
    if (progress.lines < 0 || progress.error_bytes < 0) return std::nullopt;
    for (const auto& count : all_counts) progress.counts.*count.value = root[count.name].integer();
    return progress;
  } catch (const Error&) {
    return std::nullopt;
  }
}

void write_progress(const std::string& path, const ImportProgress& progress) {
  JsonWriter out;
  out.begin_object();
  out.name("options");
  out.text(progress.options);
  out.name("lines");
  out.integer(progress.lines);
  out.name("digest");
  out.text(progress.digest);
  out.name("error_bytes");
  out.integer(progress.error_bytes);
  for (const auto& count : all_counts) {
    out.name(count.name);
    out.integer(progress.counts.*count.value);
  }
  out.end_object();
  replace_file(path, out.take() + "\n");
}

}  // namespace bramble::importing
