#include "app/import/line_reader.h"

namespace bramble::importing {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

LineReader::LineReader(Pieces pieces, std::size_t longest) : pieces_(std::move(pieces)), longest_(longest) {}

std::optional<Line> LineReader::next() {
  begun_.clear();
  too_long_ = false;
  bool has_begun = false;
  for (;;) {
    if (piece_.empty()) piece_ = pieces_();
    if (piece_.empty()) return has_begun ? std::optional(finish(begun_)) : std::nullopt;
    auto end = piece_.find('\n');
    auto part = piece_.substr(0, end);
    bool is_whole = end != std::string_view::npos;
    digest_.add(piece_.substr(0, is_whole ? end + 1 : end));
    piece_.remove_prefix(is_whole ? end + 1 : piece_.size());
    if (is_whole && !has_begun && part.size() <= longest_) return finish(part);
    has_begun = true;
    take(part);
    if (is_whole) return finish(begun_);
  }
}

void LineReader::take(std::string_view part) {
  too_long_ = too_long_ || begun_.size() + part.size() > longest_;
  if (too_long_) begun_.clear();
  else begun_.append(part);
}

Line LineReader::finish(std::string_view text) {
  ++lines_;
  if (too_long_) return {{}, lines_, true};
  if (lines_ == 1 && text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (text.ends_with('\r')) text.remove_suffix(1);
  return {text, lines_, false};
}

}  // namespace bramble::importing
