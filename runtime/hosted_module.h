// A module in its process. It gives the module what it asks for during the start and stores what the module
// registers. Registering after the start is an error.
#pragma once

#include <deque>
#include <set>

#include "runtime/api_registry.h"
#include "runtime/dependencies.h"
#include "runtime/event_handlers.h"
#include "runtime/event_loop.h"
#include "runtime/module.h"
#include "runtime/platform.h"
#include "runtime/server_ports.h"
#include "runtime/settings.h"

namespace bramble {

// What the process offers to all its modules.
struct ProcessServices {
  Platform& platform;
  Settings& settings;
  Logger& logger;
  Metrics& metrics;
  std::string data_folder;
  std::map<std::string, std::string> shared_secrets;
  bool sandboxed = false;
  ApiRegistry& apis;
  ServerPorts& ports;
  DeadLetters* dead_letters = nullptr;
  std::function<std::vector<HealthLine>()> health;
  MessageHistories* message_histories = nullptr;
  std::function<ProcessReport()> report;
  // Null if the process has no such engine. Opened when first asked for, so that a process opens only what
  // its modules use.
  std::function<Cache*()> cache;
  std::function<SearchIndex*()> search;
  Dependencies* dependencies = nullptr;
};

struct Chore {
  std::string name;
  Duration pause;
  std::function<Task<void>(Call)> run;
};

struct WantedServer {
  std::uint16_t port_offset = 0;
  HttpHandler handler;
  ServerLimits limits;
};

class HostedModule : public ModuleHost {
 public:
  HostedModule(const Module& module, EventLoop& loop, ProcessServices& shared)
      : module_(module), loop_(loop), shared_(shared) {}

  const std::string& name() const override { return module_.name; }
  Database& database() override;
  Cache& cache() override;
  SearchIndex& search() override;
  HttpClient& http_client() override;
  HttpClient& http_client(std::string_view dependency) override;
  const Clock& clock() override { return *shared_.platform.clock; }
  Random& random() override { return *shared_.platform.random; }
  Logger& log() override { return shared_.logger; }
  Metrics& metrics() override { return shared_.metrics; }
  DeadLetters& dead_letters() override { return *shared_.dead_letters; }
  std::vector<HealthLine> health() override { return shared_.health(); }
  void add_health_line(std::function<HealthLine()> read) override;
  std::vector<DependencyState> dependencies() override { return shared_.dependencies->states(); }
  MessageHistories& message_histories() override { return *shared_.message_histories; }
  ProcessReport report() override { return shared_.report(); }
  boost::asio::any_io_executor executor() override { return loop_.executor(); }
  bool sandboxed() const override { return shared_.sandboxed; }

  std::int64_t setting(std::string_view key, std::int64_t otherwise, std::int64_t min,
                       std::int64_t max) override;
  std::string setting(std::string_view key, std::string_view otherwise) override;
  bool setting(std::string_view key, bool otherwise) override;
  std::string secret(std::string_view key, std::size_t bytes) override;
  std::string given_secret(std::string_view key, std::size_t bytes) override;
  void lacks(std::string what) override { lacking.push_back(std::move(what)); }

  void repeat(std::string name, Duration pause, std::function<Task<void>(Call)> chore) override;
  using ModuleHost::listen;
  void listen(std::uint16_t port_offset, HttpHandler handler, ServerLimits limits) override;
  void keep_on_loopback(std::uint16_t port_offset) override { shared_.ports.keep_on_loopback(port_offset); }
  std::string address_of(std::uint16_t port_offset) const override {
    return shared_.ports.url_of(port_offset);
  }
  void on_ready(std::function<Task<void>(Call)> prepare) override;

  // In this order: opens the module's database, if it has one; lets the module wire itself; migrates the
  // database.
  void open();
  void start();
  void migrate_database();
  // Destroys what the module returned; nothing of it runs any more.
  void end() { alive_.reset(); }
  void close_client() {
    watched_clients_.clear();
    client_.reset();
  }
  void close_database() { database_.reset(); }

  const Module& module() const { return module_; }
  EventLoop& loop() { return loop_; }
  std::shared_ptr<Database> database_if_any() { return database_; }

  // What the module registered.
  EventConsumer consumer;
  std::vector<std::pair<std::string, EventWatcher>> watchers;
  std::map<std::string, JobHandler, std::less<>> jobs;
  std::vector<Chore> chores;
  std::vector<WantedServer> servers;
  std::vector<std::function<Task<void>(Call)>> ready_hooks;
  std::vector<std::function<HealthLine()>> health_lines;
  std::vector<std::string> lacking;

 protected:
  std::shared_ptr<void> api_of(const RpcContract& contract) override;
  void serve_api(const RpcContract& contract, std::shared_ptr<void> service) override;
  void consume_envelope(std::string_view type, EventHandler handler, Duration not_before) override;
  void after_commit_envelope(std::string_view type,
                             std::function<void(std::string_view)> after_commit) override;
  void watch_envelope(std::string_view type, std::function<void(std::string_view)> handler) override;
  void on_job_envelope(std::string_view type, JobHandler handler) override;

 private:
  void check_starting(std::string_view what) const;
  [[noreturn]] void refuse(const std::string& what) const;

  const Module& module_;
  EventLoop& loop_;
  ProcessServices& shared_;
  bool started_ = false;
  std::shared_ptr<Database> database_;  // shared only with the metrics, weakly
  std::unique_ptr<HttpClient> client_;
  std::deque<WatchedHttpClient> watched_clients_;
  std::shared_ptr<void> alive_;
};

}  // namespace bramble
