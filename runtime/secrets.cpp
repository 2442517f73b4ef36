#include "runtime/secrets.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "base/text.h"

namespace bramble {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(ErrorCode::invalid, "bad_secret", message);
}

std::string read_secret_file(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) refuse("the secret file " + path + " cannot be read");
  auto secret = text.str();
  while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
  return secret;
}

// Written beside and linked into place, so that a crash leaves a whole secret or none, and of two processes
// that make it at once both use the same.
void keep_secret(const std::string& path, const std::string& secret) {
  auto draft = path + "." + std::to_string(::getpid());
  int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) refuse("the secret file " + draft + " cannot be made: " + std::strerror(errno));
  auto line = secret + "\n";
  bool written =
      ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && ::fsync(file) == 0;
  ::close(file);
  bool linked = written && (::link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST);
  ::unlink(draft.c_str());
  if (!linked) refuse("the secret file " + path + " cannot be written: " + std::strerror(errno));
}

void check_length(const std::string& secret, std::string_view section, std::string_view key,
                  std::size_t bytes) {
  if (secret.size() >= bytes) return;
  refuse("the secret " + std::string(section) + "." + std::string(key) + " is too short: at least " +
         std::to_string(bytes) + " characters are wanted");
}

std::string read_given(Settings& settings, std::string_view section, std::string_view key) {
  auto secret = settings.secret(section, key);
  auto file = settings.text(section, std::string(key) + "_file", "");
  return secret.empty() && !file.empty() ? read_secret_file(file) : secret;
}

}  // namespace

std::string find_given_secret(Settings& settings, std::string_view section, std::string_view key,
                              std::size_t bytes) {
  auto secret = read_given(settings, section, key);
  if (!secret.empty()) check_length(secret, section, key, bytes);
  return secret;
}

std::string find_secret(Settings& settings, const std::string& data_folder, Random& random,
                        std::string_view section, std::string_view key, std::size_t bytes,
                        std::string kept_as) {
  if (kept_as.empty()) kept_as = std::string(section) + "." + std::string(key);
  auto secret = read_given(settings, section, key);
  if (secret.empty()) {
    std::filesystem::path folder = std::filesystem::path(data_folder) / "secrets";
    std::filesystem::create_directories(folder);
    ::chmod(folder.c_str(), 0700);
    auto path = (folder / kept_as).string();
    if (!std::filesystem::exists(path)) keep_secret(path, to_base64url(random.bytes(bytes)));
    secret = read_secret_file(path);
  }
  check_length(secret, section, key, bytes);
  return secret;
}

}  // namespace bramble
