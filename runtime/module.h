// What a service or gateway sees of the process it runs in, and how it joins it.
// A module's `start` wires it: takes what it needs, serves its API, consumes events, repeats its chores.
// Nothing of it runs before every module has been started.
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
#include "ports/blobs.h"
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

// One forward-only step of a database: services/x/schema/0001_stock.sql. Embedded in the binary by CMake as
// `std::span<const Migration> x_migrations()` in the generated header "x_schema.h".
struct Migration {
  std::string_view name;  // "0001_stock"
  std::string_view sql;
  std::optional<Dialect> only = std::nullopt;  // of 0005_by_key.sqlite.sql: the engine that carries it out
};

struct DeadLetter {
  std::string module;  // whose database holds it
  std::string kind;    // "event" or "job"
  std::string id;      // "<consumer>/<event_id>", or the job id
  std::string type;
  std::string key;
  std::int64_t attempts = 0;
  std::string last_error;
  Time dead_at;
};

// One with what it holds.
struct DeadLetterDetail {
  DeadLetter letter;
  std::string payload;  // encoded
  std::string trace;
};

// Dead letters of the whole process, for the Ops gateway.
class DeadLetters {
 public:
  virtual ~DeadLetters() = default;
  virtual Task<std::vector<DeadLetter>> list(const Call& call, std::size_t limit) = 0;
  virtual Task<std::optional<DeadLetterDetail>> find(const Call& call, const std::string& module,
                                                     const std::string& kind, const std::string& id) = 0;
  // A job goes back to its queue with its attempts at zero; an event is handled again at once, and if that
  // fails it stays a dead letter and the failure is thrown. False: there is no such dead letter.
  virtual Task<bool> replay(const Call& call, const std::string& module, const std::string& kind,
                            const std::string& id) = 0;
};

// The health of the process in words, for /health and the Ops gateway: one line a part.
struct HealthLine {
  std::string part;  // "database orders", "outbox payments", "jobs orders", "dependency bank"
  bool ok = true;
  std::string detail;
  std::optional<Time> since = std::nullopt;  // not ok since then, where that is known
};

// What a server keeps free, and of what it takes no more.
struct ServerRoom {
  std::string urgent_path;             // requests below it have connections of their own: "/hooks/"
  std::size_t urgent_connections = 0;  // so many
  std::size_t connections = 0;  // at most so many, if that is fewer than [server] connections; 0: those
};

class ModuleHost {
 public:
  virtual ~ModuleHost() = default;

  virtual const std::string& name() const = 0;
  virtual Database& database() = 0;  // this module's own; migrated from `on_ready` on
  virtual Cache& cache() = 0;
  virtual SearchIndex& search() = 0;
  virtual BlobStore& blobs() = 0;
  virtual HttpClient& http_client() = 0;
  // The same, for calls to one thing outside that the module depends on: "bank". How it answers is part of
  // the process's health.
  virtual HttpClient& http_client(std::string_view dependency) = 0;
  virtual const Clock& clock() = 0;
  virtual Random& random() = 0;
  virtual Logger& log() = 0;
  virtual Metrics& metrics() = 0;
  virtual DeadLetters& dead_letters() = 0;
  virtual std::vector<HealthLine> health() = 0;
  // A line that this module adds to it. `read` runs on the process's loop and does not wait.
  virtual void tell_health(std::function<HealthLine()> read) = 0;
  virtual std::vector<DependencyState> dependencies() = 0;
  virtual MessageTrails& message_trails() = 0;
  virtual ProcessReport report() = 0;
  virtual boost::asio::any_io_executor executor() = 0;
  // The world outside is the sandbox: no real money, no real SMS. Then what only practice may have is
  // allowed.
  virtual bool sandboxed() const = 0;

  // A setting of this module: `[orders] hold_ms = 900000`, BRAMBLE_ORDERS_HOLD_MS, --set
  // orders.hold_ms=900000. Asking for it declares it: a key of the configuration that nobody asks for is an
  // error at start, as is a value outside [min, max].
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
  // A secret is read from BRAMBLE_<MODULE>_<KEY>, from the file named by `<key>_file`, or else made once of
  // `bytes` random bytes and kept in the data folder, readable by the owner alone. It is never logged. What
  // is returned is text of at least `bytes` characters, exactly as it was given; a made one is base64url.
  virtual std::string secret(std::string_view key, std::size_t bytes) = 0;
  // The same for one that somebody outside chose, or that is only wanted if it is given: it is never made
  // here, and empty where it was not given.
  virtual std::string given_secret(std::string_view key, std::size_t bytes) = 0;
  // What must be configured before this process may serve: "payments.bank_url, where the bank's API is". It
  // is then refused with everything that its modules lack in one line.
  virtual void lacks(std::string what) = 0;

  // The API of another service; it must be in the module's `calls`. Valid as long as the process.
  template <class Api>
  Api& api() {
    return *std::static_pointer_cast<Api>(api_of(rpc_contract<Api>()));
  }
  // Offers this module's API to the others.
  template <class Api>
  void serve(std::shared_ptr<Api> service) {
    serve_api(rpc_contract<Api>(), std::static_pointer_cast<void>(service));
  }

  // Runs once an event, in one transaction on this module's database together with its inbox record; events
  // of one key in their order. An exception makes it run again with back-off, and after 20 attempts makes it
  // a dead letter. `told` is called, on the executor, when the effect is durable: for waking whoever waits
  // for it, never for effects. `not_before` leaves whoever watches the event so much time to make the handler
  // find its work done; events behind it wait too.
  template <class Event>
  void consume(std::function<void(Tx&, const Event&)> handler,
               std::function<void(const Event&)> told = nullptr, Duration not_before = {}) {
    consume_envelope(
        Event::type,
        [handler = std::move(handler)](Tx& tx, std::string_view payload) {
          handler(tx, Event::decode(payload));
        },
        not_before);
    if (!told) return;
    tell_envelope(Event::type,
                  [told = std::move(told)](std::string_view payload) { told(Event::decode(payload)); });
  }
  // The same for what is neither stored nor owed: news for whoever is listening now. Runs on the executor, at
  // most once.
  template <class Event>
  void watch(std::function<void(const Event&)> handler) {
    watch_envelope(Event::type, [handler = std::move(handler)](std::string_view payload) {
      handler(Event::decode(payload));
    });
  }
  // Runs a job at least once; it is gone when the task ends without an exception. Attempts back off from 200
  // ms to 5 min; after 20 the job is a dead letter. An Error of code unavailable or timeout does not count as
  // an attempt, and a failure of one of our own stores does not make the pauses grow.
  template <class Job>
  void on_job(std::function<Task<void>(Call, Job)> handler) {
    on_job_envelope(Job::type, [handler = std::move(handler)](Call call, std::string payload) {
      return handler(std::move(call), Job::decode(payload));
    });
  }
  // Repeats a chore with `pause` between its runs, from when all modules are ready until the process stops.
  virtual void repeat(std::string name, Duration pause, std::function<Task<void>(Call)> chore) = 0;

  // Opens a server when all modules are ready, and stops it first of all. `port_offset` counts from the port
  // base: storefront 0, partner 1, ops 2, sandbox 10.
  virtual void listen(std::uint16_t port_offset, HttpHandler handler, ServerRoom room) = 0;
  void listen(std::uint16_t port_offset, HttpHandler handler) { listen(port_offset, std::move(handler), {}); }
  // Opens that server to this machine alone, whatever address the others have; before anybody asks for its
  // address.
  virtual void keep_on_loopback(std::uint16_t port_offset) = 0;
  // The address others reach that server at: "http://127.0.0.1:8080".
  virtual std::string address_of(std::uint16_t port_offset) const = 0;

  // Runs after all modules were started, before any server opens: filling caches, first data.
  virtual void on_ready(std::function<Task<void>(Call)> prepare) = 0;

 protected:
  virtual std::shared_ptr<void> api_of(const RpcContract& contract) = 0;
  virtual void serve_api(const RpcContract& contract, std::shared_ptr<void> service) = 0;
  virtual void consume_envelope(std::string_view type, std::function<void(Tx&, std::string_view)> handler,
                                Duration not_before) = 0;
  virtual void tell_envelope(std::string_view type, std::function<void(std::string_view)> told) = 0;
  virtual void watch_envelope(std::string_view type, std::function<void(std::string_view)> handler) = 0;
  virtual void on_job_envelope(std::string_view type,
                               std::function<Task<void>(Call, std::string)> handler) = 0;
};

struct Module {
  std::string name;                       // also its role and its database: "inventory"
  std::vector<std::string> calls;         // the services it calls; they start before it and stop after it
  std::span<const Migration> migrations;  // empty: it has no database
  // Returns what must live as long as the process.
  std::function<std::shared_ptr<void>(ModuleHost&)> start;
  // Runs on an event loop and thread of its own, with its own HTTP client and servers: an outsider that
  // happens to live in this process. It calls no other module and none calls it.
  bool own_loop = false;
  // Practice instead of the world outside: runs only in a sandboxed process, and nothing depends on it.
  bool practice = false;
};

}  // namespace bramble
