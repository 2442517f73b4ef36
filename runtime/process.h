// The running process. It opens the databases, starts the modules in the order of their calls, runs their
// servers, events, jobs and chores, and stops everything in reverse order. A stop completes all accepted
// requests.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "runtime/api_registry.h"
#include "runtime/module.h"
#include "runtime/platform.h"
#include "runtime/settings.h"

namespace bramble {

struct ProcessOptions {
  std::string data_folder = "data";
  std::vector<std::string> roles;  // names of modules; empty: all
  RpcMode rpc = RpcMode::direct;
  // Made secrets that two modules share, such as "payments.bank_api_key" → "sandbox.bank_api_key". If the
  // first one is not given, it is made once and used for both.
  std::map<std::string, std::string> shared_secrets;
  // Whether practice modules run (if the roles name them) and others may rely on them.
  bool sandboxed = false;
  // For commands that only read or load data: no servers, no background work.
  bool background = true;
  bool servers = true;
};

class Process {
 public:
  // Settings, logger and metrics outlive the process. The process itself uses the settings of [server] and
  // [messages].
  Process(std::vector<Module> modules, Platform platform, Settings& settings, Logger& logger,
          Metrics& metrics, ProcessOptions options = {});
  ~Process();  // stops
  Process(const Process&) = delete;

  // Returns when every server is open. Throws an Error that names the cause; then everything is stopped
  // again.
  void start();
  // Stops the servers, then background work in reverse order of starting, then the modules, then the
  // databases.
  void stop();
  // True if every server is open and events are delivered.
  bool ready() const;
  // Required settings that are missing. A process with servers refuses to start without them.
  std::vector<std::string> lacking() const;

  // The URL of a server of this process: "http://127.0.0.1:8080". Known before `start`.
  std::string address_of(std::uint16_t port_offset) const;
  std::string admin_address() const;
  // The names of the running modules, in the order of starting.
  std::vector<std::string> roles() const;

  boost::asio::any_io_executor executor() const;  // of the main loop
  std::vector<HealthLine> health() const;
  DeadLetters& dead_letters();
  // A running module's database; null if it has none.
  Database* database(std::string_view module);
  // The API of any served service, for commands and tests.
  template <class Api>
  Api& api() {
    return *std::static_pointer_cast<Api>(api_of(rpc_contract<Api>()));
  }

  // Runs the task on the main loop and blocks the calling thread. Throws what the task threw.
  void run(Task<void> task);
  template <class T>
    requires(!std::is_void_v<T>)
  T run(Task<T> task) {
    std::optional<T> result;
    run(keep(std::move(task), result));
    return std::move(*result);
  }

  // Makes events, jobs and chores look for due work at once: for tests that moved the clock.
  void wake();

  // Waits until no event is being delivered and no job is due. Returns false after `patience`. For tests and
  // for commands that load data.
  bool settle(Duration patience);

 private:
  struct State;

  template <class T>
  static Task<void> keep(Task<T> task, std::optional<T>& result) {
    result.emplace(co_await std::move(task));
  }
  std::shared_ptr<void> api_of(const RpcContract& contract);

  std::unique_ptr<State> state_;
};

}  // namespace bramble
