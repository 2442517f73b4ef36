#include "runtime/event_lane.h"

#include "runtime/failure_text.h"
#include "runtime/rpc_policy.h"

namespace bramble {
namespace {

constexpr Duration unit_time = seconds(30);
constexpr std::size_t keys_at_once = 64;

bool does_not_count(const std::exception& failure) {
  const auto* error = dynamic_cast<const Error*>(&failure);
  return is_passing(failure) || (error != nullptr && error->code == ErrorCode::exhausted);
}

}  // namespace

EventLane::EventLane(const Dependencies& uses, const EventConsumer& consumer, const DeliveryRules& rules,
                     std::function<void(const OutboxRowPtr&)> handled)
    : uses_(uses),
      consumer_(consumer),
      rules_(rules),
      handled_(std::move(handled)),
      signal_(Signal::make(uses.executor)),
      tasks_(uses.executor),
      delivered_(uses.metrics.counter("bramble_events_delivered_total", "Events that a consumer has handled.",
                                      {{"publisher", uses.publisher}, {"consumer", consumer.module}})),
      failures_(uses.metrics.counter("bramble_event_failures_total",
                                     "Attempts to handle an event that failed.",
                                     {{"publisher", uses.publisher}, {"consumer", consumer.module}})),
      dead_(uses.metrics.counter("bramble_events_dead_total", "Events that became dead letters.",
                                 {{"publisher", uses.publisher}, {"consumer", consumer.module}})),
      delay_(uses.metrics.histogram("bramble_event_delay_seconds",
                                    "From an event's transaction to its effect.",
                                    {{"publisher", uses.publisher}, {"consumer", consumer.module}})) {}

void EventLane::start() {
  tasks_.enter();
  spawn(uses_.executor, loop(shared_from_this()), nullptr);
}

void EventLane::stop() {
  stopping_ = true;
  signal_->notify();
}

bool EventLane::offer(OutboxRowPtr row) {
  if (rows() >= rules_.lane_rows) return false;
  if (queue_.empty()) signal_->notify();
  queue_.push_back(std::move(row));
  return true;
}

Task<void> EventLane::loop(std::shared_ptr<EventLane> self) {
  while (!stopping_) {
    auto chunk = next_chunk();
    if (!chunk.empty()) co_await deliver_chunk(std::move(chunk));
    std::vector<Task<void>> retries;
    if (!stopping_) {
      for (auto& key : due_keys()) retries.push_back(deliver_key(std::move(key)));
    }
    if (!retries.empty()) co_await all(std::move(retries));
    if (!has_ready() && !stopping_) co_await signal_->wait_us(wait_us());
  }
  self->tasks_.leave();
}

// How long the row still waits for its time; not at all if the clock was set back meanwhile.
Duration EventLane::pause_before(const OutboxRow& row) const {
  auto pause = consumer_.not_before.find(row.type);
  if (pause == consumer_.not_before.end()) return {};
  auto age = uses_.clock.now() - row.created_at;
  return age.us < 0 || age >= pause->second ? Duration{} : pause->second - age;
}

bool EventLane::has_ready() const { return !queue_.empty() && pause_before(*queue_.front()).us == 0; }

// Rows of blocked keys step aside; all others keep their order.
std::vector<OutboxRowPtr> EventLane::next_chunk() {
  std::vector<OutboxRowPtr> chunk;
  while (has_ready() && chunk.size() < chunk_rows) {
    auto row = std::move(queue_.front());
    queue_.pop_front();
    if (auto it = blocked_.find(row->key); it != blocked_.end()) {
      it->second.rows.push_back(std::move(row));
      ++blocked_rows_;
    } else {
      chunk.push_back(std::move(row));
    }
  }
  in_chunk_ = chunk.size();
  return chunk;
}

std::vector<std::string> EventLane::due_keys() {
  std::vector<std::string> keys;
  if (blocked_.empty()) return keys;
  auto now = uses_.clock.now();
  for (const auto& [key, blocked] : blocked_) {
    if (blocked.next <= now) keys.push_back(key);
    if (keys.size() == keys_at_once) break;
  }
  return keys;
}

std::int64_t EventLane::wait_us() const {
  auto wait = seconds(60).us;
  auto now = uses_.clock.now();
  if (!queue_.empty()) wait = pause_before(*queue_.front()).us;
  for (const auto& [key, blocked] : blocked_) wait = std::min(wait, (blocked.next - now).us);
  return std::max<std::int64_t>(wait, 1'000);
}

Task<bool> EventLane::attempt(std::span<const OutboxRowPtr> rows, std::exception_ptr& failure) {
  auto call =
      system_call(consumer_.module, uses_.clock.now() + unit_time, parse_traceparent(rows.front()->trace));
  try {
    co_await consumer_.database->transact(call, rows.front()->key, [&](Tx& tx) {
      for (auto* row : take_into_inbox(tx, consumer_.module, rows)) {
        tx.continue_trace(row->trace);
        consumer_.handlers.find(row->type)->second(tx, row->payload);
      }
    });
    failing_since_.note_success();
    co_return true;
  } catch (...) {
    failure = std::current_exception();
  }
  co_return false;
}

Task<void> EventLane::deliver_chunk(std::vector<OutboxRowPtr> rows) {
  std::exception_ptr failure;
  bool good = co_await attempt(rows, failure);
  if (good) {
    for (const auto& row : rows) {
      --in_chunk_;
      finish(row);
    }
  } else if (rows.size() == 1) {
    auto key = rows.front()->key;
    blocked_[key].rows.push_back(std::move(rows.front()));
    ++blocked_rows_;
    failed(key, failure);
  } else {
    co_await deliver_one_by_one(std::move(rows));
  }
  in_chunk_ = 0;
}

// One of them failed and took the others with it: each key on its own.
Task<void> EventLane::deliver_one_by_one(std::vector<OutboxRowPtr> rows) {
  std::vector<Task<void>> keys;
  for (auto& row : rows) {
    auto [it, fresh] = blocked_.try_emplace(row->key);
    if (fresh) keys.push_back(deliver_key(row->key));
    it->second.rows.push_back(std::move(row));
    ++blocked_rows_;
  }
  in_chunk_ = 0;
  co_await all(std::move(keys));
}

Task<void> EventLane::deliver_key(std::string key) {
  for (;;) {
    auto it = blocked_.find(key);
    if (it->second.rows.empty()) {
      blocked_.erase(it);
      co_return;
    }
    if (stopping_) co_return;
    auto row = it->second.rows.front();
    std::exception_ptr failure;
    std::array<OutboxRowPtr, 1> one{row};
    bool good = co_await attempt(one, failure);
    if (!good) failed(key, failure);
    auto& blocked = blocked_[key];
    if (!good && blocked.attempts >= rules_.attempts)
      good = co_await bury(row, blocked.attempts, blocked.last_error);
    if (!good) co_return;
    auto& now_blocked = blocked_[key];
    now_blocked.rows.pop_front();
    --blocked_rows_;
    now_blocked.attempts = now_blocked.passing = 0;
    finish(row);
  }
}

void EventLane::failed(const std::string& key, std::exception_ptr failure) {
  auto& blocked = blocked_[key];
  failures_.add();
  bool own_store = false;
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    own_store = is_of_own_store(error);
    if (!own_store) does_not_count(error) ? ++blocked.passing : ++blocked.attempts;
    bool of_the_store = own_store || does_not_count(error);
    of_the_store ? failing_since_.note_failure(uses_.clock.now()) : failing_since_.note_success();
    blocked.last_error = failure_text(error);
  } catch (...) {
    ++blocked.attempts;
    blocked.last_error = "something that is no exception was thrown";
  }
  auto tries = own_store ? 1 : blocked.attempts + blocked.passing;
  auto pause = back_off(own_store ? rules_.store_pause : rules_.first_pause, rules_.longest_pause, tries,
                        uses_.random.entropy().low);
  blocked.next = uses_.clock.now() + pause;
  const auto& row = *blocked.rows.front();
  uses_.logger.warn("event failed", {{"consumer", consumer_.module},
                                     {"type", row.type},
                                     {"key", key},
                                     {"event_id", row.event_id},
                                     {"attempts", blocked.attempts},
                                     {"error", blocked.last_error}});
}

// The dead letter and the inbox record are one transaction: from then on the event counts as handled.
Task<bool> EventLane::bury(const OutboxRowPtr& row, std::int64_t attempts, std::string error) {
  auto buried = row;
  auto call = system_call(consumer_.module, uses_.clock.now() + unit_time, parse_traceparent(buried->trace));
  try {
    co_await consumer_.database->transact(call, buried->key, [&](Tx& tx) {
      std::array<OutboxRowPtr, 1> one{buried};
      if (take_into_inbox(tx, consumer_.module, one).empty()) return;
      bury_event(tx, consumer_.module, *buried, attempts, error);
    });
  } catch (const std::exception&) {
    co_return false;
  }
  dead_.add();
  uses_.logger.error("event is a dead letter", {{"consumer", consumer_.module},
                                                {"type", buried->type},
                                                {"key", buried->key},
                                                {"event_id", buried->event_id},
                                                {"error", error}});
  co_return true;
}

void EventLane::finish(const OutboxRowPtr& row) {
  delivered_.add();
  delay_.observe_us(std::max<std::int64_t>(0, (uses_.clock.now() - row->created_at).us));
  run_after_commit(*row);
  handled_(row);
}

void EventLane::run_after_commit(const OutboxRow& row) {
  auto hook = consumer_.after_commit.find(row.type);
  if (hook == consumer_.after_commit.end()) return;
  try {
    hook->second(row.payload);
  } catch (const std::exception& failure) {
    uses_.logger.warn("after-commit hook failed",
                      {{"consumer", consumer_.module}, {"type", row.type}, {"error", failure_text(failure)}});
  }
}

}  // namespace bramble
