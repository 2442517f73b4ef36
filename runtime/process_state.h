// The state of a Process, for its own sources.
#pragma once

#include <algorithm>
#include <set>

#include "runtime/dead_letter_box.h"
#include "runtime/jobs_runner.h"
#include "runtime/message_history.h"
#include "runtime/message_retention.h"
#include "runtime/outbox_dispatcher.h"
#include "runtime/process.h"
#include "runtime/proxy_settings.h"

namespace bramble {

enum class Phase { fresh, starting, ready, stopping, stopped };

// A running module with its background work, in the order of starting.
struct RunningModule {
  std::unique_ptr<HostedModule> hosted;
  std::shared_ptr<EventLoop> own_loop;
  std::shared_ptr<OutboxDispatcher> dispatcher;
  std::shared_ptr<JobsRunner> jobs;
  std::shared_ptr<MessageRetention> retention;
  std::vector<std::shared_ptr<Background>> background;
};

struct OpenServer {
  EventLoop* loop;
  std::unique_ptr<HttpServer> server;
};

struct Process::State {
  State(std::vector<Module> given, Platform parts, Settings& settings, Logger& logger, Metrics& metrics,
        ProcessOptions wanted)
      : modules(std::move(given)),
        platform(std::move(parts)),
        settings(settings),
        logger(logger),
        metrics(metrics),
        options(std::move(wanted)),
        policy(*platform.clock, *platform.random, metrics),
        apis(options.rpc, policy),
        ports(settings.text("server", "address", "127.0.0.1"),
              static_cast<std::uint16_t>(settings.integer("server", "port_base", 8080, 0, 65'000)),
              !settings.text("server", "tls_certificate_file", "").empty()),
        retention(days(settings.integer("messages", "retention_days", 7, 1, 3'650))),
        dead_letters(*platform.clock),
        shared{platform,
               settings,
               logger,
               metrics,
               options.data_folder,
               options.shared_secrets,
               options.sandboxed,
               apis,
               ports,
               &dead_letters,
               [this] { return health(); },
               &histories,
               [this] { return report(); }} {
    read_server_settings();
    if (options.sandboxed) return;
    auto left =
        std::stable_partition(modules.begin(), modules.end(), [](auto& one) { return !one.practice; });
    for (auto one = left; one != modules.end(); ++one) absent.insert(one->name);
    modules.erase(left, modules.end());
  }

  void read_server_settings();
  void start_modules();
  Cache* opened_cache();
  SearchIndex* opened_search();
  void check_settings() const;
  void check_lacking() const;
  std::vector<std::string> lacking() const;
  void migrate_databases();
  void start_loops();
  void run_ready_hooks();
  void make_background();
  void start_background();
  HttpListen listen_with(const ServerLimits& limits) const;
  void fit_connections();
  void open_servers();
  void open_admin();
  void close_servers();
  void stop_background();
  void stop_loops();
  void end_modules();
  // Why events are not delivered; empty if they are. Any thread.
  std::string undelivered() const;
  bool is_ready() const { return phase == Phase::ready && undelivered().empty(); }
  std::vector<HealthLine> health() const;
  ProcessReport report() const;
  Time oldest_event() const;
  Task<bool> is_settled();

  std::vector<Module> modules;
  Platform platform;
  Settings& settings;
  Logger& logger;
  Metrics& metrics;
  ProcessOptions options;
  // Outlives everything that has a timer or a socket on it.
  std::shared_ptr<EventLoop> loop = std::make_shared<EventLoop>("bramble-loop");
  StandardRpcPolicy policy;
  ApiRegistry apis;
  ServerPorts ports;
  Duration retention;
  HttpListen listen;
  ProxySettings proxies;
  std::uint16_t admin_port = 0;
  std::string admin_address;
  DeadLetterBox dead_letters;
  MessageHistoryReader histories;
  Time started_at = platform.clock->now();
  Dependencies dependencies{*platform.clock};
  ProcessServices shared;
  EventHandlers handlers;
  std::unique_ptr<Cache> cache;
  std::shared_ptr<SearchIndex> search;
  std::unique_ptr<SearchIndex> watched_search;
  std::vector<RunningModule> running;  // in the order of starting
  std::vector<OpenServer> servers;
  std::string admin_url;
  std::atomic<Phase> phase = Phase::fresh;
  std::set<std::string> absent;  // practice modules that do not run, because the process is not sandboxed
  bool all_modules = false;      // besides practice modules
};

}  // namespace bramble
