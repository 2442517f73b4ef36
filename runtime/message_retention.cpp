#include "runtime/message_retention.h"

#include "base/batches.h"
#include "runtime/failure_text.h"
#include "runtime/message_store.h"

namespace bramble {
namespace {

constexpr Duration survey_pause = seconds(5);
constexpr int surveys_a_purge = 12;
constexpr int purges_a_round = 5'000;
constexpr Duration unit_time = seconds(30);
constexpr Duration late = minutes(1);

std::int64_t first_number(const Rows& rows) { return rows.front().get<std::int64_t>(0); }

std::optional<Time> first_time(const Rows& rows) {
  if (rows.empty()) return std::nullopt;
  return rows.front().get<Time>(0);
}

}  // namespace

MessageCounts count_messages(Tx& tx, Time now) {
  MessageCounts counts;
  counts.unpublished = first_number(tx.query(
      "SELECT COUNT(*) FROM (SELECT 1 FROM outbox WHERE published_at IS NULL LIMIT 10000) AS counted"));
  counts.oldest_unpublished = oldest_unpublished(tx);
  counts.due_jobs = first_number(tx.query("SELECT COUNT(*) FROM (SELECT 1 FROM jobs WHERE dead_at IS NULL "
                                          "AND run_at <= $1 LIMIT 10000) AS counted",
                                          now));
  counts.oldest_due_job = first_time(tx.query(
      "SELECT run_at FROM jobs WHERE dead_at IS NULL AND run_at <= $1 ORDER BY run_at LIMIT 1", now));
  counts.dead_jobs = first_number(
      tx.query("SELECT COUNT(*) FROM (SELECT 1 FROM jobs WHERE dead_at IS NOT NULL LIMIT 10000) AS counted"));
  counts.dead_events =
      first_number(tx.query("SELECT COUNT(*) FROM (SELECT 1 FROM dead_events LIMIT 10000) AS counted"));
  return counts;
}

MessageRetention::MessageRetention(HostedModule& module, Duration retention,
                                   std::function<Time()> inbox_bound)
    : module_(module),
      retention_(retention),
      inbox_bound_(std::move(inbox_bound)),
      signal_(Signal::make(module.executor())),
      tasks_(module.executor()) {
  expose();
}

void MessageRetention::expose() {
  auto gauge = [&](std::string_view name, std::string_view help, std::atomic<std::int64_t> LastCounts::*value,
                   double unit) {
    module_.metrics().gauge(name, help,
                            [known = last_counts_, value, unit] {
                              return static_cast<double>((*known.*value).load()) / unit;
                            },
                            {{"module", module_.name()}});
  };
  gauge("bramble_outbox_waiting", "Events not yet with all their consumers.", &LastCounts::unpublished, 1);
  gauge("bramble_outbox_lag_seconds", "Age of the oldest such event.", &LastCounts::lag_us, 1e6);
  gauge("bramble_jobs_due", "Jobs that are due.", &LastCounts::due_jobs, 1);
  gauge("bramble_jobs_late_seconds", "How late the oldest due job is.", &LastCounts::late_us, 1e6);
  gauge("bramble_dead_jobs", "Jobs that are dead letters.", &LastCounts::dead_jobs, 1);
  gauge("bramble_dead_events", "Events that are dead letters of this consumer.", &LastCounts::dead_events, 1);
}

void MessageRetention::start() {
  tasks_.enter();
  spawn(module_.executor(), loop(shared_from_this()), nullptr);
}

Task<void> MessageRetention::stop(Duration patience) {
  stopping_ = true;
  signal_->notify();
  co_await tasks_.all_left(patience);
}

Task<void> MessageRetention::loop(std::shared_ptr<MessageRetention> self) {
  for (int round = 1; !stopping_; ++round) {
    try {
      co_await survey();
      if (round % surveys_a_purge == 0) co_await purge();
    } catch (const std::exception& failure) {
      note_failure(failure_text(failure));
      module_.log().warn("message tables cannot be looked after",
                         {{"module", module_.name()}, {"error", failure_text(failure)}});
    }
    if (!stopping_) co_await signal_->wait_us(survey_pause.us);
  }
  self->tasks_.leave();
}

void MessageRetention::note_failure(std::string error) {
  MutexLock lock(last_counts_->mutex);
  if (last_counts_->readable) last_counts_->unreadable_since = module_.clock().now();
  last_counts_->readable = false;
  last_counts_->last_error = std::move(error);
}

Task<void> MessageRetention::survey() {
  auto now = module_.clock().now();
  auto counts = co_await module_.database().read(system_call(module_.name(), now + unit_time), module_.name(),
                                                 [=](Tx& tx) { return count_messages(tx, now); });
  last_counts_->unpublished = counts.unpublished;
  last_counts_->lag_us =
      counts.oldest_unpublished ? std::max<std::int64_t>(0, (now - *counts.oldest_unpublished).us) : 0;
  last_counts_->due_jobs = counts.due_jobs;
  last_counts_->late_us = counts.oldest_due_job ? (now - *counts.oldest_due_job).us : 0;
  last_counts_->dead_jobs = counts.dead_jobs;
  last_counts_->dead_events = counts.dead_events;
  last_counts_->readable = true;
  no_older_than_us_ = counts.oldest_unpublished.value_or(now).us;
}

Task<void> MessageRetention::purge() {
  auto now = module_.clock().now();
  auto before = now - retention_;
  auto inbox_before = std::min(before, inbox_bound_());
  co_await in_batches(purges_a_round, [=, this]() -> Task<bool> {
    if (stopping_) co_return false;
    auto call = system_call(module_.name(), module_.clock().now() + unit_time);
    auto gone =
        co_await module_.database().transact(call, module_.name(), [=, consumer = module_.name()](Tx& tx) {
          return std::max(purge_outbox(tx, before, batch_rows),
                          purge_inbox(tx, consumer, inbox_before, batch_rows));
        });
    co_return gone > 0;
  });
}

void MessageRetention::report_to(ModuleReport& report) const {
  report.readable = last_counts_->readable;
  report.events_waiting = last_counts_->unpublished;
  report.oldest_event_us = last_counts_->lag_us;
  report.jobs_due = last_counts_->due_jobs;
  report.oldest_job_us = last_counts_->late_us;
  report.dead_jobs = last_counts_->dead_jobs;
  report.dead_events = last_counts_->dead_events;
}

std::vector<HealthLine> MessageRetention::health() const {
  auto words = [](std::int64_t count, std::string_view what, std::int64_t age_us) {
    return std::to_string(count) + " " + std::string(what) + ", the oldest for " +
           std::to_string(age_us / 1'000'000) + " s";
  };
  MutexLock lock(last_counts_->mutex);
  bool readable = last_counts_->readable;
  HealthLine database{"database " + module_.name(), readable,
                      readable ? std::to_string(module_.database().stats().queued) + " units waiting"
                               : "cannot be read: " + last_counts_->last_error};
  if (!readable) database.since = last_counts_->unreadable_since;
  lock.unlock();
  auto dead = last_counts_->dead_jobs + last_counts_->dead_events;
  return {std::move(database),
          {"outbox " + module_.name(), last_counts_->lag_us < late.us,
           words(last_counts_->unpublished, "events waiting", last_counts_->lag_us)},
          {"jobs " + module_.name(), last_counts_->late_us < late.us,
           words(last_counts_->due_jobs, "jobs due", last_counts_->late_us)},
          {"dead letters " + module_.name(), dead == 0, std::to_string(dead) + " dead letters"}};
}

}  // namespace bramble
