#include "runtime/jobs_runner.h"

#include "runtime/failure_text.h"
#include "runtime/rpc_policy.h"

namespace bramble {
namespace {

constexpr Duration unit_time = seconds(30);
constexpr std::size_t most_passing = 100'000;

}  // namespace

JobsRunner::JobsRunner(const Dependencies& uses, Database& database,
                       const std::map<std::string, JobHandler, std::less<>>& handlers, JobRules rules)
    : uses_(uses),
      database_(database),
      handlers_(handlers),
      rules_(rules),
      signal_(Signal::make(uses.executor)),
      settle_signal_(Signal::make(uses.executor)),
      loops_(uses.executor),
      tasks_(uses.executor) {}

std::function<void(const CommittedMessages&)> JobsRunner::listener() const {
  return [wake = signal_, sleeps_until = sleeps_until_](const CommittedMessages& news) {
    if (news.first_job && news.first_job->us < sleeps_until->load()) wake->notify();
  };
}

void JobsRunner::start() {
  loops_.enter();
  spawn(uses_.executor, read_loop(shared_from_this()), nullptr);
  loops_.enter();
  spawn(uses_.executor, settle_loop(shared_from_this()), nullptr);
}

// The running jobs end first, so that what they did is still written down.
Task<void> JobsRunner::stop(Duration patience) {
  stopping_ = true;
  signal_->notify();
  co_await tasks_.all_left(patience);
  closing_ = true;
  settle_signal_->notify();
  co_await loops_.all_left(patience);
}

JobsRunner::Instruments& JobsRunner::instruments_of(const std::string& type) {
  auto [it, fresh] = instruments_.try_emplace(type);
  if (!fresh) return it->second;
  auto count = [&](std::string_view outcome) {
    return &uses_.metrics.counter("bramble_jobs_total", "Runs of durable jobs, by type and outcome.",
                                  {{"module", uses_.module}, {"type", type}, {"outcome", outcome}});
  };
  it->second.seconds =
      &uses_.metrics.histogram("bramble_job_seconds", "Time of a run of a durable job, by type.",
                               {{"module", uses_.module}, {"type", type}});
  it->second.done = count("done");
  it->second.failed = count("failed");
  it->second.dead = count("dead");
  return it->second;
}

Task<void> JobsRunner::read_loop(std::shared_ptr<JobsRunner> self) {
  while (!stopping_) {
    auto wait_us = rules_.poll.us;
    bool some = false;
    sleeps_until_->store(INT64_MAX);  // what is scheduled from here on may be too late for this reading
    try {
      auto due = co_await read_due();
      if (due.next) wait_us = std::clamp<std::int64_t>((*due.next - uses_.clock.now()).us, 0, wait_us);
      some = !due.jobs.empty();
      if (!stopping_) start_due(due);
    } catch (const std::exception& failure) {
      uses_.logger.warn("jobs cannot be read", {{"module", uses_.module}, {"error", failure_text(failure)}});
      wait_us = rules_.first_pause.us;
    }
    if (stopping_) break;
    if (some) co_await pause_us(rules_.read_gap.us);
    sleeps_until_->store((uses_.clock.now() + microseconds(wait_us)).us);
    co_await signal_->wait_us(wait_us);
  }
  self->loops_.leave();
}

// The jobs under way are still in the table, and due: the page has room for them.
Task<JobsRunner::Due> JobsRunner::read_due() {
  released_.clear();
  auto now = uses_.clock.now();
  auto limit = rules_.at_once + in_flight_.size();
  auto call = system_call(uses_.module, now + unit_time);
  co_return co_await database_.read(call, uses_.module, [=](Tx& tx) {
    Due due;
    auto rows = tx.query("SELECT job_id, type, key, payload, trace, run_at, attempts FROM jobs"
                         " WHERE dead_at IS NULL AND run_at <= $1 ORDER BY run_at LIMIT $2",
                         now, limit);
    for (auto row : rows) {
      due.jobs.push_back(std::make_shared<Job>(
          Job{row.get<std::string>(0), row.get<std::string>(1), row.get<std::string>(2),
              row.get<std::string>(3), row.get<std::string>(4), row.get<Time>(5), row.get<std::int64_t>(6)}));
    }
    auto next =
        tx.query("SELECT run_at FROM jobs WHERE dead_at IS NULL AND run_at > $1 ORDER BY run_at LIMIT 1",
                 now);
    if (!next.empty()) due.next = next.front().get<Time>(0);
    return due;
  });
}

void JobsRunner::start_due(Due& due) {
  for (auto& job : due.jobs) {
    if (in_flight_.size() >= rules_.at_once) return;
    if (released_.contains(job->job_id)) continue;
    if (!in_flight_.insert(name_of(*job)).second) continue;
    running_.store(static_cast<std::int64_t>(in_flight_.size()), std::memory_order_relaxed);
    tasks_.enter();
    spawn(uses_.executor, run(shared_from_this(), std::move(job)), nullptr);
  }
}

Task<bool> JobsRunner::attempt(Job& job, std::exception_ptr& failure) {
  try {
    auto handler = handlers_.find(job.type);
    if (handler == handlers_.end())
      throw Error(ErrorCode::internal, "no_handler", "nobody handles this type of job");
    auto call = system_call(uses_.module, uses_.clock.now() + rules_.time, parse_traceparent(job.trace));
    co_await handler->second(std::move(call), std::move(job.payload));
    co_return true;
  } catch (...) {
    failure = std::current_exception();
  }
  co_return false;
}

Task<void> JobsRunner::run(std::shared_ptr<JobsRunner> self, JobPtr job) {
  auto& instruments = instruments_of(job->type);
  auto began = uses_.clock.now();
  std::exception_ptr failure;
  bool good = co_await attempt(*job, failure);
  instruments.seconds->observe_us(std::max<std::int64_t>(0, (uses_.clock.now() - began).us));
  if (good) {
    instruments.done->add();
    if (!passing_.empty()) passing_.erase(name_of(*job));
    if (finished_.empty()) settle_signal_->notify();
    finished_.push_back(std::move(job));
  } else {
    co_await failed(std::move(job), failure);
  }
  self->tasks_.leave();
}

Task<void> JobsRunner::failed(JobPtr job, std::exception_ptr failure) {
  std::string error = "something that is no exception was thrown";
  bool passing = false;
  bool own_store = false;
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& thrown) {
    error = failure_text(thrown);
    passing = is_passing(thrown);
    own_store = is_of_own_store(thrown);
  } catch (...) {
    passing = false;
  }
  auto& instruments = instruments_of(job->type);
  instruments.failed->add();
  if (passing_.size() > most_passing) passing_.clear();
  auto tries = own_store ? 1 : passing ? ++passing_[name_of(*job)] : job->attempts + 1;
  auto attempts = job->attempts + (passing || own_store ? 0 : 1);
  auto pause = back_off(own_store ? rules_.store_pause : rules_.first_pause, rules_.longest_pause, tries,
                        uses_.random.entropy().low);
  bool dead = attempts >= rules_.attempts;
  auto now = uses_.clock.now();
  uses_.logger.write(dead ? LogLevel::error : LogLevel::warn, dead ? "job is a dead letter" : "job failed",
                     {{"module", uses_.module},
                      {"type", job->type},
                      {"key", job->key},
                      {"attempts", attempts},
                      {"error", error}});
  if (dead) instruments.dead->add();
  bool written = false;
  try {
    co_await database_.transact(system_call(uses_.module, now + unit_time), job->key, [&](Tx& tx) {
      std::optional<Time> dead_at;
      if (dead) dead_at = now;
      tx.exec("UPDATE jobs SET attempts = $2, last_error = $3, run_at = $4, dead_at = $5 WHERE job_id = $1",
              job->job_id, attempts, error, now + pause, dead_at);
    });
    written = true;
  } catch (const std::exception& unwritten) {
    uses_.logger.warn("a job's failure cannot be written down",
                      {{"module", uses_.module}, {"error", failure_text(unwritten)}});
  }
  if (!written && !stopping_) co_await pause_us(rules_.first_pause.us);
  release(*job);
}

void JobsRunner::release(const Job& job) {
  in_flight_.erase(name_of(job));
  released_.insert(job.job_id);
  running_.store(static_cast<std::int64_t>(in_flight_.size()), std::memory_order_relaxed);
  signal_->notify();
}

// Deletes what is done, many at once. Scheduling anew gives a job a new id, so the newer one stays.
Task<void> JobsRunner::settle_loop(std::shared_ptr<JobsRunner> self) {
  while (!finished_.empty() || !closing_) {
    if (finished_.empty()) {
      co_await settle_signal_->wait_us(seconds(60).us);
      continue;
    }
    auto jobs = std::exchange(finished_, {});
    bool deleted = false;
    try {
      auto call = system_call(uses_.module, uses_.clock.now() + unit_time);
      co_await database_.transact(call, uses_.module, [&](Tx& tx) {
        for (const auto& job : jobs) tx.send("DELETE FROM jobs WHERE job_id = $1", job->job_id);
      });
      deleted = true;
    } catch (const std::exception& failure) {
      uses_.logger.warn("finished jobs cannot be deleted",
                        {{"module", uses_.module}, {"error", failure_text(failure)}});
    }
    if (deleted) {
      for (const auto& job : jobs) release(*job);
      continue;
    }
    finished_.insert(finished_.end(), jobs.begin(), jobs.end());
    if (closing_) break;
    co_await pause_us(rules_.first_pause.us);
  }
  self->loops_.leave();
}

}  // namespace bramble
