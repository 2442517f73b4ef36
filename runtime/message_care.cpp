#include "runtime/message_care.h"

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

MessageCare::MessageCare(HostedModule& module, Duration retention, std::function<Time()> inbox_bound)
    : module_(module),
      retention_(retention),
      inbox_bound_(std::move(inbox_bound)),
      wake_(Wake::make(module.executor())),
      tasks_(module.executor()) {
  expose();
}

void MessageCare::expose() {
  auto gauge = [&](std::string_view name, std::string_view help, std::atomic<std::int64_t> Known::*value,
                   double unit) {
    module_.metrics().gauge(name, help,
                            [known = known_, value, unit] {
                              return static_cast<double>((*known.*value).load()) / unit;
                            },
                            {{"module", module_.name()}});
  };
  gauge("bramble_outbox_waiting", "Events not yet with all their consumers.", &Known::unpublished, 1);
  gauge("bramble_outbox_lag_seconds", "Age of the oldest such event.", &Known::lag_us, 1e6);
  gauge("bramble_jobs_due", "Jobs that are due.", &Known::due_jobs, 1);
  gauge("bramble_jobs_late_seconds", "How late the oldest due job is.", &Known::late_us, 1e6);
  gauge("bramble_dead_jobs", "Jobs that are dead letters.", &Known::dead_jobs, 1);
  gauge("bramble_dead_events", "Events that are dead letters of this consumer.", &Known::dead_events, 1);
}

void MessageCare::start() {
  tasks_.enter();
  spawn(module_.executor(), loop(shared_from_this()), nullptr);
}

Task<void> MessageCare::stop(Duration patience) {
  stopping_ = true;
  wake_->notify();
  co_await tasks_.all_left(patience);
}

Task<void> MessageCare::loop(std::shared_ptr<MessageCare> self) {
  for (int round = 1; !stopping_; ++round) {
    try {
      co_await survey();
      if (round % surveys_a_purge == 0) co_await purge();
    } catch (const std::exception& failure) {
      trouble(failure_text(failure));
      module_.log().warn("message tables cannot be looked after",
                         {{"module", module_.name()}, {"error", failure_text(failure)}});
    }
    if (!stopping_) co_await wake_->wait_us(survey_pause.us);
  }
  self->tasks_.leave();
}

void MessageCare::trouble(std::string error) {
  std::lock_guard lock(known_->mutex);
  if (known_->readable) known_->unreadable_since = module_.clock().now();
  known_->readable = false;
  known_->last_error = std::move(error);
}

Task<void> MessageCare::survey() {
  auto now = module_.clock().now();
  auto counts = co_await module_.database().read(system_call(module_.name(), now + unit_time), module_.name(),
                                                 [=](Tx& tx) { return count_messages(tx, now); });
  known_->unpublished = counts.unpublished;
  known_->lag_us =
      counts.oldest_unpublished ? std::max<std::int64_t>(0, (now - *counts.oldest_unpublished).us) : 0;
  known_->due_jobs = counts.due_jobs;
  known_->late_us = counts.oldest_due_job ? (now - *counts.oldest_due_job).us : 0;
  known_->dead_jobs = counts.dead_jobs;
  known_->dead_events = counts.dead_events;
  known_->readable = true;
  no_older_than_us_ = counts.oldest_unpublished.value_or(now).us;
}

Task<void> MessageCare::purge() {
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

void MessageCare::tell(ModuleReport& report) const {
  report.readable = known_->readable;
  report.events_waiting = known_->unpublished;
  report.oldest_event_us = known_->lag_us;
  report.jobs_due = known_->due_jobs;
  report.oldest_job_us = known_->late_us;
  report.dead_jobs = known_->dead_jobs;
  report.dead_events = known_->dead_events;
}

std::vector<HealthLine> MessageCare::health() const {
  auto words = [](std::int64_t count, std::string_view what, std::int64_t age_us) {
    return std::to_string(count) + " " + std::string(what) + ", the oldest for " +
           std::to_string(age_us / 1'000'000) + " s";
  };
  std::unique_lock lock(known_->mutex);
  bool readable = known_->readable;
  HealthLine database{"database " + module_.name(), readable,
                      readable ? std::to_string(module_.database().stats().queued) + " units waiting"
                               : "cannot be read: " + known_->last_error};
  if (!readable) database.since = known_->unreadable_since;
  lock.unlock();
  auto dead = known_->dead_jobs + known_->dead_events;
  return {std::move(database),
          {"outbox " + module_.name(), known_->lag_us < late.us,
           words(known_->unpublished, "events waiting", known_->lag_us)},
          {"jobs " + module_.name(), known_->late_us < late.us,
           words(known_->due_jobs, "jobs due", known_->late_us)},
          {"dead letters " + module_.name(), dead == 0, std::to_string(dead) + " dead letters"}};
}

}  // namespace bramble
