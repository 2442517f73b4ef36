#include "runtime/private_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "base/error.h"

namespace bramble {
namespace {

namespace fs = std::filesystem;

constexpr mode_t rights_of_others = 077;

std::string octal(mode_t mode) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%04o", mode & 07777U);
  return text.data();
}

std::optional<mode_t> wide_mode(const fs::path& path) {
  struct stat state {};
  if (::lstat(path.c_str(), &state) != 0 || S_ISLNK(state.st_mode)) return std::nullopt;
  if ((state.st_mode & rights_of_others) == 0) return std::nullopt;
  return state.st_mode;
}

// Others may keep their own beside ours: a log, a note.
bool is_ours(const std::string& name) {
  return name == "lock" || name.starts_with("demo-") || name.starts_with("first-admin") ||
         name.find(".db") != std::string::npos;
}

}  // namespace

void make_files_private() { ::umask(rights_of_others); }

void make_private_folder(const std::string& folder) {
  std::error_code failure;
  bool made = fs::create_directories(folder, failure);
  if (!fs::is_directory(folder, failure))
    throw Error(ErrorCode::unavailable, "data_folder", folder + " cannot be made: " + std::strerror(errno));
  // Somebody made it ready for us, and nothing of ours was ever in it.
  bool fresh = made || fs::is_empty(folder, failure);
  if (!fresh || !wide_mode(folder)) return;
  if (::chmod(folder.c_str(), 0700) != 0) {
    throw Error(ErrorCode::unavailable, "data_folder",
                folder + " is open to others and its mode cannot be changed: " + std::strerror(errno));
  }
}

std::optional<std::string> open_to_others(const std::string& folder) {
  auto complaint = [&](const fs::path& path, mode_t mode) {
    return path.string() + " is open to others (mode " + octal(mode) + "): run chmod -R go-rwx " + folder +
           ", and change the secrets if somebody may have read them";
  };
  // The folder's own mode; a link to it is judged by what it leads to.
  struct stat state {};
  if (::stat(folder.c_str(), &state) != 0) return std::nullopt;
  if ((state.st_mode & rights_of_others) != 0) return complaint(folder, state.st_mode);
  auto secrets = fs::path(folder) / "secrets";
  if (auto mode = wide_mode(secrets)) return complaint(secrets, *mode);
  for (const auto& place : {fs::path(folder), secrets}) {
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(place, failure)) {
      auto mode =
          place == secrets || is_ours(entry.path().filename()) ? wide_mode(entry.path()) : std::nullopt;
      if (mode) return complaint(entry.path(), *mode);
    }
  }
  return std::nullopt;
}

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
