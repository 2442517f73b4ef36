#include "runtime/process_metrics.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>

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

// Reads a number of what `stats` gives: the owner's, or nothing once that is gone.
template <class Stats>
auto reader_of(std::function<std::optional<Stats>()> stats) {
  return [=](std::uint64_t Stats::*value, double unit = 1) {
    return [=] {
      auto now = stats();
      return now ? static_cast<double>((*now).*value) / unit : 0.0;
    };
  };
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

std::size_t open_file_limit() {
  rlimit limit{};
  return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<std::size_t>(limit.rlim_cur) : 1'024;
}

void expose_process(Metrics& metrics, const Clock& clock) {
  auto started = static_cast<double>(clock.now().us) / 1e6;
  metrics.gauge("process_start_time_seconds", "When the process began, since 1970.", [=] { return started; });
  metrics.gauge("process_resident_memory_bytes", "Memory in use.", resident_bytes);
  metrics.total("process_cpu_seconds_total", "Processor time used.", cpu_seconds);
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
  auto reading = reader_of<DatabaseStats>([=]() -> std::optional<DatabaseStats> {
    auto alive = database.lock();
    if (!alive) return std::nullopt;
    return alive->stats();
  });
  auto total = [&](std::string_view name, std::string_view help, std::uint64_t DatabaseStats::*value,
                   double unit = 1) {
    metrics.total(name, help, reading(value, unit), {{"module", module}});
  };
  total("bramble_database_units_total", "Transactions that committed.", &DatabaseStats::units);
  total("bramble_database_failed_units_total", "Transactions that were rolled back.",
        &DatabaseStats::failed_units);
  total("bramble_database_retried_units_total", "Transactions run again after a conflict.",
        &DatabaseStats::retried_units);
  total("bramble_database_commits_total", "Durable commits; each may carry many transactions.",
        &DatabaseStats::commits);
  total("bramble_database_reads_total", "Reads.", &DatabaseStats::reads);
  total("bramble_database_busy_seconds_total", "Time spent in transactions.", &DatabaseStats::busy_us, 1e6);
  total("bramble_database_commit_seconds_total", "Time spent making them durable.", &DatabaseStats::commit_us,
        1e6);
  metrics.gauge("bramble_database_queued", "Transactions waiting now.", reading(&DatabaseStats::queued),
                {{"module", module}});
  for (std::size_t kind = 0; kind < statement_kinds; ++kind) {
    metrics.total("bramble_database_statements_total", "Statements run, by kind.",
                  [=] {
                    auto alive = database.lock();
                    return alive ? static_cast<double>(alive->statements().at(kind)) : 0.0;
                  },
                  {{"module", module}, {"kind", to_string(static_cast<StatementKind>(kind))}});
  }
}

void expose_search(Metrics& metrics, std::weak_ptr<SearchIndex> index) {
  auto reading = reader_of<SearchStats>([=]() -> std::optional<SearchStats> {
    auto alive = index.lock();
    if (!alive) return std::nullopt;
    return alive->stats();
  });
  metrics.gauge("bramble_search_queries_waiting", "Queries that wait for a thread.",
                reading(&SearchStats::queries_waiting));
  metrics.gauge("bramble_search_writes_waiting", "Batches of documents that wait to be indexed.",
                reading(&SearchStats::writes_waiting));
  metrics.total("bramble_search_commits_total", "Commits of the search index.",
                reading(&SearchStats::commits));
}

void expose_http_server(Metrics& metrics, const std::string& module,
                        std::shared_ptr<const HttpServerStats> stats) {
  if (!stats) return;
  auto reading = reader_of<HttpServerStats>([=] { return *stats; });
  MetricLabels labels = {{"server", module}};
  metrics.gauge("bramble_http_connections", "Connections open now.", reading(&HttpServerStats::open), labels);
  metrics.gauge("bramble_http_streams", "Streamed answers now.", reading(&HttpServerStats::streams), labels);
  metrics.total("bramble_http_connections_total", "Connections accepted.",
                reading(&HttpServerStats::accepted), labels);
  metrics.total("bramble_http_turned_away_total", "Connections over the limit.",
                reading(&HttpServerStats::turned_away), labels);
  metrics.total("bramble_http_over_address_total", "Connections over the limit of their address.",
                reading(&HttpServerStats::over_address), labels);
  metrics.total("bramble_http_made_room_total", "Connections closed to make room for others.",
                reading(&HttpServerStats::made_room), labels);
  metrics.total("bramble_http_refused_total", "Requests that were malformed, too large or too slow.",
                reading(&HttpServerStats::refused), labels);
}

void expose_http_client(Metrics& metrics, const std::string& module,
                        std::shared_ptr<const HttpClientStats> stats) {
  if (!stats) return;
  auto reading = reader_of<HttpClientStats>([=] { return *stats; });
  MetricLabels labels = {{"module", module}};
  metrics.gauge("bramble_http_client_in_hand", "Requests under way or waiting for a connection.",
                reading(&HttpClientStats::in_hand), labels);
  metrics.total("bramble_http_client_requests_total", "Requests made.", reading(&HttpClientStats::requests),
                labels);
  metrics.total("bramble_http_client_failed_total", "Requests without an answer.",
                reading(&HttpClientStats::failed), labels);
  metrics.total("bramble_http_client_connections_total", "Connections opened.",
                reading(&HttpClientStats::connections), labels);
}

}  // namespace bramble
