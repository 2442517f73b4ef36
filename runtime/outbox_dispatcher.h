// Delivers the events of one database: reads its outbox in order, passes each event to all consumers of its
// type, and marks it as published when all have it. After a crash, events that are not marked are delivered
// again; the inboxes of the consumers make the effect happen once. Two dispatchers over one database (two
// processes on one PostgreSQL) only do the work twice: each keeps the order of a key, and an inbox accepts
// an event once.
#pragma once

#include <atomic>
#include <deque>
#include <unordered_map>
#include <unordered_set>

#include "runtime/event_lane.h"

namespace bramble {

class OutboxDispatcher : public Background, public std::enable_shared_from_this<OutboxDispatcher> {
 public:
  // `handlers` and `database` outlive the dispatcher.
  OutboxDispatcher(const EventLane::Dependencies& uses, Database& database, const EventHandlers& handlers,
                   DeliveryRules rules = {});

  void start() override;
  Task<void> stop(Duration patience) override;
  void wake() override;
  // The listener for commits of the database. Any thread may call it, also after the dispatcher's end.
  std::function<void(const CommittedMessages&)> listener();
  // Why nothing was delivered for `patience`: the outbox cannot be read or written, or the store of a
  // consumer fails. Empty otherwise, also while single events fail. Any thread.
  std::string standstill(Duration patience) const;
  // For metrics; the value may be slightly old.
  std::int64_t in_hand() const { return in_hand_count_.load(std::memory_order_relaxed); }

 private:
  // Where events of one type go.
  struct Route {
    std::vector<std::size_t> lanes;
    std::vector<const EventWatcher*> watchers;
    Counter* count = nullptr;
  };
  // PostgreSQL commits rows out of order, so the dispatcher reads the rows of the last minute again.
  struct RecentEvents {
    std::unordered_set<std::int64_t> numbers;
    std::deque<std::pair<Time, std::int64_t>> order;
  };

  Task<void> read_loop(std::shared_ptr<OutboxDispatcher> self);
  Task<void> mark_loop(std::shared_ptr<OutboxDispatcher> self);
  Task<std::size_t> read_new();
  void receive(std::vector<OutboxRowPtr> rows);
  Task<void> catch_up(std::size_t lane);
  Task<std::vector<OutboxRowPtr>> read_rows(std::int64_t after, std::int64_t until, std::size_t limit);
  Task<void> wait_for_room();
  bool first_sight(const OutboxRow& row);
  void take(OutboxRowPtr row);
  void tell_watchers(const Route& route, const OutboxRow& row);
  void handled(std::size_t lane, const OutboxRowPtr& row);
  void finish(const OutboxRow& row);
  Route& route_of(const std::string& type);
  void count_in_hand() {
    in_hand_count_.store(static_cast<std::int64_t>(in_hand_.size()), std::memory_order_relaxed);
  }

  EventLane::Dependencies uses_;
  Database& database_;
  const EventHandlers& handlers_;
  DeliveryRules rules_;
  std::shared_ptr<Signal> signal_;
  std::shared_ptr<Signal> mark_signal_;
  TaskCount tasks_;
  std::vector<std::shared_ptr<EventLane>> lanes_;
  std::unordered_map<std::string, Route> routes_;
  std::unordered_map<std::int64_t, OutboxRowPtr> in_hand_;
  std::vector<std::int64_t> done_;
  std::int64_t low_ = 0;   // no new row has this number or a lower one
  std::int64_t high_ = 0;  // the highest number seen
  RecentEvents recent_;
  bool stopping_ = false;
  std::atomic<std::int64_t> in_hand_count_ = 0;
  FailingSince unreadable_;
  FailingSince unmarked_;
};

}  // namespace bramble
