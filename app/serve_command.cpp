#include "app/serve_command.h"

#include <signal.h>
#include <sys/resource.h>

#include <fmt/format.h>

#include "app/demo.h"
#include "app/first_admin.h"
#include "app/instance.h"
#include "app/modules.h"
#include "base/command_line/command.h"
#include "base/error.h"
#include "base/network_ports.h"

namespace bramble {
namespace {

struct ServeOptions : InstanceOptions {
  std::string demo_size;  // empty: no demo
};

// Lines for people and for programs that wait for them; logs go to standard error.
void say(const std::string& line) {
  fmt::print("{}\n", line);
  std::fflush(stdout);
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

// What may be cut off at any moment ends at once when it is asked to.
class Interruptible {
 public:
  Interruptible() { ::pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr); }
  Interruptible(const Interruptible&) = delete;
  ~Interruptible() { ::pthread_sigmask(SIG_BLOCK, &signals_, nullptr); }

 private:
  sigset_t signals_ = stop_signals();
};

void announce(const Process& process, const ServeOptions& options) {
  auto roles = process.roles();
  auto runs = [&](std::string_view role) {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
  };
  if (runs("storefront")) say("storefront  " + process.address_of(network_port::storefront));
  if (runs("ops")) say("ops         " + process.address_of(network_port::ops));
  if (runs("sandbox")) say("sandbox     " + process.address_of(network_port::sandbox));
  say("admin       " + process.admin_address());
  if (options.demo) {
    auto logins = demo_logins(options.data);
    if (!logins.empty() && logins.back() == '\n') logins.pop_back();
    say(logins);
  }
  say(process.ready() ? "ready" : "started, but not ready: the admin port's /health says why");
}

// The demo is made before any server is open: "ready" means that all of it is on sale.
void make_demo_if_missing(Instance& parts, const ServeOptions& options) {
  auto size = parse_demo_size(options.demo_size);
  if (!size) throw_invalid("--demo", "not_allowed", "one of places, small, medium, large");
  if (has_demo(options.data, *size)) return;
  Interruptible interruptible;
  auto metrics = make_metrics();
  auto loading = parts.options;
  loading.servers = false;
  Process process(all_modules(), parts.platform, parts.settings, *parts.logger, *metrics, loading);
  process.start();
  check_demo_may_begin(process, *parts.platform.clock, options.data);
  make_demo(process, *parts.platform.clock, options.data, *size, say);
  process.stop();
}

int serve(const ServeOptions& options) {
  // Before any thread: they all inherit it, so that only sigwait below sees these signals.
  auto signals = stop_signals();
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  raise_file_limit();
  Instance parts(options);
  if (options.demo) make_demo_if_missing(parts, options);
  Process process(all_modules(), parts.platform, parts.settings, *parts.logger, *parts.metrics,
                  parts.options);
  process.start();
  if (!options.demo)
    make_first_admin(process, *parts.platform.clock, options.data, parts.first_admin_password, say);
  announce(process, options);
  int signal = 0;
  ::sigwait(&signals, &signal);
  parts.logger->info("stopping", {{"signal", signal}});
  process.stop();
  return 0;
}

}  // namespace

void add_serve_command(Command& app, int& exit_code) {
  auto options = std::make_shared<ServeOptions>();
  auto& command = app.command("serve", "run the platform");
  command.option("--roles", options->roles, "modules to run, separated by commas; all").show_default();
  command.option("--data", options->data, "folder of everything stored").show_default();
  command.option("--config", options->config, "TOML file");
  command.option("--port-base", options->port_base,
                 "storefront's port; ops is 2 above, sandbox 10; 0: any free");
  command.option("--demo", options->demo_size, "make demo data first: places, small, medium or large");
  command.flag("--sandbox", options->sandbox,
               "a practice bank and practice SMS instead of real ones; --demo implies it");
  command.option("--log-level", options->log_level, "debug, info, warn or error").show_default();
  command.option("--set", options->sets, "a setting: section.key=value");
  command.on_run([options, &exit_code] {
    try {
      options->demo = !options->demo_size.empty();
      exit_code = serve(*options);
    } catch (const std::exception& failure) {
      fmt::print(stderr, "bramble serve: {}\n", failure.what());
      exit_code = 1;
    }
  });
}

}  // namespace bramble
