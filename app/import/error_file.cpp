#include "app/import/error_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/error.h"
#include "runtime/json/json.h"

namespace bramble::importing {
namespace {

constexpr std::size_t most_waiting = 256 << 10;

}  // namespace

ErrorFile::ErrorFile(std::string path, std::int64_t length) : path_(std::move(path)), length_(length) {
  file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) fail();
  if (::ftruncate(file_, length_) == 0 && ::lseek(file_, length_, SEEK_SET) == length_) return;
  auto why = errno;
  ::close(file_);
  errno = why;
  fail();
}

ErrorFile::~ErrorFile() { ::close(file_); }

void ErrorFile::fail() const {
  throw Error(ErrorCode::unavailable, "not_written", path_ + ": " + std::strerror(errno));
}

void ErrorFile::add(std::int64_t line, const std::string& source, const std::string& id,
                    const RowProblem& problem) {
  JsonWriter out;
  out.begin_object();
  out.name("line");
  out.integer(line);
  out.name("source");
  out.text(source);
  out.name("id");
  out.text(id);
  out.name("field");
  out.text(problem.field);
  out.name("code");
  out.text(problem.code);
  out.name("detail");
  out.text(problem.detail);
  out.name("skipped");
  out.boolean(problem.is_skipped);
  out.end_object();
  waiting_ += out.take() + "\n";
  if (waiting_.size() >= most_waiting) write();
}

void ErrorFile::write() {
  std::string_view left = waiting_;
  while (!left.empty()) {
    auto count = ::write(file_, left.data(), left.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail();
    left.remove_prefix(static_cast<std::size_t>(count));
    length_ += count;
  }
  waiting_.clear();
}

std::int64_t ErrorFile::sync() {
  if (waiting_.empty()) return length_;
  write();
  if (::fdatasync(file_) != 0) fail();
  return length_;
}

bool ErrorFile::reaches(const std::string& path, std::int64_t length) {
  std::error_code missing;
  auto size = std::filesystem::file_size(path, missing);
  return length == 0 || (!missing && static_cast<std::int64_t>(size) >= length);
}

}  // namespace bramble::importing
