// Looks after one database's message tables: counts what waits and what is dead, for health and metrics, and
// removes delivered events and old inbox records after the retention, a few at a time.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>

#include "runtime/hosted_module.h"
#include "runtime/wake.h"

namespace bramble {

// Counts are exact up to 10,000 and no higher.
struct MessageCounts {
  std::int64_t unpublished = 0;
  std::optional<Time> oldest_unpublished;
  std::int64_t due_jobs = 0;
  std::optional<Time> oldest_due_job;
  std::int64_t dead_jobs = 0;
  std::int64_t dead_events = 0;
};

MessageCounts count_messages(Tx& tx, Time now);

class MessageCare : public Background, public std::enable_shared_from_this<MessageCare> {
 public:
  // `inbox_bound` gives the time before which no event can be delivered again, whatever happens: inbox
  // records are kept at least from then on.
  MessageCare(HostedModule& module, Duration retention, std::function<Time()> inbox_bound);

  void start() override;
  Task<void> stop(Duration patience) override;
  void wake() override { wake_->notify(); }

  // No unpublished event of this database is older; Time{0} while that is not known.
  Time no_older_than() const { return {no_older_than_us_.load()}; }
  std::vector<HealthLine> health() const;
  // Its own part of the module's report.
  void tell(ModuleReport& report) const;

 private:
  struct Known {
    std::atomic<std::int64_t> unpublished = 0, lag_us = 0, due_jobs = 0, late_us = 0, dead_jobs = 0,
                              dead_events = 0;
    std::atomic<bool> readable = true;
    std::mutex mutex;  // of what follows
    Time unreadable_since;
    std::string last_error;
  };

  Task<void> loop(std::shared_ptr<MessageCare> self);
  Task<void> survey();
  void trouble(std::string error);
  Task<void> purge();
  void expose();

  HostedModule& module_;
  Duration retention_;
  std::function<Time()> inbox_bound_;
  std::shared_ptr<Wake> wake_;
  TaskCount tasks_;
  bool stopping_ = false;
  std::shared_ptr<Known> known_ = std::make_shared<Known>();
  std::atomic<std::int64_t> no_older_than_us_ = 0;
};

}  // namespace bramble
