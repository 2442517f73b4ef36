#include "app/doctor/machine.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timex.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <thread>

#include "base/network_ports.h"
#include "base/time.h"

namespace bramble::doctor {
namespace {

constexpr std::int64_t mib = 1 << 20;
constexpr std::int64_t memory_needed = 256 * mib;
constexpr std::int64_t memory_wanted = 1'024 * mib;
constexpr rlim_t files_needed = 1'024;
constexpr rlim_t files_wanted = 8'192;  // a descriptor for each buyer's event stream, and what the bank needs
constexpr std::int64_t written_at_s = 1'763'900'000;  // this program is no older, so no true clock shows less
constexpr std::int64_t far_future_s = 4'102'444'800;  // 2100

// A line of /proc/meminfo in bytes; -1 if it is not there.
std::int64_t memory_line(std::string_view name) {
  std::ifstream file("/proc/meminfo");
  std::string word;
  std::int64_t kib = 0;
  while (file >> word) {
    if (word == name && file >> kib) return kib * 1'024;
  }
  return -1;
}

// The smallest limit that a control group sets on this process; -1 if none does.
std::int64_t memory_limit() {
  std::ifstream file("/sys/fs/cgroup/memory.max");
  std::int64_t bytes = -1;
  if (file >> bytes) return bytes;
  return -1;
}

struct Gate {
  std::uint16_t offset;
  const char* name;
};
constexpr Gate gates[] = {{network_port::storefront, "storefront"},
                          {network_port::ops, "ops"},
                          {network_port::admin, "admin"},
                          {network_port::sandbox, "sandbox"}};

}  // namespace

void examine_memory(Findings& findings) {
  auto available = memory_line("MemAvailable:");
  if (auto limit = memory_limit(); limit > 0) available = std::min(available, limit);
  if (available < 0) {
    findings.push_back({Grade::warn, "memory", "/proc/meminfo does not say what is available"});
    return;
  }
  auto detail = fmt::format("{} MiB available", available / mib);
  if (available < memory_needed) {
    findings.push_back(
        {Grade::fail, "memory", detail + "; at least 256 MiB are needed: stop other programs"});
  } else if (available < memory_wanted) {
    findings.push_back({Grade::warn, "memory", detail + "; 1 GiB and more keep the databases in memory"});
  } else {
    findings.push_back({Grade::ok, "memory", detail});
  }
}

void examine_processors(Findings& findings) {
  auto count = std::thread::hardware_concurrency();
  auto grade = count >= 2 ? Grade::ok : Grade::warn;
  findings.push_back(
      {grade, "processors",
       fmt::format("{}{}", count, count >= 2 ? "" : "; with fewer than 2, writers and servers take turns")});
}

void examine_open_files(Findings& findings) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  auto detail = fmt::format("{} (at most {})", limit.rlim_cur, limit.rlim_max);
  if (limit.rlim_cur < files_needed) {
    findings.push_back({Grade::fail, "open files", detail + "; raise it: ulimit -n 65536"});
  } else if (limit.rlim_cur < files_wanted) {
    findings.push_back({Grade::warn, "open files",
                        detail + "; each connection takes one, so for more clients: ulimit -n 65536"});
  } else {
    findings.push_back({Grade::ok, "open files", detail});
  }
}

void examine_clock(Findings& findings) {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  auto shown = to_rfc3339({std::int64_t{now.tv_sec} * 1'000'000});
  if (now.tv_sec < written_at_s || now.tv_sec > far_future_s) {
    findings.push_back(
        {Grade::fail, "clock", shown + " cannot be true: set it, or tokens and holds end at once"});
    return;
  }
  timex state{};
  auto result = adjtimex(&state);
  if (result == TIME_ERROR || (state.status & STA_UNSYNC) != 0) {
    findings.push_back({Grade::warn, "clock",
                        shown +
                            ", not known to be synchronised: run chrony or systemd-timesyncd, or make sure "
                            "that the host does"});
  } else {
    findings.push_back({Grade::ok, "clock", shown + ", synchronised"});
  }
}

void examine_ports(Findings& findings, std::uint16_t port_base, bool with_sandbox) {
  for (const auto& gate : gates) {
    if (gate.offset == network_port::sandbox && !with_sandbox) continue;
    auto port = static_cast<std::uint16_t>(port_base + gate.offset);
    auto what = fmt::format("port {} ({})", port, gate.name);
    int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
      findings.push_back({Grade::ok, what, "free"});
    } else if (errno == EADDRINUSE) {
      findings.push_back(
          {Grade::fail, what,
           "another program listens on it (maybe a running instance): stop that, or choose other "
           "ports with --port-base"});
    } else {
      findings.push_back({Grade::fail, what, fmt::format("cannot be used: {}", std::strerror(errno))});
    }
    close(fd);
  }
}

}  // namespace bramble::doctor
