#include "app/import/product_file.h"

namespace bramble::importing {
namespace {

constexpr std::size_t longest_line = 1 << 20;

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

}  // namespace

ProductFile::ProductFile(const std::string& path, const MappingOptions& options)
    : bytes_(path), reader_([this] { return bytes_.next(); }, longest_line), mapper_(options) {}

std::optional<ProductId> ProductFile::pass_over(std::int64_t lines) {
  std::optional<ProductId> last;
  while (reader_.lines() < lines) {
    auto line = reader_.next();
    if (!line) break;
    if (!line->too_long && is_blank(line->text)) continue;
    auto row = map(*line);
    if (row.card) last = std::move(row.card->product_id);
  }
  return last;
}

Chunk ProductFile::next_chunk(std::size_t most_rows) {
  Chunk chunk;
  chunk.rows.reserve(most_rows);
  while (chunk.rows.size() < most_rows) {
    auto line = reader_.next();
    if (!line) break;
    if (line->too_long || !is_blank(line->text)) chunk.rows.push_back(map(*line));
  }
  chunk.categories = mapper_.categories().take_new();
  chunk.lines = reader_.lines();
  chunk.digest = reader_.digest();
  chunk.share_of_file = share_read();
  return chunk;
}

double ProductFile::share_read() const {
  auto size = static_cast<double>(bytes_.file_size());
  return size > 0 ? static_cast<double>(bytes_.bytes_read()) / size : 1;
}

ChunkRow ProductFile::map(const Line& line) {
  ChunkRow row;
  row.line = line.number;
  if (line.too_long) {
    skip(row.problems, "", "too_long", "a line has at most " + std::to_string(longest_line) + " bytes");
    return row;
  }
  auto read = read_row(line.text, row.problems);
  row.source = read.source;
  row.id = read.id;
  row.card = mapper_.map(std::move(read), row.problems);
  return row;
}

}  // namespace bramble::importing
