// The running process: opens the databases, starts the modules in the order of their calls, lets their
// servers, events, jobs and chores run, and stops all of it in reverse. Nothing accepted before the stop is
// left unfinished or untold.
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
  // Made secrets that two modules share, such as "payments.bank_api_key" → "sandbox.bank_api_key": the first,
  // if it is not given otherwise, is the one that is made and kept for the second.
  std::map<std::string, std::string> shared_secrets;
  // Whether the modules of practice run, if the roles name them, and the others may rely on them.
  bool sandboxed = false;
  // A command that only looks or loads data opens neither servers nor lets anything run beside it.
  bool background = true;
  bool servers = true;
};

class Process {
 public:
  // Settings, logger and metrics outlive the process. The settings it asks for itself: [server] and
  // [messages].
  Process(std::vector<Module> modules, Platform platform, Settings& settings, Logger& logger,
          Metrics& metrics, ProcessOptions options = {});
  ~Process();  // stops
  Process(const Process&) = delete;

  // Returns when every server is open. Throws Error that names what is wrong; then everything is stopped
  // again.
  void start();
  // Servers first, then what runs beside them in reverse order of starting, then the modules, then the
  // databases.
  void stop();
  // Every server is open, and events are delivered.
  bool ready() const;
  // What of the outside is not configured; with servers a start is refused for it.
  std::vector<std::string> lacking() const;

  // Where a server of this process is reached: "http://127.0.0.1:8080". From before `start` on.
  std::string address_of(std::uint16_t port_offset) const;
  std::string admin_address() const;
  // The names of the modules that run, in the order of their start.
  std::vector<std::string> roles() const;

  boost::asio::any_io_executor executor() const;  // of the main loop
  std::vector<HealthLine> health() const;
  DeadLetters& dead_letters();
  // A running module's database; null if it has none.
  Database* database(std::string_view module);
  // For commands and tests, that are no modules: any API that is served.
  template <class Api>
  Api& api() {
    return *std::static_pointer_cast<Api>(api_of(rpc_contract<Api>()));
  }

  // Runs the task on the main loop while the calling thread waits; throws what it threw.
  void run(Task<void> task);
  template <class T>
    requires(!std::is_void_v<T>)
  T run(Task<T> task) {
    std::optional<T> result;
    run(keep(std::move(task), result));
    return std::move(*result);
  }

  // Has events, jobs and chores look at once for what is due: for a test that has moved the clock.
  void wake();

  // Waits until no event is on its way and no job is due; false if that is not so within the time. For tests
  // and for commands that load data.
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
