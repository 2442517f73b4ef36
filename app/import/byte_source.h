// The bytes of a file, piece by piece, whether it is compressed with zstd or not: its first bytes tell.
// Memory is bounded by the window of the compression, which is at most 128 MiB.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct ZSTD_DCtx_s;

namespace bramble::importing {

class ByteSource {
 public:
  // Throws Error not_found, or unavailable for what cannot be read.
  explicit ByteSource(const std::string& path);
  ~ByteSource();
  ByteSource(const ByteSource&) = delete;

  // The next piece, valid until the next call; empty at the end. Throws Error invalid for a file that is
  // corrupt, or ends in the middle of a compressed frame.
  std::string_view next();

  std::int64_t file_size() const { return file_size_; }
  // Of the file itself, compressed as it is.
  std::int64_t bytes_read() const { return bytes_read_; }

 private:
  bool fill();
  std::string_view unpack();

  std::string path_;
  int file_ = -1;
  std::int64_t file_size_ = 0;
  std::int64_t bytes_read_ = 0;
  std::vector<char> read_;
  std::size_t read_at_ = 0;   // what of `read_` is used up
  std::size_t read_end_ = 0;  // what of it is filled
  std::vector<char> unpacked_;
  std::unique_ptr<ZSTD_DCtx_s, void (*)(ZSTD_DCtx_s*)> unpacker_;
  bool inside_frame_ = false;
};

}  // namespace bramble::importing
