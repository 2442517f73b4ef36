#include "gateways/ops/console/overview.h"

#include "gateways/ops/console/finder.h"
#include "gateways/ops/parallel_reads.h"

namespace bramble::ops {
namespace {

constexpr std::int64_t most_counted = 100;
constexpr Duration hanging_after = minutes(15);

QueueRow row_of(const ModuleReport& module) {
  QueueRow row{module.module, module.readable};
  row.events_waiting = module.events_waiting;
  row.oldest_event_ms = module.oldest_event_us / 1'000;
  row.events_in_hand = module.events_in_hand;
  row.jobs_due = module.jobs_due;
  row.oldest_job_ms = module.oldest_job_us / 1'000;
  row.jobs_running = module.jobs_running;
  row.dead_jobs = module.dead_jobs;
  row.dead_events = module.dead_events;
  row.units_queued = static_cast<std::int64_t>(module.units_queued);
  row.units = static_cast<std::int64_t>(module.units);
  row.failed_units = static_cast<std::int64_t>(module.failed_units);
  row.commits = static_cast<std::int64_t>(module.commits);
  row.reads = static_cast<std::int64_t>(module.reads);
  return row;
}

}  // namespace

Task<FoundPage> Overview::find(edge::HttpCall& http, FindQuery request) {
  FinderSources sources{services_.catalog, services_.orders, services_.pickup, services_.warehouse};
  auto call = http.call;
  call.deadline = std::min(call.deadline, host_.clock().now() + read_time_limit);
  co_return co_await ops::find(sources, std::move(call), std::move(request));
}

Task<CountsPage> Overview::counts(edge::HttpCall& http, Nothing) {
  orders::SearchReply hanging;
  payments::ListWebhooksReply webhooks;
  payments::SuspenseReply suspense;
  std::vector<DeadLetter> letters;
  ParallelReads reads;
  auto call = http.call;
  call.deadline = std::min(call.deadline, host_.clock().now() + read_time_limit);
  reads.add("order",
            services_.orders.list_unfinished(call, {host_.clock().now() - hanging_after, std::nullopt,
                                                    most_counted}),
            hanging);
  reads.add("payments", services_.payments.list_webhooks(call, {true, std::nullopt, 0, most_counted}),
            webhooks);
  reads.add("payments", services_.payments.list_suspense(call, {0, most_counted}), suspense);
  reads.add("messages", host_.dead_letters().list(call, static_cast<std::size_t>(most_counted)), letters);
  co_await reads.read();
  co_return CountsPage{std::ssize(hanging.items), std::ssize(webhooks.items), std::ssize(suspense.items),
                       std::ssize(letters), reads.missing()};
}

Task<QueuesPage> Overview::queues(edge::HttpCall&, Nothing) {
  auto report = host_.report();
  QueuesPage page;
  page.version = report.version;
  page.built_at = report.built_at;
  page.started_at = report.started_at;
  page.now = report.now;
  page.resident_bytes = report.resident_bytes;
  page.cpu_seconds = report.cpu_seconds;
  page.open_files = report.open_files;
  for (const auto& module : report.modules) page.modules.push_back(row_of(module));
  co_return page;
}

Task<HealthPage> Overview::health(edge::HttpCall&, Nothing) {
  HealthPage page{true, {}};
  for (auto& line : host_.health()) {
    page.ok = page.ok && line.ok;
    page.items.push_back({line.part, line.ok, line.detail, line.since});
  }
  co_return page;
}

}  // namespace bramble::ops
