#include "app/import/progress_teller.h"

#include <fmt/format.h>
#include <unistd.h>

namespace bramble::importing {
namespace {

constexpr std::chrono::milliseconds terminal_pause{200};
constexpr std::chrono::milliseconds line_pause{2'000};
constexpr double least_share = 0.01;

// The time that the rest of the file takes, if rows go on as they went.
std::string time_left(const ImportStanding& standing, double seconds) {
  auto share = standing.share_of_file;
  auto rows = static_cast<double>(standing.counts.rows);
  if (share < least_share || rows <= 0) return {};
  auto here = rows - static_cast<double>(standing.resumed_rows);
  auto left = here > 0 ? seconds / here * (rows / share - rows) : 0;
  if (left < 90) return fmt::format(", about {:.0f} s left", left);
  return fmt::format(", about {:.0f} min left", left / 60);
}

}  // namespace

std::string with_commas(std::int64_t number) {
  auto digits = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string progress_text(const ImportStanding& standing, double seconds) {
  const auto& counts = standing.counts;
  auto rate = seconds > 0 ? static_cast<double>(counts.rows - standing.resumed_rows) / seconds : 0;
  return fmt::format("{} rows ({:.0f} %), {} cards, {} left out, {} rows/s{}", with_commas(counts.rows),
                     standing.share_of_file * 100, with_commas(counts.cards), with_commas(counts.skipped),
                     with_commas(static_cast<std::int64_t>(rate)), time_left(standing, seconds));
}

ProgressTeller::ProgressTeller() : is_terminal_(::isatty(STDERR_FILENO) == 1) {}

double ProgressTeller::seconds() const {
  return std::chrono::duration<double>(Clock::now() - began_).count();
}

void ProgressTeller::tell(const ImportStanding& standing) {
  auto now = Clock::now();
  if (now - told_ < (is_terminal_ ? terminal_pause : line_pause)) return;
  told_ = now;
  auto text = progress_text(standing, seconds());
  // Back to the beginning of the line, and nothing left of what stood there.
  if (is_terminal_) fmt::print(stderr, "\r\033[K{}", text);
  else fmt::print(stderr, "{}\n", text);
  std::fflush(stderr);
  has_line_ = is_terminal_;
}

void ProgressTeller::say(const std::string& line) {
  fmt::print(stderr, "{}{}\n", has_line_ ? "\r\033[K" : "", line);
  std::fflush(stderr);
  has_line_ = false;
}

}  // namespace bramble::importing
