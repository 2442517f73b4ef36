// What a process tells of itself to the people who look after it: the messages about one thing, and how its
// parts are. Read by the Ops gateway through ModuleHost.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/call.h"
#include "base/task.h"

namespace bramble {

// How something outside that the process depends on has answered: the bank, the SMS provider, the search.
struct DependencyState {
  std::string name;
  std::optional<Time> answered_at;    // the last time
  std::optional<Time> failed_at;      // the last time
  std::optional<Time> failing_since;  // nothing: it answers, as far as is known
  std::string last_error;
  std::int64_t failures = 0;  // since it answered
};

// What a consumer has made of an event.
struct EventReceipt {
  enum class State { waiting, taken, dead };
  std::string consumer;
  State state = State::waiting;
  Time at;  // when it was taken or given up
  std::int64_t attempts = 0;
  std::string last_error;  // of a dead one
};

struct TrailEvent {
  std::string publisher;
  std::int64_t seq = 0;
  std::string event_id;
  std::string type;
  std::string key;
  std::string trace;
  std::string payload;  // encoded
  Time created_at;
  std::optional<Time> published_at;  // when all its consumers had it
  std::vector<EventReceipt> receipts;
};

struct TrailJob {
  std::string module;
  std::string job_id;
  std::string type;
  std::string key;
  std::string trace;
  Time created_at;
  Time run_at;
  std::int64_t attempts = 0;
  std::string last_error;
  std::optional<Time> dead_at;
};

struct MessageTrail {
  std::vector<TrailEvent> events;  // the oldest first
  std::vector<TrailJob> jobs;
  std::vector<std::string> unread;  // modules whose messages could not be read
  bool complete = true;             // false: there were more rows around than are looked at
};

struct TimeSpan {
  Time from;
  Time until;
};

// The messages about one thing, in all databases of the process.
class MessageTrails {
 public:
  virtual ~MessageTrails() = default;
  // Events of `event_key` that were published within the spans or still wait, and the jobs of `job_keys`.
  // Outboxes have no index by key, for which every event would pay; what is looked for has to be roughly
  // known in time.
  virtual Task<MessageTrail> find(Call call, std::string event_key, std::vector<std::string> job_keys,
                                  std::vector<TimeSpan> spans) = 0;
};

struct ModuleReport {
  std::string module;
  bool readable = true;
  std::int64_t events_waiting = 0;  // exact up to 10,000, as all that is counted in tables
  std::int64_t oldest_event_us = 0;
  std::int64_t events_in_hand = 0;
  std::int64_t jobs_due = 0;
  std::int64_t oldest_job_us = 0;
  std::int64_t jobs_running = 0;
  std::int64_t dead_jobs = 0;
  std::int64_t dead_events = 0;
  std::uint64_t units_queued = 0;  // waiting for the database's writer
  std::uint64_t units = 0;
  std::uint64_t failed_units = 0;
  std::uint64_t commits = 0;
  std::uint64_t reads = 0;
};

struct ProcessReport {
  std::string version;
  Time built_at;
  Time started_at;
  Time now;
  std::int64_t resident_bytes = 0;
  double cpu_seconds = 0;
  std::int64_t open_files = 0;
  std::vector<ModuleReport> modules;
};

}  // namespace bramble
