#include "runtime/hosted_module.h"

#include "runtime/migrations.h"
#include "runtime/process_metrics.h"
#include "runtime/secrets.h"

namespace bramble {

void HostedModule::refuse(const std::string& what) const {
  throw Error(ErrorCode::internal, "module_wiring", "module " + module_.name + " " + what);
}

void HostedModule::check_starting(std::string_view what) const {
  if (started_) refuse("wanted to " + std::string(what) + " after its start");
}

Database& HostedModule::database() {
  if (!database_) refuse("has no migrations, so it has no database");
  return *database_;
}

Cache& HostedModule::cache() {
  auto* cache = module_.own_loop ? nullptr : shared_.cache();
  if (cache == nullptr) refuse("asks for a cache, and there is none for it");
  return *cache;
}

SearchIndex& HostedModule::search() {
  auto* search = module_.own_loop ? nullptr : shared_.search();
  if (search == nullptr) refuse("asks for a search index, and there is none for it");
  return *search;
}

HttpClient& HostedModule::http_client() {
  if (!client_) {
    check_starting("ask for an HTTP client");
    if (!shared_.platform.make_http_client) refuse("asks for an HTTP client, and there is none");
    client_ = shared_.platform.make_http_client(loop_.executor());
    expose_http_client(shared_.metrics, module_.name, client_->stats());
  }
  return *client_;
}

HttpClient& HostedModule::http_client(std::string_view dependency) {
  return watched_clients_.emplace_back(http_client(), *shared_.dependencies, std::string(dependency));
}

std::int64_t HostedModule::setting(std::string_view key, std::int64_t otherwise, std::int64_t min,
                                   std::int64_t max) {
  return shared_.settings.integer(module_.name, key, otherwise, min, max);
}

std::string HostedModule::setting(std::string_view key, std::string_view otherwise) {
  return shared_.settings.text(module_.name, key, otherwise);
}

bool HostedModule::setting(std::string_view key, bool otherwise) {
  return shared_.settings.flag(module_.name, key, otherwise);
}

std::string HostedModule::secret(std::string_view key, std::size_t bytes) {
  auto kept_as = module_.name + "." + std::string(key);
  if (auto it = shared_.shared_secrets.find(kept_as); it != shared_.shared_secrets.end())
    kept_as = it->second;
  return find_secret(shared_.settings, shared_.data_folder, random(), module_.name, key, bytes, kept_as);
}

std::string HostedModule::given_secret(std::string_view key, std::size_t bytes) {
  return find_given_secret(shared_.settings, module_.name, key, bytes);
}

void HostedModule::repeat(std::string name, Duration pause, std::function<Task<void>(Call)> chore) {
  check_starting("repeat a chore");
  chores.push_back({std::move(name), pause, std::move(chore)});
}

void HostedModule::add_health_line(std::function<HealthLine()> read) {
  check_starting("tell of its health");
  health_lines.push_back(std::move(read));
}

void HostedModule::listen(std::uint16_t port_offset, HttpHandler handler, ServerLimits limits) {
  check_starting("listen");
  servers.push_back({port_offset, std::move(handler), std::move(limits)});
}

void HostedModule::on_ready(std::function<Task<void>(Call)> prepare) {
  check_starting("register on_ready");
  ready_hooks.push_back(std::move(prepare));
}

void HostedModule::open() {
  if (module_.migrations.empty()) return;
  if (!shared_.platform.open_database) refuse("has migrations, and there is no database for it");
  database_ = shared_.platform.open_database(module_.name);
  consumer.module = module_.name;
  consumer.database = database_.get();
}

void HostedModule::migrate_database() {
  if (!database_) return;
  auto applied = migrate(*database_, module_.name, module_.migrations, clock());
  if (applied > 0) shared_.logger.info("schema migrated", {{"module", module_.name}, {"applied", applied}});
}

void HostedModule::start() {
  if (module_.start) alive_ = module_.start(*this);
  started_ = true;
}

std::shared_ptr<void> HostedModule::api_of(const RpcContract& contract) {
  std::string service(contract.service);
  if (std::find(module_.calls.begin(), module_.calls.end(), service) == module_.calls.end()) {
    refuse("asks for the API of " + service + " but does not name it in its calls");
  }
  auto api = shared_.apis.find(contract);
  if (!api) refuse("calls " + service + ", whose module serves no such API");
  return api;
}

void HostedModule::serve_api(const RpcContract& contract, std::shared_ptr<void> service) {
  check_starting("serve an API");
  if (module_.own_loop) refuse("has a loop of its own and so cannot serve an API");
  shared_.apis.serve(contract, std::move(service));
}

void HostedModule::consume_envelope(std::string_view type, EventHandler handler, Duration not_before) {
  check_starting("consume events");
  if (!database_) refuse("consumes " + std::string(type) + " but has no database; watch it instead");
  if (!consumer.handlers.emplace(type, std::move(handler)).second) {
    refuse("consumes " + std::string(type) + " twice");
  }
  if (not_before.us > 0) consumer.not_before.emplace(type, not_before);
}

void HostedModule::after_commit_envelope(std::string_view type,
                                         std::function<void(std::string_view)> after_commit) {
  consumer.after_commit.emplace(type, std::move(after_commit));
}

void HostedModule::watch_envelope(std::string_view type, std::function<void(std::string_view)> handler) {
  check_starting("watch events");
  watchers.emplace_back(type, EventWatcher{loop_.executor(), std::move(handler)});
}

void HostedModule::on_job_envelope(std::string_view type, JobHandler handler) {
  check_starting("handle jobs");
  if (!database_) refuse("handles jobs " + std::string(type) + " but has no database");
  if (!jobs.emplace(type, std::move(handler)).second) refuse("handles jobs " + std::string(type) + " twice");
}

}  // namespace bramble
