// The file of what is wrong with rows: JSON Lines, in the order of the rows. It may be cut back to an earlier
// length, so that a run which goes on where another was cut off leaves the same file.
#pragma once

#include <cstdint>
#include <string>

#include "app/import/row_problem.h"

namespace bramble::importing {

class ErrorFile {
 public:
  // Keeps the first `length` bytes of what is there. Throws Error unavailable if it cannot be written.
  ErrorFile(std::string path, std::int64_t length);
  ~ErrorFile();
  ErrorFile(const ErrorFile&) = delete;

  void add(std::int64_t line, const std::string& source, const std::string& id, const RowProblem& problem);
  // Makes what was added durable, and returns the length of it all.
  std::int64_t sync();
  // Whether the file is as long as `length` at least.
  static bool reaches(const std::string& path, std::int64_t length);

 private:
  void fail() const;
  void write();

  std::string path_;
  int file_ = -1;
  std::int64_t length_ = 0;
  std::string waiting_;
};

}  // namespace bramble::importing
