#include "app/data_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>

#include "base/error.h"
#include "runtime/private_files.h"

namespace bramble {

DataLock::DataLock(const std::string& data_folder) {
  make_private_folder(data_folder);
  if (auto complaint = open_to_others(data_folder))
    throw Error(ErrorCode::unavailable, "data_open_to_others", *complaint);
  auto path = data_folder + "/lock";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) throw Error(ErrorCode::unavailable, "data_folder", data_folder + " cannot be written to");
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    ::close(file_);
    std::string holder;
    std::getline(std::ifstream(path), holder);
    throw Error(ErrorCode::unavailable, "data_in_use",
                data_folder + " is in use by another bramble, process " +
                    (holder.empty() ? "unknown" : holder) + ": stop it first");
  }
  // Who it is is a help to people; the lock is what counts.
  auto process = std::to_string(::getpid()) + "\n";
  if (::ftruncate(file_, 0) == 0) (void)!::write(file_, process.data(), process.size());
}

DataLock::~DataLock() { ::close(file_); }

}  // namespace bramble
