#include "app/private_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "base/error.h"

namespace bramble {

void write_private_file(const std::string& path, const std::string& text) {
  auto draft = path + ".new";
  int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  bool written = file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                 ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!written) throw Error(ErrorCode::unavailable, "not_written", path + " cannot be written");
  std::filesystem::rename(draft, path);
}

}  // namespace bramble
