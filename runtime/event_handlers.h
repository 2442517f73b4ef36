// The handlers of events that modules registered, for the dispatchers.
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

// A module that consumes events, with one handler per type.
struct EventConsumer {
  std::string module;
  Database* database = nullptr;
  std::map<std::string, EventHandler, std::less<>> handlers;  // by type
  std::map<std::string, Duration, std::less<>> not_before;    // by type: delay after the commit
  // By type; called on the lane's executor when an event's effect is durable. After a crash the call may be
  // missing.
  std::map<std::string, std::function<void(std::string_view payload)>, std::less<>> after_commit;
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
