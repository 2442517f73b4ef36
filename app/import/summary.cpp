#include "app/import/summary.h"

#include <fmt/format.h>

#include <cmath>

#include "app/import/progress_teller.h"
#include "runtime/json/json.h"

namespace bramble::importing {
namespace {

// Of the rows that this run has done.
double rate_of(const ImportSummary& summary) {
  auto rows = summary.standing.counts.rows - summary.standing.resumed_rows;
  return summary.seconds > 0 ? static_cast<double>(rows) / summary.seconds : 0;
}

bool has_problems(const ImportCounts& counts) { return counts.skipped + counts.noted > 0; }

}  // namespace

std::string to_text(const ImportSummary& summary) {
  const auto& counts = summary.standing.counts;
  auto text = fmt::format("{} rows: {} cards, of them {} new or changed, in {} categories; {} left out\n",
                          with_commas(counts.rows), with_commas(counts.cards), with_commas(counts.written),
                          with_commas(static_cast<std::int64_t>(summary.standing.categories)),
                          with_commas(counts.skipped));
  if (counts.units > 0) {
    text += fmt::format("opening stock: {} units, as far as the sites did not have the goods already\n",
                        with_commas(counts.units));
  }
  if (summary.standing.respelled_categories > 0) {
    text +=
        fmt::format("{} of the categories are written in several ways that differ only in capital letters\n",
                    with_commas(static_cast<std::int64_t>(summary.standing.respelled_categories)));
  }
  if (summary.standing.resumed_rows > 0) {
    text += fmt::format("went on where an earlier run was cut off, after {} rows\n",
                        with_commas(summary.standing.resumed_rows));
  }
  text += fmt::format("{:.1f} s, {} rows/s, {} MB of memory at most", summary.seconds,
                      with_commas(std::llround(rate_of(summary))),
                      with_commas(summary.peak_memory_bytes / 1'000'000));
  if (has_problems(counts)) {
    text += fmt::format("\n{} rows left out and {} cards taken in part: {}", with_commas(counts.skipped),
                        with_commas(counts.noted), summary.errors_path);
  }
  return text;
}

std::string to_json(const ImportSummary& summary) {
  const auto& counts = summary.standing.counts;
  JsonWriter out;
  auto number = [&](const char* name, std::int64_t value) {
    out.name(name);
    out.integer(value);
  };
  out.begin_object();
  out.name("file");
  out.text(summary.file);
  number("rows", counts.rows);
  number("cards", counts.cards);
  number("written", counts.written);
  number("skipped", counts.skipped);
  number("noted", counts.noted);
  number("units", counts.units);
  number("categories", static_cast<std::int64_t>(summary.standing.categories));
  number("respelled_categories", static_cast<std::int64_t>(summary.standing.respelled_categories));
  number("resumed_rows", summary.standing.resumed_rows);
  out.name("seconds");
  out.number(std::round(summary.seconds * 1'000) / 1'000);
  number("rows_per_second", std::llround(rate_of(summary)));
  number("peak_memory_bytes", summary.peak_memory_bytes);
  out.name("errors");
  out.text(summary.errors_path);
  out.end_object();
  return out.take();
}

}  // namespace bramble::importing
