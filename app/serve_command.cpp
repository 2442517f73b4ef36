#include "app/serve_command.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/demo.h"
#include "app/modules.h"
#include "app/platform.h"
#include "base/error.h"
#include "runtime/metrics_registry.h"
#include "runtime/structured_log.h"

namespace bramble {
namespace {

struct ServeOptions {
  std::string roles = "all";
  std::string data = "data";
  std::string config;
  std::string demo;
  std::string log_level = "info";
  std::vector<std::string> sets;
  int port_base = -1;
};

// Lines for people and for programs that wait for them; logs go to standard error.
void say(const std::string& line) {
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

std::vector<std::string> words_of_list(const std::string& text) {
  std::vector<std::string> words;
  std::size_t from = 0;
  while (from <= text.size()) {
    auto to = std::min(text.find(',', from), text.size());
    if (to > from) words.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return words;
}

bool has_sandbox(const ServeOptions& options) {
  auto roles = words_of_list(options.roles);
  return options.roles == "all" || std::find(roles.begin(), roles.end(), "sandbox") != roles.end();
}

// With the sandbox beside it, this machine is not limited. Files, environment and flags come after, and win.
void add_sandbox_defaults(Settings& settings, const ServeOptions& options) {
  settings.load_text("[storefront]\nlimit_loopback = false\n[ops]\nlimit_loopback = false\n",
                     "the sandbox's defaults");
  if (options.demo.empty()) return;
  // A demo has a login for each site, but whoever tries it out has two hands.
  settings.load_text("[warehouse]\nbind_workers_to_site = false\n", "the demo's defaults");
}

// What the platform and the bank of the sandbox both have to know.
std::map<std::string, std::string> secrets_shared_with_sandbox() {
  return {{"sandbox.bank_api_key", "bank_api_key"},
          {"payments.bank_api_key", "bank_api_key"},
          {"notifications.sms_api_key", "bank_api_key"},
          {"sandbox.bank_webhook_secret", "bank_webhook_secret"},
          {"payments.bank_webhook_secret", "bank_webhook_secret"}};
}

void load_settings(Settings& settings, const ServeOptions& options) {
  if (has_sandbox(options)) add_sandbox_defaults(settings, options);
  if (!options.config.empty()) settings.load_file(options.config);
  settings.load_environment(environ);
  for (const auto& assignment : options.sets) settings.set(assignment);
  if (options.port_base >= 0) settings.set("server.port_base=" + std::to_string(options.port_base));
}

RpcMode rpc_mode(Settings& settings) {
  auto word = settings.text("server", "rpc", "direct");
  if (word == "direct") return RpcMode::direct;
  if (word == "encoded") return RpcMode::encoded;
  if (word == "encoded_with_repeats") return RpcMode::encoded_with_repeats;
  throw_invalid("server.rpc", "not_allowed", "one of direct, encoded, encoded_with_repeats");
}

// Each kept-alive connection is a file; the soft limit of a login shell is far too low.
void raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

void announce(const Process& process, const ServeOptions& options) {
  auto roles = process.roles();
  auto runs = [&](std::string_view role) {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
  };
  if (runs("storefront")) say("storefront  " + process.address_of(0));
  if (runs("ops")) say("ops         " + process.address_of(2));
  if (runs("sandbox")) say("sandbox     " + process.address_of(10));
  say("admin       " + process.admin_address());
  if (!options.demo.empty()) {
    auto logins = demo_logins(options.data);
    if (!logins.empty() && logins.back() == '\n') logins.pop_back();
    say(logins);
  }
  say("ready");
}

struct Parts {
  Settings settings;
  std::unique_ptr<Logger> logger;
  std::unique_ptr<Metrics> metrics;
  Platform platform;
  ProcessOptions options;
};

// The demo is made before any server is open: "ready" means that all of it is on sale.
void make_demo_if_missing(Parts& parts, const ServeOptions& options) {
  auto size = parse_demo_size(options.demo);
  if (!size) throw_invalid("--demo", "not_allowed", "one of small, medium, large");
  if (has_demo(options.data, *size)) return;
  auto metrics = make_metrics();
  auto loading = parts.options;
  loading.servers = false;
  Process process(all_modules(), parts.platform, parts.settings, *parts.logger, *metrics, loading);
  process.start();
  make_demo(process, *parts.platform.clock, options.data, *size, say);
  process.stop();
}

int serve(const ServeOptions& options) {
  // Before any thread: they all inherit it, so that only sigwait below sees these signals.
  auto signals = stop_signals();
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  raise_file_limit();
  Parts parts;
  LogOptions log;
  log.level = log_level(options.log_level);
  parts.logger = make_logger(log);
  parts.metrics = make_metrics();
  load_settings(parts.settings, options);
  parts.platform = make_platform(parts.settings, options.data);
  parts.options.data_folder = options.data;
  if (options.roles != "all") parts.options.roles = words_of_list(options.roles);
  parts.options.rpc = rpc_mode(parts.settings);
  if (has_sandbox(options)) parts.options.shared_secrets = secrets_shared_with_sandbox();
  if (!options.demo.empty()) make_demo_if_missing(parts, options);
  Process process(all_modules(), parts.platform, parts.settings, *parts.logger, *parts.metrics,
                  parts.options);
  process.start();
  announce(process, options);
  int signal = 0;
  ::sigwait(&signals, &signal);
  parts.logger->info("stopping", {{"signal", signal}});
  process.stop();
  return 0;
}

}  // namespace

void add_serve_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ServeOptions>();
  auto* command = app.add_subcommand("serve", "run the platform");
  command->add_option("--roles", options->roles, "modules to run, separated by commas; all")
      ->capture_default_str();
  command->add_option("--data", options->data, "folder of everything stored")->capture_default_str();
  command->add_option("--config", options->config, "TOML file");
  command->add_option("--port-base", options->port_base,
                      "storefront's port; ops is 2 above, sandbox 10; 0: any free");
  command->add_option("--demo", options->demo, "make demo data first: small, medium or large");
  command->add_option("--log-level", options->log_level, "debug, info, warn or error")->capture_default_str();
  command->add_option("--set", options->sets, "a setting: section.key=value");
  command->callback([options, &exit_code] {
    try {
      exit_code = serve(*options);
    } catch (const std::exception& failure) {
      fmt::print(stderr, "bramble serve: {}\n", failure.what());
      exit_code = 1;
    }
  });
}

}  // namespace bramble
