// A products file read from its beginning: chunk after chunk of mapped rows.
#pragma once

#include <optional>

#include "app/import/byte_source.h"
#include "app/import/card_mapper.h"
#include "app/import/chunk.h"
#include "app/import/line_reader.h"

namespace bramble::importing {

class ProductFile {
 public:
  ProductFile(const std::string& path, const MappingOptions& options);

  // Reads so many lines, as far as there are any, without keeping their cards: they are done. Gives the last
  // card's product, if they have one.
  std::optional<ProductId> pass_over(std::int64_t lines);
  // The next rows, so many at most; without rows at the end of the file.
  Chunk next_chunk(std::size_t most_rows);

  std::int64_t lines() const { return reader_.lines(); }
  std::string digest() const { return reader_.digest(); }
  // How much of the file was read, 0 to 1.
  double share_read() const;
  std::size_t categories() { return mapper_.categories().size(); }
  std::size_t respelled_categories() { return mapper_.categories().other_spellings(); }

 private:
  ChunkRow map(const Line& line);

  ByteSource bytes_;
  LineReader reader_;
  CardMapper mapper_;
};

}  // namespace bramble::importing
