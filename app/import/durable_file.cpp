#include "app/import/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/error.h"

namespace bramble::importing {
namespace {

bool write_and_sync(int file, const std::string& text) {
  return ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
}

void sync_folder(const std::filesystem::path& folder) {
  int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

}  // namespace

void replace_file(const std::string& path, const std::string& text) {
  auto draft = path + ".new";
  int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  bool written = file >= 0 && write_and_sync(file, text);
  if (file >= 0) ::close(file);
  std::error_code failed;
  if (written) std::filesystem::rename(draft, path, failed);
  if (!written || failed) throw Error(ErrorCode::unavailable, "not_written", path + " cannot be written");
  sync_folder(std::filesystem::path(path).parent_path());
}

std::string read_whole_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace bramble::importing
