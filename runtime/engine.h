// An engine as a part of the process: the twin of Module. Configuration chooses one engine for each port,
// `[cache] engine = "memory"`; the port's first engine in the list is the default.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "runtime/metrics.h"
#include "runtime/platform.h"
#include "runtime/settings.h"

namespace bramble {

struct EngineContext {
  Settings& settings;
  Metrics& metrics;  // outlives the engines
  std::string data_folder;
  // For a trial of the configuration: checks which engines are chosen, but uses the port's default engine, so
  // that no server outside is contacted.
  bool defaults_only = false;
};

struct Engine {
  std::string port;  // "database"; also the section of its settings
  std::string name;  // "sqlite"
  // Asks for all settings of the engine. It is called for every engine: a setting of an engine that is not
  // chosen is known, too.
  std::function<void(Settings&)> settings;
  // Sets the port's member of the platform. It is called for the chosen engine only. The database port comes
  // first: other engines may store data in a database of their own.
  std::function<void(const EngineContext&, Platform&)> open;
};

// Throws Error invalid that names the allowed engines if the configuration names another one.
Platform make_platform(const std::vector<Engine>& engines, const EngineContext& context);

// Opens a database for an engine that stores data in one, with its metrics.
std::shared_ptr<Database> open_engine_database(const Platform& platform, Metrics& metrics,
                                               const std::string& name);

}  // namespace bramble
