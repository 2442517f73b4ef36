// Runs the durable jobs of one database when they are due. A job is deleted when its task ends without an
// exception; after a crash it runs again. Two jobs of one type and key never run at once, and a job that is
// scheduled again while it runs is kept.
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "ports/clock.h"
#include "runtime/event_handlers.h"
#include "runtime/log.h"
#include "runtime/metrics.h"
#include "runtime/signal.h"

namespace bramble {

struct JobRules {
  Duration first_pause = milliseconds(200);
  Duration longest_pause = minutes(5);
  Duration store_pause = seconds(2);  // after a failure of our own store
  std::int64_t attempts = 20;         // then the job is a dead letter
  std::size_t at_once = 256;
  Duration time = seconds(60);  // deadline of a job, from its start
  Duration poll = seconds(5);   // for jobs that another process scheduled
  Duration read_gap = milliseconds(2);
};

class JobsRunner : public Background, public std::enable_shared_from_this<JobsRunner> {
 public:
  struct Dependencies {
    boost::asio::any_io_executor executor;
    const Clock& clock;
    Random& random;
    Logger& logger;
    Metrics& metrics;
    std::string module;
  };
  JobsRunner(const Dependencies& uses, Database& database,
             const std::map<std::string, JobHandler, std::less<>>& handlers, JobRules rules = {});

  void start() override;
  Task<void> stop(Duration patience) override;
  void wake() override { signal_->notify(); }
  // The listener for commits of the database. Any thread may call it, also after the runner's end.
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
    std::optional<Time> next;  // when the next job becomes due
  };
  struct Instruments {
    Histogram* seconds = nullptr;
    Counter* done = nullptr;
    Counter* failed = nullptr;
    Counter* dead = nullptr;
  };

  Task<void> read_loop(std::shared_ptr<JobsRunner> self);
  Task<Due> read_due();
  void start_due(Due& due);
  Task<void> run(std::shared_ptr<JobsRunner> self, JobPtr job);
  Task<bool> attempt(Job& job, std::exception_ptr& failure);
  Task<void> failed(JobPtr job, std::exception_ptr failure);
  Task<void> settle_loop(std::shared_ptr<JobsRunner> self);
  void release(const Job& job);
  Instruments& instruments_of(const std::string& type);
  static std::string name_of(const Job& job) { return job.type + "\n" + job.key; }

  Dependencies uses_;
  Database& database_;
  const std::map<std::string, JobHandler, std::less<>>& handlers_;
  JobRules rules_;
  std::shared_ptr<Signal> signal_;
  // When it wakes up by itself, in microseconds: a later job need not wake it.
  std::shared_ptr<std::atomic<std::int64_t>> sleeps_until_ = std::make_shared<std::atomic<std::int64_t>>(0);
  std::shared_ptr<Signal> settle_signal_;
  TaskCount loops_;
  TaskCount tasks_;
  std::unordered_set<std::string> in_flight_;              // by type and key
  std::unordered_map<std::string, std::int64_t> passing_;  // attempts that do not count, by type and key
  // Ids of jobs that were released during a read: the read may still return their old state.
  std::unordered_set<std::string> released_;
  std::vector<JobPtr> finished_;  // deleted together
  std::unordered_map<std::string, Instruments> instruments_;
  bool stopping_ = false;
  bool closing_ = false;
  std::atomic<std::int64_t> running_ = 0;
};

}  // namespace bramble
