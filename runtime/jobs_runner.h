// Runs the durable jobs of one database when they are due. A job is gone when its task ended well; a crash in
// between runs it again. Of one type and key never two run at once, and one that was scheduled anew meanwhile
// is kept.
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "ports/clock.h"
#include "runtime/event_handlers.h"
#include "runtime/log.h"
#include "runtime/metrics.h"
#include "runtime/wake.h"

namespace bramble {

struct JobRules {
  Duration first_pause = milliseconds(200);
  Duration longest_pause = minutes(5);
  Duration store_pause = seconds(2);  // after a failure of our own store
  std::int64_t attempts = 20;         // then the job is a dead letter
  std::size_t at_once = 256;
  Duration time = seconds(60);  // a job's deadline, from when it is begun
  Duration poll = seconds(5);   // for jobs that another process scheduled
  Duration read_gap = milliseconds(2);
};

class JobsRunner : public Background, public std::enable_shared_from_this<JobsRunner> {
 public:
  struct Parts {
    boost::asio::any_io_executor executor;
    const Clock& clock;
    Random& random;
    Logger& logger;
    Metrics& metrics;
    std::string module;
  };
  JobsRunner(const Parts& parts, Database& database,
             const std::map<std::string, JobHandler, std::less<>>& handlers, JobRules rules = {});

  void start() override;
  Task<void> stop(Duration patience) override;
  void wake() override { wake_->notify(); }
  // What to call with each commit's messages; on any thread, and also after the runner's end.
  std::function<void(const CommittedMessages&)> listener() const;
  std::int64_t running() const { return running_.load(std::memory_order_relaxed); }

 private:
  struct Job {
    std::string job_id;
    std::string type;
    std::string key;
    std::string payload;
    std::string trace;
    Time run_at;
    std::int64_t attempts = 0;
  };
  using JobPtr = std::shared_ptr<Job>;
  struct Due {
    std::vector<JobPtr> jobs;
    std::optional<Time> next;  // when the next one is due that is not yet
  };
  struct Instruments {
    Histogram* seconds = nullptr;
    Counter* done = nullptr;
    Counter* failed = nullptr;
    Counter* dead = nullptr;
  };

  Task<void> read_loop(std::shared_ptr<JobsRunner> self);
  Task<Due> read_due();
  void begin(Due& due);
  Task<void> run(std::shared_ptr<JobsRunner> self, JobPtr job);
  Task<bool> attempt(Job& job, std::exception_ptr& failure);
  Task<void> failed(JobPtr job, std::exception_ptr failure);
  Task<void> settle_loop(std::shared_ptr<JobsRunner> self);
  void release(const Job& job);
  Instruments& instruments_of(const std::string& type);
  static std::string name_of(const Job& job) { return job.type + "\n" + job.key; }

  Parts parts_;
  Database& database_;
  const std::map<std::string, JobHandler, std::less<>>& handlers_;
  JobRules rules_;
  std::shared_ptr<Wake> wake_;
  // Until when it sleeps if nobody wakes it, in microseconds: later jobs need not.
  std::shared_ptr<std::atomic<std::int64_t>> sleeps_until_ = std::make_shared<std::atomic<std::int64_t>>(0);
  std::shared_ptr<Wake> settle_wake_;
  TaskCount loops_;
  TaskCount tasks_;
  std::unordered_set<std::string> in_flight_;              // by type and key
  std::unordered_map<std::string, std::int64_t> passing_;  // attempts that do not count, by type and key
  // Released while a read is under way, by id: the read may still have seen them as they were.
  std::unordered_set<std::string> released_;
  std::vector<JobPtr> finished_;  // to be deleted together
  std::unordered_map<std::string, Instruments> instruments_;
  bool stopping_ = false;
  bool closing_ = false;
  std::atomic<std::int64_t> running_ = 0;
};

}  // namespace bramble
