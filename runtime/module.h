// The interface between a service or gateway and its process.
// A module's `start` wires the module: it takes what it needs, serves its API, consumes events and registers
// jobs and chores. Nothing of that runs before all modules have started.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "base/task.h"
#include "ports/cache.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "ports/http.h"
#include "ports/rpc.h"
#include "ports/search.h"
#include "runtime/log.h"
#include "runtime/metrics.h"
#include "runtime/observation.h"

namespace bramble {

// One forward-only step of a database schema: services/x/schema/0001_stock.sql. CMake embeds the steps as
// `std::span<const Migration> x_migrations()` of the generated header "x_schema.h".
struct Migration {
  std::string_view name;  // "0001_stock"
  std::string_view sql;
  std::optional<Dialect> only = std::nullopt;  // of 0005_by_key.sqlite.sql: only this engine runs it
};

struct DeadLetter {
  std::string module;  // the module whose database stores it
  std::string kind;    // "event" or "job"
  std::string id;      // "<consumer>/<event_id>", or the job id
  std::string type;
  std::string key;
  std::int64_t attempts = 0;
  std::string last_error;
  Time dead_at;
};

// A dead letter with its message.
struct DeadLetterDetail {
  DeadLetter letter;
  std::string payload;  // encoded
  std::string trace;
};

// All dead letters of the process, for the ops gateway.
class DeadLetters {
 public:
  virtual ~DeadLetters() = default;
  virtual Task<std::vector<DeadLetter>> list(const Call& call, std::size_t limit) = 0;
  virtual Task<std::optional<DeadLetterDetail>> find(const Call& call, const std::string& module,
                                                     const std::string& kind, const std::string& id) = 0;
  // Puts a job back into its queue with zero attempts. Handles an event at once: if that fails, the event
  // stays a dead letter and the failure is thrown. Returns false if there is no such dead letter.
  virtual Task<bool> replay(const Call& call, const std::string& module, const std::string& kind,
                            const std::string& id) = 0;
};

// One line of the process's health, for /health and the ops gateway.
struct HealthLine {
  std::string part;  // "database orders", "outbox payments", "jobs orders", "dependency bank"
  bool ok = true;
  std::string detail;
  std::optional<Time> since = std::nullopt;  // not ok since then, if known
};

// Limits of the connections of one server.
struct ServerLimits {
  std::string urgent_path;             // "/hooks/": requests below it have reserved connections
  std::size_t urgent_connections = 0;  // how many connections are reserved
  std::size_t connections = 0;         // at most, if below [server] connections; 0: only that setting counts
};

class ModuleHost {
 public:
  virtual ~ModuleHost() = default;

  virtual const std::string& name() const = 0;
  virtual Database& database() = 0;  // the module's own; migrated before `on_ready`
  virtual Cache& cache() = 0;
  virtual SearchIndex& search() = 0;
  virtual HttpClient& http_client() = 0;
  // The same for calls to an outside dependency, such as "bank". Its failures are part of the process's
  // health.
  virtual HttpClient& http_client(std::string_view dependency) = 0;
  virtual const Clock& clock() = 0;
  virtual Random& random() = 0;
  virtual Logger& log() = 0;
  virtual Metrics& metrics() = 0;
  virtual DeadLetters& dead_letters() = 0;
  virtual std::vector<HealthLine> health() = 0;
  // Adds a line to the process's health. `read` runs on the process's loop and must not block.
  virtual void add_health_line(std::function<HealthLine()> read) = 0;
  virtual std::vector<DependencyState> dependencies() = 0;
  virtual MessageHistories& message_histories() = 0;
  virtual ProcessReport report() = 0;
  virtual boost::asio::any_io_executor executor() = 0;
  // True in a process with the sandbox: no real money and no real SMS. Only then are practice features
  // allowed.
  virtual bool sandboxed() const = 0;

  // A setting of this module: `[orders] hold_ms = 900000`, BRAMBLE_ORDERS_HOLD_MS or --set
  // orders.hold_ms=900000. The call declares the setting. At start, a configured key that no call declared is
  // an error; so is a value outside [min, max].
  virtual std::int64_t setting(std::string_view key, std::int64_t otherwise, std::int64_t min,
                               std::int64_t max) = 0;
  virtual std::string setting(std::string_view key, std::string_view otherwise) = 0;
  virtual bool setting(std::string_view key, bool otherwise) = 0;
  std::string setting(std::string_view key, const char* otherwise) {
    return setting(key, std::string_view(otherwise));
  }
  std::string setting(std::string_view key, const std::string& otherwise) {
    return setting(key, std::string_view(otherwise));
  }
  // Reads a secret from BRAMBLE_<MODULE>_<KEY> or from the file named by `<key>_file`. Without either, the
  // process makes one from `bytes` random bytes, once, and stores it in the data folder, readable by the
  // owner only. A secret is never logged. Returns at least `bytes` characters: the given text unchanged, or
  // base64url of a made one.
  virtual std::string secret(std::string_view key, std::size_t bytes) = 0;
  // The same for a secret that comes from outside or is optional: the process never makes it. Returns an
  // empty text if it was not given.
  virtual std::string given_secret(std::string_view key, std::size_t bytes) = 0;
  // Reports a required setting that is missing, with its meaning: "payments.bank_url, where the bank's API
  // is". The process then refuses to serve and names all missing settings in one line.
  virtual void lacks(std::string what) = 0;

  // The API of another service, which must be in the module's `calls`. Valid as long as the process runs.
  template <class Api>
  Api& api() {
    return *std::static_pointer_cast<Api>(api_of(rpc_contract<Api>()));
  }
  // Offers this module's API to other modules.
  template <class Api>
  void serve(std::shared_ptr<Api> service) {
    serve_api(rpc_contract<Api>(), std::static_pointer_cast<void>(service));
  }

  // Registers the handler of an event type. It takes effect once per event, in one transaction with the inbox
  // record on this module's database; events of one key are handled in order. After an exception it runs
  // again with back-off; after 20 attempts the event is a dead letter. `after_commit` is called on the
  // executor when the effect is durable, perhaps never after a crash: use it to notify waiters, not for
  // effects. `not_before` delays the handler, and the events behind it, for so long after the event's commit:
  // a listener of the event can then do the work first, and the handler finds it done.
  template <class Event>
  void consume(std::function<void(Tx&, const Event&)> handler,
               std::function<void(const Event&)> after_commit = nullptr, Duration not_before = {}) {
    consume_envelope(
        Event::type,
        [handler = std::move(handler)](Tx& tx, std::string_view payload) {
          handler(tx, Event::decode(payload));
        },
        not_before);
    if (!after_commit) return;
    after_commit_envelope(Event::type, [after_commit = std::move(after_commit)](std::string_view payload) {
      after_commit(Event::decode(payload));
    });
  }
  // Registers a listener of an event type: it runs on the executor at most once per event, and nothing is
  // stored.
  template <class Event>
  void watch(std::function<void(const Event&)> handler) {
    watch_envelope(Event::type, [handler = std::move(handler)](std::string_view payload) {
      handler(Event::decode(payload));
    });
  }
  // Registers the handler of a job type. It runs at least once; the job is deleted when the task ends without
  // an exception. Pauses between attempts grow from 200 ms to 5 min; after 20 attempts the job is a dead
  // letter. An Error unavailable or timeout does not count as an attempt. A failure of our own store does not
  // make the pauses grow.
  template <class Job>
  void on_job(std::function<Task<void>(Call, Job)> handler) {
    on_job_envelope(Job::type, [handler = std::move(handler)](Call call, std::string payload) {
      return handler(std::move(call), Job::decode(payload));
    });
  }
  // Runs a chore again and again, with `pause` between runs, from when all modules are ready until the stop.
  virtual void repeat(std::string name, Duration pause, std::function<Task<void>(Call)> chore) = 0;

  // Opens a server when all modules are ready. Servers stop before everything else. `port_offset` is added to
  // the port base: storefront 0, partner 1, ops 2, sandbox 10.
  virtual void listen(std::uint16_t port_offset, HttpHandler handler, ServerLimits limits) = 0;
  void listen(std::uint16_t port_offset, HttpHandler handler) { listen(port_offset, std::move(handler), {}); }
  // Opens that server on the loopback address only, whatever the configured address is. Call it before
  // `address_of`.
  virtual void keep_on_loopback(std::uint16_t port_offset) = 0;
  // The URL of that server: "http://127.0.0.1:8080".
  virtual std::string address_of(std::uint16_t port_offset) const = 0;

  // `prepare` runs after all modules have started and before any server opens: for caches and first data.
  virtual void on_ready(std::function<Task<void>(Call)> prepare) = 0;

 protected:
  virtual std::shared_ptr<void> api_of(const RpcContract& contract) = 0;
  virtual void serve_api(const RpcContract& contract, std::shared_ptr<void> service) = 0;
  virtual void consume_envelope(std::string_view type, std::function<void(Tx&, std::string_view)> handler,
                                Duration not_before) = 0;
  virtual void after_commit_envelope(std::string_view type,
                                     std::function<void(std::string_view)> after_commit) = 0;
  virtual void watch_envelope(std::string_view type, std::function<void(std::string_view)> handler) = 0;
  virtual void on_job_envelope(std::string_view type,
                               std::function<Task<void>(Call, std::string)> handler) = 0;
};

struct Module {
  std::string name;                       // also its role and its database: "inventory"
  std::vector<std::string> calls;         // the services it calls: they start before it and stop after it
  std::span<const Migration> migrations;  // empty: the module has no database
  // Returns an object that lives as long as the process.
  std::function<std::shared_ptr<void>(ModuleHost&)> start;
  // The module runs on an event loop and thread of its own, with its own HTTP client and servers: it plays a
  // system outside. It calls no other module, and no module calls it.
  bool own_loop = false;
  // The module runs only in a process with the sandbox, and no module depends on it.
  bool practice = false;
};

}  // namespace bramble
