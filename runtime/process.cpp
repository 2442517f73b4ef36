#include "runtime/chore_runner.h"
#include "runtime/process_metrics.h"
#include "runtime/process_state.h"
#include "runtime/start_order.h"

namespace bramble {
namespace {

constexpr Duration background_patience = seconds(20);
constexpr Duration ready_time = minutes(10);
// A database that is busy, or was restarted, is waited for.
constexpr Duration standstill_patience = seconds(30);

constexpr std::string_view bramble_version = BRAMBLE_VERSION;

// One line, since people and programs read it on a terminal.
std::string missing_text(const std::vector<std::string>& lacking) {
  std::string text = "not configured: ";
  for (const auto& what : lacking) text.append(&what == lacking.data() ? "" : "; ").append(what);
  return text + " (to try it out without a bank and without SMS: --sandbox)";
}

HealthLine line_of(const DependencyState& state) {
  auto detail = state.failing_since
                    ? std::to_string(state.failures) + " failures, the last: " + state.last_error
                : state.answered_at ? "answers"
                                    : "not asked yet";
  return {"dependency " + state.name, !state.failing_since, std::move(detail), state.failing_since};
}

}  // namespace

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
    if (state.options.servers) state.check_lacking();
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
  all_modules = std::all_of(modules.begin(), modules.end(), [&](const auto& module) {
    return module.practice || std::any_of(order.begin(), order.end(),
                                          [&](auto place) { return modules[place].name == module.name; });
  });
  shared.cache = [this] { return opened_cache(); };
  shared.search = [this] { return opened_search(); };
  shared.dependencies = &dependencies;
  for (auto place : order) {
    auto& one = running.emplace_back();
    if (modules[place].own_loop)
      one.own_loop = std::make_shared<EventLoop>(modules[place].name.substr(0, 15));
    one.hosted = std::make_unique<HostedModule>(modules[place], one.own_loop ? *one.own_loop : *loop, shared);
    one.hosted->open();
    one.hosted->start();
  }
}

Cache* Process::State::opened_cache() {
  if (!cache && platform.make_cache) cache = platform.make_cache(loop->executor());
  return cache.get();
}

SearchIndex* Process::State::opened_search() {
  if (!search && platform.make_search) {
    search = platform.make_search(loop->executor());
    watched_search = std::make_unique<WatchedSearch>(*search, dependencies, "search");
    expose_search(metrics, search);
  }
  return watched_search.get();
}

void Process::State::check_settings() const {
  auto others = absent;
  for (const auto& module : modules) {
    bool runs = std::any_of(running.begin(), running.end(),
                            [&](const auto& one) { return one.hosted->name() == module.name; });
    if (!runs) others.insert(module.name);
  }
  settings.check(others);
}

std::vector<std::string> Process::State::lacking() const {
  std::vector<std::string> all;
  for (const auto& one : running) {
    all.insert(all.end(), one.hosted->lacking.begin(), one.hosted->lacking.end());
  }
  return all;
}

void Process::State::check_lacking() const {
  auto all = lacking();
  if (all.empty()) return;
  throw Error(ErrorCode::invalid, "not_configured", missing_text(all));
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
      EventLane::Dependencies parts{module.executor(), module.clock(), module.random(), logger,
                                    metrics,           module.name()};
      one.dispatcher = std::make_shared<OutboxDispatcher>(parts, *database, handlers);
      JobsRunner::Dependencies job_parts{module.executor(), module.clock(), module.random(), logger,
                                         metrics,           module.name()};
      one.jobs = std::make_shared<JobsRunner>(job_parts, *database, module.jobs);
      one.retention =
          std::make_shared<MessageRetention>(module, retention, [this] { return oldest_event(); });
      // An event must reach consumers in modules that do not run here too: it waits until they all run
      // together.
      if (all_modules) one.background.push_back(one.dispatcher);
      one.background.push_back(one.jobs);
      one.background.push_back(one.retention);
      dead_letters.add({&module, [jobs = one.jobs] { jobs->wake(); }});
      histories.add(&module);
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
  histories.clear();
  for (auto one = running.rbegin(); one != running.rend(); ++one) one->hosted->end();
  for (auto one = running.rbegin(); one != running.rend(); ++one) one->hosted->close_client();
  watched_search.reset();
  search.reset();
  cache.reset();
  for (auto one = running.rbegin(); one != running.rend(); ++one) one->hosted->close_database();
}

std::string Process::State::undelivered() const {
  for (const auto& one : running) {
    if (!one.dispatcher || one.hosted->module().practice) continue;
    if (!all_modules) {
      return "events wait in their outboxes: a process that runs every module delivers them, and this one "
             "does not (--roles)";
    }
    auto why = one.dispatcher->standstill(standstill_patience);
    if (!why.empty()) return why;
  }
  return {};
}

std::vector<HealthLine> Process::State::health() const {
  auto undelivered = this->undelivered();
  std::vector<HealthLine> lines{
      {"process", phase == Phase::ready, phase == Phase::ready ? "started" : "not started"},
      {"events", undelivered.empty(), undelivered.empty() ? "delivered" : undelivered}};
  for (const auto& one : running) {
    for (const auto& read : one.hosted->health_lines) lines.push_back(read());
    if (!one.retention) continue;
    auto some = one.retention->health();
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
    one.retention->report_to(part);
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
    if (one.retention) oldest = std::min(oldest, one.retention->no_older_than());
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

bool Process::ready() const { return state_->is_ready(); }

std::vector<std::string> Process::lacking() const { return state_->lacking(); }

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
