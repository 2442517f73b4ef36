// The process's own numbers for Prometheus: memory, CPU, open files, the loops' lag, and what each database,
// server and client does.
#pragma once

#include "ports/clock.h"
#include "ports/database.h"
#include "ports/http.h"
#include "ports/search.h"
#include "runtime/event_loop.h"
#include "runtime/metrics.h"

namespace bramble {

// What it has at this moment.
struct ProcessNumbers {
  std::int64_t resident_bytes = 0;
  double cpu_seconds = 0;
  std::int64_t open_files = 0;
};
ProcessNumbers process_numbers();
// How many files and sockets it may have open.
std::size_t open_file_limit();
// When the binary that runs was made.
Time process_built_at();

void expose_process(Metrics& metrics, const Clock& clock);
// The readers are asked as long as the metrics live, so they hold what they need by weak_ptr.
void expose_loop(Metrics& metrics, std::string_view name, std::weak_ptr<EventLoop> loop);
void expose_database(Metrics& metrics, const std::string& module, std::weak_ptr<Database> database);
void expose_search(Metrics& metrics, std::weak_ptr<SearchIndex> index);
// Of a server or a client that does not count there is nothing to expose.
void expose_http_server(Metrics& metrics, const std::string& module,
                        std::shared_ptr<const HttpServerStats> stats);
void expose_http_client(Metrics& metrics, const std::string& module,
                        std::shared_ptr<const HttpClientStats> stats);

}  // namespace bramble
