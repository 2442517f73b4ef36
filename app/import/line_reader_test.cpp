#include "app/import/line_reader.h"

#include <gtest/gtest.h>

namespace bramble::importing {
namespace {

constexpr std::size_t usual_longest = 1'000;

// The text in pieces of `size` bytes.
LineReader::Pieces pieces_of(std::string text, std::size_t size) {
  return [text = std::move(text), size, at = std::size_t{0}]() mutable {
    auto piece = std::string_view(text).substr(at, size);
    at += piece.size();
    return piece;
  };
}

struct Read {
  std::vector<std::string> lines;
  std::string digest;
};

Read read_all(const std::string& text, std::size_t piece, std::size_t longest = usual_longest) {
  LineReader reader(pieces_of(text, piece), longest);
  Read read;
  while (auto line = reader.next()) {
    EXPECT_EQ(line->number, static_cast<std::int64_t>(read.lines.size() + 1));
    read.lines.emplace_back(line->too_long ? "<too long>" : std::string(line->text));
  }
  EXPECT_EQ(reader.lines(), static_cast<std::int64_t>(read.lines.size()));
  read.digest = reader.digest();
  return read;
}

TEST(LineReader, GivesTheSameLinesHoweverThePiecesEnd) {
  std::string text = "first\nsecond line\r\n\n{\"ключ\":\"значение\"}\nlast without an end";
  std::vector<std::string> wanted{"first", "second line", "", "{\"ключ\":\"значение\"}",
                                  "last without an end"};
  for (std::size_t size = 1; size <= text.size() + 1; ++size) {
    auto read = read_all(text, size);
    EXPECT_EQ(read.lines, wanted) << size;
    EXPECT_EQ(read.digest, digest_of(text)) << size;
  }
}

TEST(LineReader, PassesOverAByteOrderMark) {
  for (std::size_t size : {1, 2, 3, 100}) {
    EXPECT_EQ(read_all("\xEF\xBB\xBF{}\n\xEF\xBB\xBF", size).lines,
              (std::vector<std::string>{"{}", "\xEF\xBB\xBF"}));
  }
}

TEST(LineReader, TellsOfALineThatIsTooLongAndReadsOn) {
  std::string text =
      "abc\n" + std::string(11, 'x') + "\n" + std::string(10, 'y') + "\n" + std::string(50, 'z');
  for (std::size_t size : {1, 3, 7, 1'000}) {
    auto read = read_all(text, size, 10);
    EXPECT_EQ(read.lines,
              (std::vector<std::string>{"abc", "<too long>", std::string(10, 'y'), "<too long>"}));
    EXPECT_EQ(read.digest, digest_of(text));
  }
}

TEST(LineReader, FindsNothingInNothing) {
  EXPECT_TRUE(read_all("", 10).lines.empty());
  EXPECT_EQ(read_all("\n", 10).lines, std::vector<std::string>{""});
}

}  // namespace
}  // namespace bramble::importing
