#include "app/import/byte_source.h"

#include <gtest/gtest.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "testing/scratch_folder.h"

namespace bramble::importing {
namespace {

std::string packed(const std::string& text) {
  // With a checksum, as the zstd tool writes it.
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  std::string out(ZSTD_compressBound(text.size()), '\0');
  auto size = ZSTD_compress2(context.get(), out.data(), out.size(), text.data(), text.size());
  EXPECT_FALSE(ZSTD_isError(size));
  out.resize(size);
  return out;
}

// Compressed with a window of 2^log bytes, as `zstd --long=log` does.
std::string packed_with_window(const std::string& text, int log) {
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, 1);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, log);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, 0);
  std::string out(ZSTD_compressBound(text.size()), '\0');
  ZSTD_inBuffer in{text.data(), text.size() / 2, 0};
  ZSTD_outBuffer to{out.data(), out.size(), 0};
  // In two steps, so that the whole size is not known when the frame begins.
  EXPECT_FALSE(ZSTD_isError(ZSTD_compressStream2(context.get(), &to, &in, ZSTD_e_flush)));
  in.size = text.size();
  EXPECT_EQ(ZSTD_compressStream2(context.get(), &to, &in, ZSTD_e_end), 0u);
  out.resize(to.pos);
  return out;
}

// Half of it cannot be compressed away.
std::string much_text(std::size_t size) {
  std::string text;
  for (std::uint64_t state = 1; text.size() < size;) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    text += std::to_string(state >> 20) + " the same again and again\n";
  }
  return text;
}

class ByteSourceFiles : public testing::Test {
 protected:
  std::string file(const std::string& name, const std::string& bytes) const {
    auto path = folder_.path() + "/" + name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  static std::string read(const std::string& path) {
    ByteSource source(path);
    std::string all;
    for (auto piece = source.next(); !piece.empty(); piece = source.next()) all += piece;
    EXPECT_TRUE(source.next().empty());
    EXPECT_EQ(source.bytes_read(), source.file_size());
    return all;
  }
  static std::string failure(const std::string& path) {
    try {
      read(path);
    } catch (const Error& error) {
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
      EXPECT_NE(std::string(error.what()).find(path), std::string::npos);
      return error.reason;
    }
    return "none";
  }

  ScratchFolder folder_;
};

TEST_F(ByteSourceFiles, ReadsAFileWhetherItIsCompressedOrNot) {
  auto text = much_text(700'000);
  EXPECT_EQ(read(file("plain.jsonl", text)), text);
  EXPECT_EQ(read(file("packed.jsonl.zst", packed(text))), text);
  EXPECT_EQ(read(file("named-otherwise", packed(text))), text);
  EXPECT_EQ(read(file("empty.jsonl", "")), "");
  EXPECT_EQ(read(file("empty.jsonl.zst", packed(""))), "");
}

TEST_F(ByteSourceFiles, ReadsSeveralFramesOneAfterAnother) {
  std::string skipped("\x50\x2A\x4D\x18\x03\x00\x00\x00"
                      "abc",
                      11);
  EXPECT_EQ(read(file("f.zst", skipped + packed("one\n") + packed("") + packed("two\n"))), "one\ntwo\n");
}

TEST_F(ByteSourceFiles, ReadsTheLargestWindowAndRefusesALargerOne) {
  auto text = much_text(100'000);
  EXPECT_EQ(read(file("27.zst", packed_with_window(text, 27))), text);
  EXPECT_EQ(failure(file("28.zst", packed_with_window(text, 28))), "corrupt_file");
}

TEST_F(ByteSourceFiles, SaysWhatIsWrongWithAFileInOneLine) {
  auto whole = packed(much_text(300'000));
  EXPECT_EQ(failure(file("half.zst", whole.substr(0, whole.size() / 2))), "truncated_file");
  EXPECT_EQ(failure(file("head.zst", whole.substr(0, 4))), "truncated_file");
  EXPECT_EQ(failure(file("without-end.zst", whole.substr(0, whole.size() - 1))), "truncated_file");
  EXPECT_EQ(failure(file("second.zst", packed("one\n") + whole.substr(0, 900))), "truncated_file");
  auto damaged = whole;
  for (std::size_t i = 1'000; i < 1'400; ++i) damaged[i] = static_cast<char>(damaged[i] ^ 0x5A);
  EXPECT_EQ(failure(file("damaged.zst", damaged)), "corrupt_file");
  EXPECT_EQ(failure(file("tail.zst", packed("one\n") + "and something else")), "corrupt_file");
  EXPECT_EQ(failure(file("plain.zst", "{}\n")), "not_zstd");
  EXPECT_EQ(failure(file("empty.zst", "")), "not_zstd");
  EXPECT_EQ(failure(folder_.path()), "not_a_file");
  EXPECT_EQ(failure(folder_.path() + "/none.jsonl"), "cannot_open");
}

}  // namespace
}  // namespace bramble::importing
