#include "runtime/process_metrics.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace bramble {
namespace {

double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double total = 0;
  double resident = 0;
  file >> total >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double open_files() {
  std::error_code failure;
  double count = 0;
  for (std::filesystem::directory_iterator it("/proc/self/fd", failure), end; !failure && it != end;
       it.increment(failure)) {
    ++count;
  }
  return count;
}

}  // namespace

ProcessNumbers process_numbers() {
  return {static_cast<std::int64_t>(resident_bytes()), cpu_seconds(),
          static_cast<std::int64_t>(open_files())};
}

Time process_built_at() {
  struct stat file {};
  if (::stat("/proc/self/exe", &file) != 0) return {};
  return {static_cast<std::int64_t>(file.st_mtime) * 1'000'000};
}

void expose_process(Metrics& metrics, const Clock& clock) {
  auto started = static_cast<double>(clock.now().us) / 1e6;
  metrics.gauge("process_start_time_seconds", "When the process began, since 1970.", [=] { return started; });
  metrics.gauge("process_resident_memory_bytes", "Memory in use.", resident_bytes);
  metrics.gauge("process_cpu_seconds_total", "Processor time used.", cpu_seconds);
  metrics.gauge("process_open_fds", "Open files and sockets.", open_files);
}

void expose_loop(Metrics& metrics, std::string_view name, std::weak_ptr<EventLoop> loop) {
  metrics.gauge("bramble_loop_lag_seconds", "The longest that the loop was late since the last look.",
                [loop] {
                  auto alive = loop.lock();
                  return alive ? static_cast<double>(alive->take_lag_us()) / 1e6 : 0.0;
                },
                {{"loop", name}});
}

void expose_database(Metrics& metrics, const std::string& module, std::weak_ptr<Database> database) {
  auto gauge = [&](std::string_view name, std::string_view help, std::uint64_t DatabaseStats::*value,
                   double unit) {
    metrics.gauge(name, help,
                  [=] {
                    auto alive = database.lock();
                    return alive ? static_cast<double>(alive->stats().*value) / unit : 0.0;
                  },
                  {{"module", module}});
  };
  gauge("bramble_database_units_total", "Transactions that committed.", &DatabaseStats::units, 1);
  gauge("bramble_database_failed_units_total", "Transactions that were rolled back.",
        &DatabaseStats::failed_units, 1);
  gauge("bramble_database_retried_units_total", "Transactions run again after a conflict.",
        &DatabaseStats::retried_units, 1);
  gauge("bramble_database_commits_total", "Durable commits; each may carry many transactions.",
        &DatabaseStats::commits, 1);
  gauge("bramble_database_reads_total", "Reads.", &DatabaseStats::reads, 1);
  gauge("bramble_database_queued", "Transactions waiting now.", &DatabaseStats::queued, 1);
  gauge("bramble_database_busy_seconds_total", "Time spent in transactions.", &DatabaseStats::busy_us, 1e6);
  gauge("bramble_database_commit_seconds_total", "Time spent making them durable.", &DatabaseStats::commit_us,
        1e6);
}

}  // namespace bramble
