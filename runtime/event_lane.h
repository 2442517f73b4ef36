// The queue from one publisher to one consumer. It passes events to the consumer's handlers in chunks; each
// chunk is one transaction with its inbox records. If an event fails, the events of its key wait for a retry
// and other keys go on.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <unordered_map>

#include "ports/clock.h"
#include "runtime/event_handlers.h"
#include "runtime/log.h"
#include "runtime/message_store.h"
#include "runtime/metrics.h"
#include "runtime/signal.h"

namespace bramble {

struct DeliveryRules {
  Duration first_pause = milliseconds(200);
  Duration longest_pause = minutes(5);
  Duration store_pause = seconds(2);  // after a failure of our own store
  std::int64_t attempts = 20;         // then the event is a dead letter
  std::size_t lane_rows = 2048;       // rows in memory; further rows wait in the outbox
  Duration poll = seconds(1);
  Duration read_gap =
      milliseconds(2);  // between two reads of an outbox under load, so that batches are large
};

// Since when something fails, without a success in between.
class FailingSince {
 public:
  void note_failure(Time now) {
    std::int64_t none = 0;
    since_us_.compare_exchange_strong(none, now.us);
  }
  void note_success() { since_us_.store(0, std::memory_order_relaxed); }
  bool lasts(Time now, Duration patience) const {
    auto since = since_us_.load(std::memory_order_relaxed);
    return since != 0 && now.us - since >= patience.us;
  }

 private:
  std::atomic<std::int64_t> since_us_ = 0;
};

class EventLane : public std::enable_shared_from_this<EventLane> {
 public:
  struct Dependencies {
    boost::asio::any_io_executor executor;
    const Clock& clock;
    Random& random;
    Logger& logger;
    Metrics& metrics;
    std::string publisher;
  };
  // `handled` is called once per row, when its effect or its dead letter is durable.
  EventLane(const Dependencies& uses, const EventConsumer& consumer, const DeliveryRules& rules,
            std::function<void(const OutboxRowPtr&)> handled);

  void start();
  void stop();
  void wake() { signal_->notify(); }  // any thread
  Task<bool> ended(Duration patience) { return tasks_.all_left(patience); }

  bool wants(std::string_view type) const { return consumer_.handlers.contains(type); }
  // Offer rows in the order of their numbers. Returns false if the lane is full.
  bool offer(OutboxRowPtr row);
  std::size_t rows() const { return queue_.size() + blocked_rows_ + in_chunk_; }
  std::size_t ready_rows() const { return queue_.size(); }
  const std::string& consumer() const { return consumer_.module; }
  // Since when the consumer's store fails; refusals by a handler do not count. Any thread.
  const FailingSince& failing_since() const { return failing_since_; }

  // Set by the dispatcher: the first row that it did not offer; this row and later ones wait in the outbox.
  std::optional<std::int64_t> behind_from;
  // The first such row since the dispatcher last started to read for this lane.
  std::optional<std::int64_t> missed_from;

 private:
  Duration pause_before(const OutboxRow& row) const;

  // Events of one key that wait behind a failed event.
  struct Blocked {
    std::deque<OutboxRowPtr> rows;
    std::int64_t attempts = 0;  // of the first row
    std::int64_t passing = 0;   // attempts that do not count towards a dead letter
    std::string last_error;
    Time next;
  };

  Task<void> loop(std::shared_ptr<EventLane> self);
  std::vector<OutboxRowPtr> next_chunk();
  std::vector<std::string> due_keys();
  bool has_ready() const;
  std::int64_t wait_us() const;
  Task<void> deliver_chunk(std::vector<OutboxRowPtr> rows);
  Task<void> deliver_one_by_one(std::vector<OutboxRowPtr> rows);
  Task<void> deliver_key(std::string key);
  Task<bool> attempt(std::span<const OutboxRowPtr> rows, std::exception_ptr& failure);
  void failed(const std::string& key, std::exception_ptr failure);
  Task<bool> bury(const OutboxRowPtr& row, std::int64_t attempts, std::string error);
  void finish(const OutboxRowPtr& row);
  void run_after_commit(const OutboxRow& row);

  Dependencies uses_;
  const EventConsumer& consumer_;
  DeliveryRules rules_;
  std::function<void(const OutboxRowPtr&)> handled_;
  std::shared_ptr<Signal> signal_;
  TaskCount tasks_;
  std::deque<OutboxRowPtr> queue_;
  std::unordered_map<std::string, Blocked> blocked_;
  std::size_t blocked_rows_ = 0;
  std::size_t in_chunk_ = 0;
  bool stopping_ = false;
  FailingSince failing_since_;
  Counter& delivered_;
  Counter& failures_;
  Counter& dead_;
  Histogram& delay_;
};

}  // namespace bramble
