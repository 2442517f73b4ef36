// Delivers the events of one database: reads its outbox in order, hands each event to every consumer of its
// type, and marks it published when all have it. Whatever it forgets in a crash is still unpublished and is
// delivered again; the consumers' inboxes make the effect once. Two dispatchers over one database (two
// processes on one PostgreSQL) only do the same work twice: each delivers a key in order, and an inbox takes
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
  // `handlers` and `database` outlive it.
  OutboxDispatcher(const EventLane::Parts& parts, Database& database, const EventHandlers& handlers,
                   DeliveryRules rules = {});

  void start() override;
  Task<void> stop(Duration patience) override;
  void wake() override;
  // What to call with each commit's messages; on any thread, and also after the dispatcher's end.
  std::function<void(const CommittedMessages&)> listener();
  // Why it has delivered nothing for so long, if something is in its way: the outbox cannot be read or
  // written, or a consumer's store cannot. Empty if nothing is, also while single events fail. Any thread.
  std::string standstill(Duration patience) const;
  // For metrics; may be a moment old.
  std::int64_t in_hand() const { return in_hand_count_.load(std::memory_order_relaxed); }

 private:
  // What happens with the events of one type.
  struct Route {
    std::vector<std::size_t> lanes;
    std::vector<const EventWatcher*> watchers;
    Counter* count = nullptr;
  };
  // On PostgreSQL rows commit out of the order of their numbers: those of the last minute are looked at
  // again.
  struct Seen {
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

  EventLane::Parts parts_;
  Database& database_;
  const EventHandlers& handlers_;
  DeliveryRules rules_;
  std::shared_ptr<Wake> wake_;
  std::shared_ptr<Wake> mark_wake_;
  TaskCount tasks_;
  std::vector<std::shared_ptr<EventLane>> lanes_;
  std::unordered_map<std::string, Route> routes_;
  std::unordered_map<std::int64_t, OutboxRowPtr> in_hand_;
  std::vector<std::int64_t> done_;
  std::int64_t low_ = 0;   // nothing new comes at or below it
  std::int64_t high_ = 0;  // the highest number seen
  Seen seen_;
  bool stopping_ = false;
  std::atomic<std::int64_t> in_hand_count_ = 0;
  Trouble unreadable_;
  Trouble unmarked_;
};

}  // namespace bramble
