// What operators see of a process: the history of messages about one object, and the state of the process and
// its dependencies. The ops gateway reads it through ModuleHost.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/call.h"
#include "base/task.h"

namespace bramble {

// The state of a dependency of the process: the bank, the SMS provider, the search.
struct DependencyState {
  std::string name;
  std::optional<Time> answered_at;    // last answer
  std::optional<Time> failed_at;      // last failure
  std::optional<Time> failing_since;  // empty: it answers, as far as is known
  std::string last_error;
  std::int64_t failures = 0;  // since the last answer
};

// What happened to an event at one consumer.
struct EventReceipt {
  enum class State { waiting, taken, dead };
  std::string consumer;
  State state = State::waiting;
  Time at;  // when it was applied or became a dead letter
  std::int64_t attempts = 0;
  std::string last_error;  // of a dead letter
};

struct HistoryEvent {
  std::string publisher;
  std::int64_t seq = 0;
  std::string event_id;
  std::string type;
  std::string key;
  std::string trace;
  std::string payload;  // encoded
  Time created_at;
  std::optional<Time> published_at;  // when all consumers had it
  std::vector<EventReceipt> receipts;
};

struct HistoryJob {
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

struct MessageHistory {
  std::vector<HistoryEvent> events;  // oldest first
  std::vector<HistoryJob> jobs;
  std::vector<std::string> unread;  // modules whose messages could not be read
  bool complete = true;             // false: the search stopped at its limit of rows
};

struct TimeSpan {
  Time from;
  Time until;
};

// Finds the messages about one object in all databases of the process.
class MessageHistories {
 public:
  virtual ~MessageHistories() = default;
  // Returns the events of `event_key` that were published within `spans` or still wait, and the jobs of
  // `job_keys`. The search needs time spans because outboxes have no index by key: every event would pay for
  // it.
  virtual Task<MessageHistory> find(Call call, std::string event_key, std::vector<std::string> job_keys,
                                    std::vector<TimeSpan> spans) = 0;
};

struct ModuleReport {
  std::string module;
  bool readable = true;
  std::int64_t events_waiting = 0;  // counts of rows are exact up to 10,000
  std::int64_t oldest_event_us = 0;
  std::int64_t events_in_hand = 0;
  std::int64_t jobs_due = 0;
  std::int64_t oldest_job_us = 0;
  std::int64_t jobs_running = 0;
  std::int64_t dead_jobs = 0;
  std::int64_t dead_events = 0;
  std::uint64_t units_queued = 0;  // units that wait for the database's writer
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
