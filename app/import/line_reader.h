// Lines out of pieces of bytes, wherever the pieces end. A line that is longer than the bound is passed over
// without being kept, and told of. Knows the digest of all that it has passed, so that a later run can tell
// whether it stands at the same place of the same file.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/import/digest.h"

namespace bramble::importing {

struct Line {
  std::string_view text;    // without its end ("\n" or "\r\n"); valid until the next line is read
  std::int64_t number = 0;  // from 1
  bool too_long = false;    // then there is no text
};

class LineReader {
 public:
  using Pieces = std::function<std::string_view()>;  // an empty piece is the end

  LineReader(Pieces pieces, std::size_t longest);

  std::optional<Line> next();

  std::int64_t lines() const { return lines_; }
  // Of every byte up to the end of the last line.
  std::string digest() const { return digest_.hex(); }

 private:
  void take(std::string_view part);
  Line finish(std::string_view text);

  Pieces pieces_;
  std::size_t longest_;
  std::string_view piece_;
  std::string begun_;  // of the line that began in an earlier piece
  bool too_long_ = false;
  std::int64_t lines_ = 0;
  Digest digest_;
};

}  // namespace bramble::importing
