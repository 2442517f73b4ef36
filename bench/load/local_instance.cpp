#include "bench/load/local_instance.h"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace bramble::load {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view listening = "0A";
constexpr int folders_looked_up = 3;

// Adds the inodes of the sockets that listen on a port, by one of the kernel's tables of them.
void add_listeners(const char* table, std::uint16_t port, std::set<std::string>& links) {
  std::ifstream file(table);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string slot, local, remote, state, queues, timer, retransmits, uid, timeout, inode;
    words >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> uid >> timeout >> inode;
    auto colon = local.rfind(':');
    if (state != listening || colon == std::string::npos) continue;
    unsigned number = 0;
    std::from_chars(local.data() + colon + 1, local.data() + local.size(), number, 16);
    if (number == port) links.insert("socket:[" + inode + "]");
  }
}

// What the open files of a process are; none if we may not see them.
std::set<std::string> open_files(const fs::path& process) {
  std::set<std::string> files;
  std::error_code unreadable;
  for (fs::directory_iterator at(process / "fd", unreadable), end; !unreadable && at != end;
       at.increment(unreadable)) {
    std::error_code gone;
    auto target = fs::read_symlink(at->path(), gone);
    if (!gone) files.insert(target.string());
  }
  return files;
}

std::optional<std::string> folder_above(const std::set<std::string>& files, std::string_view file_name) {
  for (const auto& file : files) {
    if (!file.starts_with('/')) continue;
    auto folder = fs::path(file).parent_path();
    for (int up = 0; up < folders_looked_up && folder.has_relative_path();
         ++up, folder = folder.parent_path()) {
      std::error_code failure;
      if (fs::is_regular_file(folder / file_name, failure)) return folder.string();
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> folder_of_listener(std::uint16_t port, std::string_view file_name) {
  std::set<std::string> sockets;
  add_listeners("/proc/net/tcp", port, sockets);
  add_listeners("/proc/net/tcp6", port, sockets);
  if (sockets.empty()) return std::nullopt;
  std::error_code unreadable;
  for (fs::directory_iterator at("/proc", unreadable), end; !unreadable && at != end;
       at.increment(unreadable)) {
    auto name = at->path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    auto files = open_files(at->path());
    for (const auto& socket : sockets) {
      if (!files.contains(socket)) continue;
      if (auto folder = folder_above(files, file_name)) return folder;
    }
  }
  return std::nullopt;
}

}  // namespace bramble::load
