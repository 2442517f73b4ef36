// A process' servers: what each may take, opening them when all is ready, closing them first of all.
#include "base/network_ports.h"
#include "ports/http_host.h"
#include "runtime/admin.h"
#include "runtime/failure_text.h"
#include "runtime/process_metrics.h"
#include "runtime/process_state.h"

namespace bramble {
namespace {

constexpr Duration server_patience = seconds(25);
constexpr std::int64_t most_of_an_address = 500;
constexpr std::size_t admin_connections = 64;
// Databases, the search index, logs, and calls to the bank and of the SMS provider.
constexpr std::size_t own_files = 512;

}  // namespace

void Process::State::read_server_settings() {
  proxies = read_proxy_settings(settings);
  for (const auto& name : proxies.with_protocol) {
    bool known =
        std::any_of(modules.begin(), modules.end(), [&](const auto& one) { return one.name == name; });
    if (!known) throw_invalid("server.proxy_protocol", "not_allowed", "'" + name + "' is no module");
  }
  listen.tls_certificate_file = settings.text("server", "tls_certificate_file", "");
  listen.tls_key_file = settings.text("server", "tls_key_file", "");
  listen.limits.connections = static_cast<std::size_t>(settings.integer(
      "server", "connections", static_cast<std::int64_t>(listen.limits.connections), 1, 1'000'000));
  listen.limits.connections_per_address = static_cast<std::size_t>(
      settings.integer("server", "connections_per_address", most_of_an_address, 0, 1'000'000));
  listen.limit_loopback = !options.sandboxed;
  admin_port = static_cast<std::uint16_t>(settings.integer("server", "admin_port", 0, 0, 65'535));
  admin_address = settings.text("server", "admin_address", "127.0.0.1");
}

HttpListen Process::State::listen_with(const ServerLimits& asked) const {
  auto wanted = listen;
  auto& limits = wanted.limits;
  if (asked.connections > 0) limits.connections = std::min(limits.connections, asked.connections);
  wanted.urgent_path = asked.urgent_path;
  limits.urgent_connections = std::min(asked.urgent_connections, limits.connections / 4);
  return wanted;
}

// Every connection is a file. With fewer files than connections, one server could use them all up, and the
// bank could not be called.
void Process::State::fit_connections() {
  auto files = open_file_limit();
  std::size_t servers = 1;
  for (const auto& one : running) servers += one.hosted->servers.size();
  auto share = files > own_files ? (files - own_files) / servers : 1;
  if (listen.limits.connections <= share) return;
  logger.warn("fewer connections than configured: this process may open too few files",
              {{"connections", share}, {"configured", listen.limits.connections}, {"open_files", files}});
  listen.limits.connections = std::max<std::size_t>(share, 1);
}

void Process::State::open_servers() {
  if (!platform.open_server) return;
  fit_connections();
  auto is_ready = [this] { return this->is_ready(); };
  for (auto& one : running) {
    for (auto& [offset, handler, limits] : one.hosted->servers) {
      auto wanted = listen_with(limits);
      wanted.address = ports.address_of(offset);
      wanted.port = ports.port_of(offset);
      wanted.proxies = proxies.rules_of(one.hosted->name());
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
  AdminSources sources{[this] { return is_ready(); }, [this] { return health(); },
                       [this] { return metrics.expose(); }};
  HttpListen wanted;
  wanted.limits.connections = admin_connections;
  wanted.address = admin_address;
  bool moves = settings.integer("server", "port_base", 8080, 0, 65'000) == 0;
  wanted.port = admin_port != 0 ? admin_port : moves ? 0 : ports.port_of(network_port::admin);
  auto handler = admin_handler(std::move(sources));
  // The names of an address that a network reaches are not known here.
  if (is_loopback_name(admin_address)) handler = for_own_hosts(std::move(handler), {});
  auto& open = servers.emplace_back(OpenServer{loop.get(), nullptr});
  loop->call([&] { open.server = platform.open_server(loop->executor(), wanted, std::move(handler)); });
  admin_url = "http://" + admin_address + ":" + std::to_string(open.server->port());
}

void Process::State::close_servers() {
  // What is under way on the common loop may still need what has a loop of its own: it is its world outside.
  std::vector<EventLoop*> loops = {loop.get()};
  for (const auto& one : running) {
    if (one.own_loop) loops.push_back(one.own_loop.get());
  }
  for (auto* on : loops) {
    std::vector<Task<void>> tasks;
    for (auto& open : servers) {
      if (open.server && open.loop == on) tasks.push_back(open.server->stop(server_patience));
    }
    // A start that failed has opened none, and its loops may not run.
    if (tasks.empty()) continue;
    try {
      on->wait_for(all(std::move(tasks)));
    } catch (const std::exception& failure) {
      logger.warn("server did not stop cleanly", {{"error", failure_text(failure)}});
    }
  }
}

}  // namespace bramble
