// Who wants which events: the handlers that modules registered, as the dispatchers see them.
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "ports/database.h"

namespace bramble {

using EventHandler = std::function<void(Tx&, std::string_view payload)>;
using JobHandler = std::function<Task<void>(Call, std::string payload)>;

// A module that consumes events, each type by one handler.
struct EventConsumer {
  std::string module;
  Database* database = nullptr;
  std::map<std::string, EventHandler, std::less<>> handlers;  // by type
  std::map<std::string, Duration, std::less<>> not_before;    // by type: so long after its commit
  // Told, on the lane's executor, when an event's effect is durable. A hint: a crash in between leaves it
  // out.
  std::map<std::string, std::function<void(std::string_view payload)>, std::less<>> told;
};

struct EventWatcher {
  boost::asio::any_io_executor executor;
  std::function<void(std::string_view payload)> handler;
};

struct EventHandlers {
  std::vector<EventConsumer> consumers;
  std::multimap<std::string, EventWatcher, std::less<>> watchers;  // by type
};

}  // namespace bramble
