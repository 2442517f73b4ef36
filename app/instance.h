// What every command that runs the platform on a data folder begins with: the folder's lock, the settings
// from file, environment and flags, a logger, the engines.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/data_lock.h"
#include "runtime/metrics_registry.h"
#include "runtime/process.h"
#include "runtime/structured_log.h"

namespace bramble {

struct InstanceOptions {
  std::string roles = "all";
  std::string data = "data";
  std::string config;
  std::string defaults;  // TOML; files, environment and flags come after, and win
  std::string log_level = "info";
  std::vector<std::string> sets;
  int port_base = -1;
  bool demo = false;
  bool sandbox = false;          // the world outside is practice; a demo's always is
  bool default_engines = false;  // whatever the configuration chooses
};

// Everything that a Process is given, and that outlives it.
struct Instance {
  // Throws Error that names what is wrong.
  explicit Instance(const InstanceOptions& options);

  DataLock lock;
  Settings settings;
  std::unique_ptr<Logger> logger;
  std::unique_ptr<Metrics> metrics;
  Platform platform;
  ProcessOptions options;
  std::string first_admin_password;  // given for an instance that has no staff yet
};

}  // namespace bramble
