// Maintains the message tables of one database: counts waiting messages and dead letters for health and
// metrics, and deletes delivered events and old inbox records after the retention time, in batches.
#pragma once

#include <atomic>
#include <functional>

#include "base/mutex.h"
#include "runtime/hosted_module.h"
#include "runtime/signal.h"

namespace bramble {

// Counts are exact up to 10,000.
struct MessageCounts {
  std::int64_t unpublished = 0;
  std::optional<Time> oldest_unpublished;
  std::int64_t due_jobs = 0;
  std::optional<Time> oldest_due_job;
  std::int64_t dead_jobs = 0;
  std::int64_t dead_events = 0;
};

MessageCounts count_messages(Tx& tx, Time now);

class MessageRetention : public Background, public std::enable_shared_from_this<MessageRetention> {
 public:
  // `inbox_bound` returns a time: no event from before it can be delivered again. Inbox records from then on
  // are kept.
  MessageRetention(HostedModule& module, Duration retention, std::function<Time()> inbox_bound);

  void start() override;
  Task<void> stop(Duration patience) override;
  void wake() override { signal_->notify(); }

  // All unpublished events of this database are from this time or later; Time{0} if that is not known yet.
  Time no_older_than() const { return {no_older_than_us_.load()}; }
  std::vector<HealthLine> health() const;
  // Adds the counts to the module's report.
  void report_to(ModuleReport& report) const;

 private:
  struct LastCounts {
    std::atomic<std::int64_t> unpublished = 0, lag_us = 0, due_jobs = 0, late_us = 0, dead_jobs = 0,
                              dead_events = 0;
    std::atomic<bool> readable = true;
    Mutex mutex;
    Time unreadable_since GUARDED_BY(mutex);
    std::string last_error GUARDED_BY(mutex);
  };

  Task<void> loop(std::shared_ptr<MessageRetention> self);
  Task<void> survey();
  void note_failure(std::string error);
  Task<void> purge();
  void expose();

  HostedModule& module_;
  Duration retention_;
  std::function<Time()> inbox_bound_;
  std::shared_ptr<Signal> signal_;
  TaskCount tasks_;
  bool stopping_ = false;
  std::shared_ptr<LastCounts> last_counts_ = std::make_shared<LastCounts>();
  std::atomic<std::int64_t> no_older_than_us_ = 0;
};

}  // namespace bramble
