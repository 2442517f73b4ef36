#include "app/import/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace bramble::importing {
namespace {

constexpr std::size_t piece_size = 64 << 10;
constexpr int largest_window_log = 27;

// A frame, or one that is to be skipped, as some tools write one before it.
bool is_zstd(std::string_view head) {
  if (head.size() < 4) return false;
  std::uint32_t magic = 0;
  std::memcpy(&magic, head.data(), sizeof magic);
  return magic == ZSTD_MAGICNUMBER || (magic & ZSTD_MAGIC_SKIPPABLE_MASK) == ZSTD_MAGIC_SKIPPABLE_START;
}

void free_unpacker(ZSTD_DCtx_s* context) { ZSTD_freeDCtx(context); }

}  // namespace

ByteSource::ByteSource(const std::string& path)
    : path_(path), read_(piece_size), unpacker_(nullptr, free_unpacker) {
  file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file_ < 0) {
    auto code = errno == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable;
    throw Error(code, "cannot_open", path + ": " + std::strerror(errno));
  }
  struct stat about {};
  if (::fstat(file_, &about) != 0 || !S_ISREG(about.st_mode)) {
    ::close(file_);
    throw Error(ErrorCode::invalid, "not_a_file", path + ": not a regular file");
  }
  file_size_ = about.st_size;
  try {
    fill();
    bool compressed = is_zstd({read_.data(), read_end_});
    if (!compressed && path.ends_with(".zst"))
      throw Error(ErrorCode::invalid, "not_zstd", path + ": not compressed with zstd, as its name says");
    if (!compressed) return;
    unpacker_.reset(ZSTD_createDCtx());
    ZSTD_DCtx_setParameter(unpacker_.get(), ZSTD_d_windowLogMax, largest_window_log);
    unpacked_.resize(ZSTD_DStreamOutSize());
  } catch (...) {
    ::close(file_);
    throw;
  }
}

ByteSource::~ByteSource() { ::close(file_); }

// False at the end of the file.
bool ByteSource::fill() {
  for (;;) {
    auto count = ::read(file_, read_.data(), read_.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw Error(ErrorCode::unavailable, "cannot_read", path_ + ": " + std::strerror(errno));
    read_at_ = 0;
    read_end_ = static_cast<std::size_t>(count);
    bytes_read_ += count;
    return count > 0;
  }
}

std::string_view ByteSource::next() {
  if (unpacker_) return unpack();
  if (read_at_ == read_end_ && !fill()) return {};
  std::string_view piece(read_.data() + read_at_, read_end_ - read_at_);
  read_at_ = read_end_;
  return piece;
}

// A step may use up what was read without giving anything yet, and give more without reading.
std::string_view ByteSource::unpack() {
  for (;;) {
    ZSTD_inBuffer in{read_.data(), read_end_, read_at_};
    ZSTD_outBuffer out{unpacked_.data(), unpacked_.size(), 0};
    bool at_end = false;
    if (in.pos == in.size) {
      at_end = !fill();
      in = {read_.data(), read_end_, 0};
      if (at_end && !inside_frame_) return {};
    }
    auto left = ZSTD_decompressStream(unpacker_.get(), &out, &in);
    if (ZSTD_isError(left)) {
      throw Error(ErrorCode::invalid, "corrupt_file",
                  path_ + ": corrupt zstd data: " + ZSTD_getErrorName(left));
    }
    read_at_ = in.pos;
    inside_frame_ = left != 0;
    if (out.pos > 0) return {unpacked_.data(), out.pos};
    if (at_end)
      throw Error(ErrorCode::invalid, "truncated_file", path_ + ": truncated: it ends inside a zstd frame");
  }
}

}  // namespace bramble::importing
