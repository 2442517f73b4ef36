#include "runtime/process.h"

#include <set>

#include "runtime/admin.h"
#include "runtime/chore_runner.h"
#include "runtime/dead_letter_box.h"
#include "runtime/failure_text.h"
#include "runtime/jobs_runner.h"
#include "runtime/message_care.h"
#include "runtime/message_trail.h"
#include "runtime/outbox_dispatcher.h"
#include "runtime/process_metrics.h"
#include "runtime/start_order.h"

namespace bramble {
namespace {

constexpr std::uint16_t admin_offset = 9;
constexpr Duration server_patience = seconds(25);
constexpr Duration background_patience = seconds(20);
constexpr Duration ready_time = minutes(10);

constexpr std::string_view bramble_version = BRAMBLE_VERSION;

enum class Phase { fresh, starting, ready, stopping, stopped };

}  // namespace

// One module while it runs, with what runs beside it in the order of starting.
struct RunningModule {
  std::unique_ptr<HostedModule> hosted;
  std::shared_ptr<EventLoop> own_loop;
  std::shared_ptr<OutboxDispatcher> dispatcher;
  std::shared_ptr<JobsRunner> jobs;
  std::shared_ptr<MessageCare> care;
  std::vector<std::shared_ptr<Background>> background;
};

HealthLine line_of(const DependencyState& state) {
  auto detail = state.failing_since
                    ? std::to_string(state.failures) + " failures, the last: " + state.last_error
                : state.answered_at ? "answers"
                                    : "not asked yet";
  return {"dependency " + state.name, !state.failing_since, std::move(detail), state.failing_since};
}

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
               apis,
               ports,
               &dead_letters,
               [this] { return health(); },
               &trails,
               [this] { return report(); }} {
    listen.address = ports.address();
    listen.tls_certificate_file = settings.text("server", "tls_certificate_file", "");
    listen.tls_key_file = settings.text("server", "tls_key_file", "");
    listen.limits.connections = static_cast<std::size_t>(settings.integer(
        "server", "connections", static_cast<std::int64_t>(listen.limits.connections), 1, 1'000'000));
    admin_port = static_cast<std::uint16_t>(settings.integer("server", "admin_port", 0, 0, 65'535));
    admin_address = settings.text("server", "admin_address", "127.0.0.1");
  }

  void start_modules();
  void check_settings() const;
  void migrate_databases();
  void start_loops();
  void run_ready_hooks();
  void make_background();
  void start_background();
  void open_servers();
  void open_admin();
  void close_servers();
  void stop_background();
  void stop_loops();
  void end_modules();
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
  std::uint16_t admin_port = 0;
  std::string admin_address;
  DeadLetterBox dead_letters;
  MessageTrailReader trails;
  Time started_at = platform.clock->now();
  Dependencies dependencies{*platform.clock};
  SharedParts shared;
  EventHandlers handlers;
  std::unique_ptr<Cache> cache;
  std::shared_ptr<SearchIndex> search;
  std::unique_ptr<SearchIndex> watched_search;
  std::unique_ptr<BlobStore> blobs;
  std::vector<RunningModule> running;  // in the order of starting
  std::vector<OpenServer> servers;
  std::string admin_url;
  std::atomic<Phase> phase = Phase::fresh;
  bool all_modules = false;
};

Process::Process(std::vector<Module> modules, Platform platform, Settings& settings, Logger& logger,
                 Metrics& metrics, ProcessOptions options)
    : state_(std::make_unique<State>(std::move(modules), std::move(platform), settings, logger, metrics,
                                     std::move(options))) {}

Process::~Process() { stop(); }

void Process::start() {
  auto& state = *state_;
  state.phase = Phase::starting;
  try {
    state.start_modules();
    state.check_settings();
    state.migrate_databases();
    state.make_background();
    state.start_loops();
    state.run_ready_hooks();
    if (state.options.background) state.start_background();
    if (state.options.servers) state.open_servers();
    state.phase = Phase::ready;
  } catch (...) {
    stop();
    throw;
  }
  state.logger.info("process ready", {{"modules", state.running.size()}});
}

void Process::stop() {
  auto& state = *state_;
  if (state.phase == Phase::stopped) return;
  if (state.phase != Phase::fresh) state.logger.info("process stopping");
  state.phase = Phase::stopping;
  state.close_servers();
  state.stop_background();
  state.stop_loops();
  state.end_modules();
  state.phase = Phase::stopped;
}

void Process::State::start_modules() {
  auto order = start_order(modules, options.roles);
  all_modules = order.size() == modules.size();
  if (platform.make_cache) cache = platform.make_cache(loop->executor());
  if (platform.make_search) search = platform.make_search(loop->executor());
  if (search) watched_search = std::make_unique<WatchedSearch>(*search, dependencies, "search");
  if (platform.make_blobs) blobs = platform.make_blobs(loop->executor());
  shared.cache = cache.get();
  shared.search = watched_search.get();
  shared.blobs = blobs.get();
  shared.dependencies = &dependencies;
  if (search) expose_search(metrics, search);
  for (auto place : order) {
    auto& one = running.emplace_back();
    if (modules[place].own_loop)
      one.own_loop = std::make_shared<EventLoop>(modules[place].name.substr(0, 15));
    one.hosted = std::make_unique<HostedModule>(modules[place], one.own_loop ? *one.own_loop : *loop, shared);
    one.hosted->open();
    one.hosted->start();
  }
}

void Process::State::check_settings() const {
  std::set<std::string> others;
  for (const auto& module : modules) {
    bool runs = std::any_of(running.begin(), running.end(),
                            [&](const auto& one) { return one.hosted->name() == module.name; });
    if (!runs) others.insert(module.name);
  }
  settings.check(others);
}

// A start that is refused for its settings has changed no table.
void Process::State::migrate_databases() {
  for (auto& one : running) one.hosted->migrate_database();
}

void Process::State::start_loops() {
  loop->start();
  expose_process(metrics, *platform.clock);
  expose_loop(metrics, "main", loop);
  for (auto& one : running) {
    if (!one.own_loop) continue;
    one.own_loop->start();
    expose_loop(metrics, one.hosted->name(), one.own_loop);
  }
}

void Process::State::run_ready_hooks() {
  for (auto& one : running) {
    for (auto& hook : one.hosted->ready_hooks) {
      auto call = system_call(one.hosted->name(), platform.clock->now() + ready_time);
      one.hosted->loop().wait_for(hook(std::move(call)));
    }
  }
}

// Consumers are gathered first: every dispatcher knows them all.
void Process::State::make_background() {
  for (auto& one : running) {
    auto& module = *one.hosted;
    if (!module.consumer.handlers.empty()) handlers.consumers.push_back(module.consumer);
    for (auto& watcher : module.watchers) handlers.watchers.insert(watcher);
  }
  for (auto& one : running) {
    auto& module = *one.hosted;
    auto database = module.database_if_any();
    if (database) {
      EventLane::Parts parts{module.executor(), module.clock(), module.random(), logger,
                             metrics,           module.name()};
      one.dispatcher = std::make_shared<OutboxDispatcher>(parts, *database, handlers);
      JobsRunner::Parts job_parts{module.executor(), module.clock(), module.random(), logger,
                                  metrics,           module.name()};
      one.jobs = std::make_shared<JobsRunner>(job_parts, *database, module.jobs);
      one.care = std::make_shared<MessageCare>(module, retention, [this] { return oldest_event(); });
      // An event must reach consumers in modules that do not run here too: it waits until they all run
      // together.
      if (all_modules) one.background.push_back(one.dispatcher);
      one.background.push_back(one.jobs);
      one.background.push_back(one.care);
      dead_letters.add({&module, [jobs = one.jobs] { jobs->wake(); }});
      trails.add(&module);
      expose_database(metrics, module.name(), database);
      metrics.gauge("bramble_events_in_hand", "Events read from an outbox and on their way.",
                    [weak = std::weak_ptr(one.dispatcher)] {
                      auto alive = weak.lock();
                      return alive ? static_cast<double>(alive->in_hand()) : 0.0;
                    },
                    {{"module", module.name()}});
      metrics.gauge("bramble_jobs_running", "Jobs under way.",
                    [weak = std::weak_ptr(one.jobs)] {
                      auto alive = weak.lock();
                      return alive ? static_cast<double>(alive->running()) : 0.0;
                    },
                    {{"module", module.name()}});
    }
    for (auto& chore : module.chores) one.background.push_back(make_chore_runner(module, chore));
  }
}

void Process::State::start_background() {
  if (!all_modules) {
    logger.warn("events wait in their outboxes: they are delivered by a process that runs every module", {});
  }
  for (auto& one : running) {
    if (auto database = one.hosted->database_if_any()) {
      if (all_modules) database->on_messages(one.dispatcher->listener());
      database->on_messages(one.jobs->listener());
    }
    one.hosted->loop().call([&] {
      for (auto& background : one.background) background->start();
    });
  }
}

void Process::State::open_servers() {
  if (!platform.open_server) return;
  auto is_ready = [this] { return phase == Phase::ready; };
  for (auto& one : running) {
    for (auto& [offset, handler] : one.hosted->servers) {
      auto wanted = listen;
      wanted.port = ports.port_of(offset);
      auto& own = one.hosted->loop();
      auto& open = servers.emplace_back(OpenServer{&own, nullptr});
      own.call([&, &handle = handler] {
        open.server = platform.open_server(own.executor(), wanted, with_probes(handle, is_ready));
      });
      ports.opened(offset);
      expose_http_server(metrics, one.hosted->name(), open.server->stats());
      logger.info("listening", {{"module", one.hosted->name()}, {"address", ports.url_of(offset)}});
    }
  }
  open_admin();
}

void Process::State::open_admin() {
  AdminSources sources{[this] { return phase == Phase::ready; }, [this] { return health(); },
                       [this] { return metrics.expose(); }};
  HttpListen wanted;
  wanted.address = admin_address;
  bool moves = settings.integer("server", "port_base", 8080, 0, 65'000) == 0;
  wanted.port = admin_port != 0 ? admin_port : moves ? 0 : ports.port_of(admin_offset);
  auto& open = servers.emplace_back(OpenServer{loop.get(), nullptr});
  loop->call([&] {
    open.server = platform.open_server(loop->executor(), wanted, admin_handler(std::move(sources)));
  });
  admin_url = "http://" + admin_address + ":" + std::to_string(open.server->port());
}

void Process::State::close_servers() {
  std::map<EventLoop*, std::vector<Task<void>>> stops;
  for (auto& open : servers) {
    if (open.server) stops[open.loop].push_back(open.server->stop(server_patience));
  }
  for (auto& [on, tasks] : stops) {
    try {
      on->wait_for(all(std::move(tasks)));
    } catch (const std::exception& failure) {
      logger.warn("server did not stop cleanly", {{"error", failure_text(failure)}});
    }
  }
}

void Process::State::stop_background() {
  for (auto one = running.rbegin(); one != running.rend(); ++one) {
    auto& started = one->background;
    for (auto it = started.rbegin(); it != started.rend(); ++it) {
      if (!one->hosted->loop().is_running()) continue;
      one->hosted->loop().wait_for((*it)->stop(background_patience));
    }
  }
}

void Process::State::stop_loops() {
  for (auto& one : running) {
    if (one.own_loop) one.own_loop->stop();
  }
  loop->stop();
}

// Nothing runs any more: what is destroyed here is destroyed by the one thread that is left.
void Process::State::end_modules() {
  servers.clear();
  dead_letters.clear();
  trails.clear();
  for (auto one = running.rbegin(); one != running.rend(); ++one) one->hosted->end();
  for (auto one = running.rbegin(); one != running.rend(); ++one) one->hosted->close_client();
  search.reset();
  blobs.reset();
  cache.reset();
  for (auto one = running.rbegin(); one != running.rend(); ++one) one->hosted->close_database();
}

std::vector<HealthLine> Process::State::health() const {
  std::vector<HealthLine> lines{
      {"process", phase == Phase::ready, phase == Phase::ready ? "ready" : "not ready"}};
  for (const auto& one : running) {
    for (const auto& read : one.hosted->health_lines) lines.push_back(read());
    if (!one.care) continue;
    auto some = one.care->health();
    lines.insert(lines.end(), some.begin(), some.end());
  }
  for (const auto& state : dependencies.states()) lines.push_back(line_of(state));
  return lines;
}

ProcessReport Process::State::report() const {
  auto numbers = process_numbers();
  ProcessReport report{
      std::string(bramble_version), process_built_at(),  started_at,         platform.clock->now(),
      numbers.resident_bytes,       numbers.cpu_seconds, numbers.open_files, {}};
  for (const auto& one : running) {
    auto database = one.hosted->database_if_any();
    if (!database) continue;
    ModuleReport part{.module = one.hosted->name()};
    one.care->tell(part);
    part.events_in_hand = one.dispatcher->in_hand();
    part.jobs_running = one.jobs->running();
    auto stats = database->stats();
    part.units_queued = stats.queued;
    part.units = stats.units;
    part.failed_units = stats.failed_units;
    part.commits = stats.commits;
    part.reads = stats.reads;
    report.modules.push_back(std::move(part));
  }
  return report;
}

// Without all modules the outboxes of the others are not known, and so no inbox record may go.
Time Process::State::oldest_event() const {
  if (!all_modules) return {0};
  Time oldest{INT64_MAX};
  for (const auto& one : running) {
    if (one.care) oldest = std::min(oldest, one.care->no_older_than());
  }
  return oldest;
}

Task<bool> Process::State::is_settled() {
  for (auto& one : running) {
    auto database = one.hosted->database_if_any();
    if (!database) continue;
    if (one.dispatcher->in_hand() > 0 || one.jobs->running() > 0) co_return false;
    auto now = platform.clock->now();
    auto counts = co_await database->read(system_call("process", now + seconds(30)), one.hosted->name(),
                                          [=](Tx& tx) { return count_messages(tx, now); });
    if (counts.unpublished > 0 || counts.due_jobs > 0) co_return false;
  }
  co_return true;
}

bool Process::ready() const { return state_->phase == Phase::ready; }

std::string Process::address_of(std::uint16_t port_offset) const { return state_->ports.url_of(port_offset); }

std::string Process::admin_address() const { return state_->admin_url; }

std::vector<std::string> Process::roles() const {
  std::vector<std::string> names;
  for (const auto& one : state_->running) names.push_back(one.hosted->name());
  return names;
}

boost::asio::any_io_executor Process::executor() const { return state_->loop->executor(); }

std::vector<HealthLine> Process::health() const { return state_->health(); }

DeadLetters& Process::dead_letters() { return state_->dead_letters; }

Database* Process::database(std::string_view module) {
  for (auto& one : state_->running) {
    if (one.hosted->name() == module) return one.hosted->database_if_any().get();
  }
  return nullptr;
}

std::shared_ptr<void> Process::api_of(const RpcContract& contract) {
  auto api = state_->apis.find(contract);
  if (!api)
    throw Error(ErrorCode::not_found, "no_service", std::string(contract.service) + " does not run here");
  return api;
}

void Process::run(Task<void> task) { state_->loop->wait_for(std::move(task)); }

void Process::wake() {
  for (auto& one : state_->running) {
    for (auto& background : one.background) background->wake();
  }
}

bool Process::settle(Duration patience) {
  auto wait = [](State& state, Duration time) -> Task<bool> {
    auto until = state.platform.clock->now() + time;
    // Twice in a row: an event may cause a job and a job an event while the modules are looked at one after
    // another.
    for (auto& one : state.running) {
      if (one.jobs) one.jobs->wake();
      if (one.dispatcher) one.dispatcher->wake();
    }
    for (int calm = 0; calm < 2;) {
      calm = co_await state.is_settled() ? calm + 1 : 0;
      if (calm < 2 && state.platform.clock->now() > until) co_return false;
      if (calm == 0) co_await pause_us(2'000);
    }
    co_return true;
  };
  return run(wait(*state_, patience));
}

}  // namespace bramble
