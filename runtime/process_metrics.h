// Prometheus metrics of the process: memory, CPU, open files, the lag of its loops, and what each database,
// server and client does.
#pragma once

#include "ports/clock.h"
#include "ports/database.h"
#include "ports/http.h"
#include "ports/search.h"
#include "runtime/event_loop.h"
#include "runtime/metrics.h"

namespace bramble {

// Current values.
struct ProcessNumbers {
  std::int64_t resident_bytes = 0;
  double cpu_seconds = 0;
  std::int64_t open_files = 0;
};
ProcessNumbers process_numbers();
// The limit of open files and sockets.
std::size_t open_file_limit();
// The build time of the running binary.
Time process_built_at();

void expose_process(Metrics& metrics, const Clock& clock);
// The metrics call the readers as long as they live, so readers hold a weak_ptr.
void expose_loop(Metrics& metrics, std::string_view name, std::weak_ptr<EventLoop> loop);
void expose_database(Metrics& metrics, const std::string& module, std::weak_ptr<Database> database);
void expose_search(Metrics& metrics, std::weak_ptr<SearchIndex> index);
// Null stats expose nothing.
void expose_http_server(Metrics& metrics, const std::string& module,
                        std::shared_ptr<const HttpServerStats> stats);
void expose_http_client(Metrics& metrics, const std::string& module,
                        std::shared_ptr<const HttpClientStats> stats);

}  // namespace bramble
