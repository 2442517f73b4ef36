#include "app/doctor/storage.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "runtime/private_files.h"

namespace bramble::doctor {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t mib = 1 << 20;
constexpr std::uint64_t space_needed = 256 * mib;
constexpr std::uint64_t space_wanted = 4'096 * mib;
constexpr int syncs = 40;
constexpr std::int64_t suspiciously_fast_us = 15;  // no medium that keeps anything answers sooner
constexpr std::int64_t slow_us = 10'000;
constexpr std::int64_t nfs = 0x6969, smb2 = 0xFE534D42, cifs = 0xFF534D42, fuse = 0x65735546;

fs::path nearest_existing(const std::string& folder) {
  std::error_code failure;
  auto path = fs::absolute(folder, failure).lexically_normal();
  while (!fs::exists(path, failure) && path.has_relative_path()) path = path.parent_path();
  return path;
}

std::int64_t now_us() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_nsec / 1'000;
}

// The times of single durable appends of one page, sorted; empty if the file could not be written.
std::vector<std::int64_t> time_syncs(int fd) {
  std::vector<std::int64_t> times;
  std::array<char, 4096> page;
  page.fill('x');
  for (int i = 0; i < syncs; ++i) {
    auto began = now_us();
    if (::write(fd, page.data(), page.size()) != static_cast<ssize_t>(page.size()) || fdatasync(fd) != 0)
      return {};
    times.push_back(now_us() - began);
  }
  std::sort(times.begin(), times.end());
  return times;
}

void judge_syncs(Findings& findings, const std::vector<std::int64_t>& times, bool in_memory) {
  if (times.empty()) {
    findings.push_back({Grade::fail, "durable writes", fmt::format("fdatasync: {}", std::strerror(errno))});
    return;
  }
  auto median = times[times.size() / 2];
  auto detail = fmt::format("median {:.2f} ms, slowest of {} {:.2f} ms", static_cast<double>(median) / 1e3,
                            times.size(), static_cast<double>(times.back()) / 1e3);
  if (in_memory) return;  // said already
  if (median < suspiciously_fast_us) {
    findings.push_back({Grade::warn, "durable writes",
                        detail + "; no disk is that fast: what was acknowledged may be lost with the power"});
  } else if (median > slow_us) {
    findings.push_back({Grade::warn, "durable writes",
                        detail + "; every commit waits for it: put the data folder on an SSD"});
  } else {
    findings.push_back({Grade::ok, "durable writes", detail});
  }
}

// Whether the folder's file system keeps its files in memory only.
bool judge_file_system(Findings& findings, const fs::path& folder) {
  struct statfs system {};
  if (statfs(folder.c_str(), &system) != 0) return false;
  auto type = static_cast<std::int64_t>(static_cast<std::uint32_t>(system.f_type));
  bool in_memory = type == TMPFS_MAGIC || type == RAMFS_MAGIC;
  if (in_memory) {
    findings.push_back({Grade::warn, "file system", "in memory: nothing survives a restart of the machine"});
  } else if (type == nfs || type == smb2 || type == cifs) {
    findings.push_back({Grade::fail, "file system",
                        "on the network, where SQLite's log cannot be shared safely: use a local disk"});
  } else if (type == fuse) {
    findings.push_back({Grade::warn, "file system", "in user space: make sure that its fsync is a real one"});
  }
  return in_memory;
}

void judge_space(Findings& findings, const fs::path& folder) {
  struct statvfs space {};
  if (statvfs(folder.c_str(), &space) != 0) return;
  auto free = static_cast<std::uint64_t>(space.f_bavail) * space.f_frsize;
  auto detail = fmt::format("{} MiB free", free / mib);
  if (free < space_needed) {
    findings.push_back({Grade::fail, "disk space", detail + "; at least 256 MiB are needed"});
  } else if (free < space_wanted) {
    findings.push_back({Grade::warn, "disk space", detail + "; a million orders take about 4 GiB"});
  } else {
    findings.push_back({Grade::ok, "disk space", detail});
  }
}

}  // namespace

void examine_data_folder(Findings& findings, const std::string& folder) {
  auto path = nearest_existing(folder);
  std::error_code failure;
  bool exists = fs::exists(folder, failure);
  if (!fs::is_directory(path, failure)) {
    findings.push_back(
        {Grade::fail, "data folder", path.string() + " is no folder: name another one with --data"});
    return;
  }
  auto name = (path / ".bramble-doctor-XXXXXX").string();
  int fd = mkostemp(name.data(), O_CLOEXEC);
  if (fd < 0) {
    findings.push_back({Grade::fail, "data folder",
                        fmt::format("{} cannot be written: {}; change its owner, or name another with --data",
                                    path.string(), std::strerror(errno))});
    return;
  }
  unlink(name.c_str());
  findings.push_back({Grade::ok, "data folder",
                      exists ? fs::absolute(folder).string() + " can be written"
                             : fmt::format("{} will be made in {}", folder, path.string())});
  bool in_memory = judge_file_system(findings, path);
  judge_space(findings, path);
  judge_syncs(findings, time_syncs(fd), in_memory);
  close(fd);
}

void examine_access(Findings& findings, const std::string& folder) {
  std::error_code failure;
  if (!fs::exists(folder, failure) || fs::is_empty(folder, failure))
    return;  // it is made so, or made so first
  auto complaint = open_to_others(folder);
  findings.push_back(
      {complaint ? Grade::fail : Grade::ok, "access to data", complaint.value_or("the owner's alone")});
}

}  // namespace bramble::doctor
