// A data folder belongs to one process at a time: whoever runs on it holds its lock until it ends, however it
// ends.
#pragma once

#include <string>

namespace bramble {

class DataLock {
 public:
  // Makes the folder if it is not there. Throws Error unavailable that names the process which has it.
  explicit DataLock(const std::string& data_folder);
  ~DataLock();
  DataLock(const DataLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace bramble
