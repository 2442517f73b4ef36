#include "runtime/engine.h"

#include <algorithm>

#include "runtime/process_metrics.h"
#include "runtime/system_clock.h"

namespace bramble {
namespace {

using Choices = std::vector<const Engine*>;  // engines of one port, in the order of the list

const Engine& chosen(const Choices& choices, const EngineContext& context) {
  std::vector<std::string> names;
  for (const auto* engine : choices) names.push_back(engine->name);
  auto name = context.settings.choice(choices.front()->port, "engine", names);
  if (context.defaults_only) return *choices.front();
  return **std::find_if(choices.begin(), choices.end(), [&](auto* engine) { return engine->name == name; });
}

}  // namespace

Platform make_platform(const std::vector<Engine>& engines, const EngineContext& context) {
  std::vector<Choices> ports;
  for (const auto& engine : engines) {
    if (engine.settings) engine.settings(context.settings);
    auto port = std::find_if(ports.begin(), ports.end(),
                             [&](const auto& choices) { return choices.front()->port == engine.port; });
    if (port == ports.end()) port = ports.emplace(engine.port == "database" ? ports.begin() : ports.end());
    port->push_back(&engine);
  }
  Platform platform;
  platform.clock = std::make_shared<SystemClock>();
  platform.random = std::make_shared<SystemRandom>();
  for (const auto& choices : ports) chosen(choices, context).open(context, platform);
  return platform;
}

std::shared_ptr<Database> open_engine_database(const Platform& platform, Metrics& metrics,
                                               const std::string& name) {
  std::shared_ptr<Database> database = platform.open_database(name);
  expose_database(metrics, name, database);
  return database;
}

}  // namespace bramble
