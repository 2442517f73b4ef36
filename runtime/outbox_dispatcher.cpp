#include "runtime/outbox_dispatcher.h"

#include <boost/asio/post.hpp>

#include "base/error.h"
#include "runtime/failure_text.h"

namespace bramble {
namespace {

constexpr std::size_t batch_rows = 512;
constexpr std::size_t most_lanes = 64;
constexpr Duration unit_time = seconds(30);
// Longer than any transaction can take: deadlines end them sooner.
constexpr Duration out_of_order_time = seconds(60);

}  // namespace

OutboxDispatcher::OutboxDispatcher(const EventLane::Dependencies& uses, Database& database,
                                   const EventHandlers& handlers, DeliveryRules rules)
    : uses_(uses),
      database_(database),
      handlers_(handlers),
      rules_(rules),
      signal_(Signal::make(uses.executor)),
      mark_signal_(Signal::make(uses.executor)),
      tasks_(uses.executor) {
  if (handlers.consumers.size() > most_lanes) {
    throw Error(ErrorCode::internal, "too_many_consumers", "at most 64 modules can consume events");
  }
  for (std::size_t i = 0; i < handlers.consumers.size(); ++i) {
    lanes_.push_back(std::make_shared<EventLane>(uses_, handlers.consumers[i], rules_,
                                                 [this, i](const OutboxRowPtr& row) { handled(i, row); }));
  }
}

std::function<void(const CommittedMessages&)> OutboxDispatcher::listener() {
  return [weak = weak_from_this(), wake = signal_, executor = uses_.executor](const CommittedMessages& news) {
    if (!news.published) return;
    if (news.events.empty()) return wake->notify();
    std::vector<OutboxRowPtr> rows;
    rows.reserve(news.events.size());
    for (const auto& event : news.events) rows.push_back(std::make_shared<OutboxRow>(OutboxRow{event}));
    boost::asio::post(executor, [weak, rows = std::move(rows)]() mutable {
      if (auto self = weak.lock()) self->receive(std::move(rows));
    });
  };
}

std::string OutboxDispatcher::standstill(Duration patience) const {
  auto now = uses_.clock.now();
  auto outbox = "the outbox of " + uses_.publisher;
  if (unreadable_.lasts(now, patience)) return outbox + " cannot be read";
  if (unmarked_.lasts(now, patience)) return outbox + " cannot be written";
  for (const auto& lane : lanes_) {
    if (lane->failing_since().lasts(now, patience))
      return "events of " + uses_.publisher + " wait: " + lane->consumer() + " cannot store what they change";
  }
  return {};
}

void OutboxDispatcher::start() {
  for (auto& lane : lanes_) lane->start();
  tasks_.enter();
  spawn(uses_.executor, read_loop(shared_from_this()), nullptr);
  tasks_.enter();
  spawn(uses_.executor, mark_loop(shared_from_this()), nullptr);
}

// The lanes end first: what they have delivered is still marked.
Task<void> OutboxDispatcher::stop(Duration patience) {
  for (auto& lane : lanes_) lane->stop();
  for (auto& lane : lanes_) co_await lane->ended(patience);
  stopping_ = true;
  signal_->notify();
  mark_signal_->notify();
  co_await tasks_.all_left(patience);
}

void OutboxDispatcher::wake() {
  signal_->notify();
  for (auto& lane : lanes_) lane->wake();
}

OutboxDispatcher::Route& OutboxDispatcher::route_of(const std::string& type) {
  auto [it, fresh] = routes_.try_emplace(type);
  if (!fresh) return it->second;
  auto& route = it->second;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    if (lanes_[i]->wants(type)) route.lanes.push_back(i);
  }
  auto [first, last] = handlers_.watchers.equal_range(type);
  for (; first != last; ++first) route.watchers.push_back(&first->second);
  route.count = &uses_.metrics.counter("bramble_events_total", "Events taken out of an outbox, by type.",
                                       {{"publisher", uses_.publisher}, {"type", type}});
  return route;
}

Task<void> OutboxDispatcher::read_loop(std::shared_ptr<OutboxDispatcher> self) {
  while (!stopping_) {
    std::size_t count = 0;
    bool readable = false;
    try {
      count = co_await read_new();
      for (std::size_t i = 0; i < lanes_.size(); ++i) {
        if (lanes_[i]->behind_from && lanes_[i]->rows() < rules_.lane_rows / 2) co_await catch_up(i);
      }
      readable = true;
      unreadable_.note_success();
    } catch (const std::exception& failure) {
      unreadable_.note_failure(uses_.clock.now());
      uses_.logger.warn("outbox cannot be read",
                        {{"module", uses_.publisher}, {"error", failure_text(failure)}});
    }
    if (stopping_) break;
    if (!readable) {
      co_await pause_us(rules_.first_pause.us);
    } else if (count >= batch_rows) {
      co_await wait_for_room();
    } else {
      if (count > 0) co_await pause_us(rules_.read_gap.us);
      co_await signal_->wait_us(rules_.poll.us);
    }
  }
  self->tasks_.leave();
}

// Under a backlog reading waits for the lanes, but not long: one that hangs falls behind and catches up
// later.
Task<void> OutboxDispatcher::wait_for_room() {
  auto until = uses_.clock.now() + rules_.poll;
  auto crowded = [&] {
    return std::any_of(lanes_.begin(), lanes_.end(), [&](const auto& lane) {
      return !lane->behind_from && lane->ready_rows() > rules_.lane_rows / 2;
    });
  };
  while (crowded() && !stopping_ && uses_.clock.now() < until) co_await pause_us(rules_.read_gap.us);
}

Task<std::vector<OutboxRowPtr>> OutboxDispatcher::read_rows(std::int64_t after, std::int64_t until,
                                                            std::size_t limit) {
  auto call = system_call(uses_.publisher, uses_.clock.now() + unit_time);
  co_return co_await database_.read(call, uses_.publisher,
                                    [=](Tx& tx) { return read_outbox(tx, after, until, limit); });
}

Task<std::size_t> OutboxDispatcher::read_new() {
  auto rows = co_await read_rows(low_, INT64_MAX, batch_rows + recent_.numbers.size());
  std::size_t fresh = 0;
  for (auto& row : rows) {
    if (!first_sight(*row)) continue;
    ++fresh;
    take(std::move(row));
  }
  count_in_hand();
  co_return fresh;
}

// Events that come from a commit instead of from the outbox: one that follows what is known needs no reading.
void OutboxDispatcher::receive(std::vector<OutboxRowPtr> rows) {
  if (stopping_) return;
  for (auto& row : rows) {
    if (row->seq > high_ + 1) {
      signal_->notify();
      break;
    }
    if (first_sight(*row)) take(std::move(row));
  }
  count_in_hand();
}

bool OutboxDispatcher::first_sight(const OutboxRow& row) {
  if (database_.dialect() == Dialect::sqlite) {
    if (row.seq <= high_) return false;
    low_ = high_ = row.seq;
    return true;
  }
  high_ = std::max(high_, row.seq);
  auto now = uses_.clock.now();
  while (!recent_.order.empty() && recent_.order.front().first + out_of_order_time < now) {
    low_ = std::max(low_, recent_.order.front().second);
    recent_.numbers.erase(recent_.order.front().second);
    recent_.order.pop_front();
  }
  if (row.seq <= low_ || !recent_.numbers.insert(row.seq).second) return false;
  recent_.order.emplace_back(now, row.seq);
  return true;
}

void OutboxDispatcher::take(OutboxRowPtr row) {
  auto& route = route_of(row->type);
  route.count->add();
  tell_watchers(route, *row);
  for (auto i : route.lanes) {
    auto& lane = *lanes_[i];
    if (!lane.behind_from && lane.offer(row)) {
      row->lanes |= std::uint64_t{1} << i;
    } else {
      lane.behind_from = std::min(lane.behind_from.value_or(row->seq), row->seq);
      lane.missed_from = std::min(lane.missed_from.value_or(row->seq), row->seq);
    }
  }
  if (row->lanes == 0) {
    finish(*row);
  } else {
    auto seq = row->seq;
    in_hand_.emplace(seq, std::move(row));
  }
}

void OutboxDispatcher::tell_watchers(const Route& route, const OutboxRow& row) {
  for (const auto* watcher : route.watchers) {
    boost::asio::post(watcher->executor, [self = shared_from_this(), watcher, payload = row.payload] {
      try {
        watcher->handler(payload);
      } catch (const std::exception& failure) {
        self->uses_.logger.warn("watcher failed",
                                {{"publisher", self->uses_.publisher}, {"error", failure_text(failure)}});
      }
    });
  }
}

// A page of what a lane had no room for, and what came while that was read. What it has already handled its
// inbox refuses.
Task<void> OutboxDispatcher::catch_up(std::size_t lane) {
  auto& behind = *lanes_[lane];
  behind.missed_from.reset();
  auto rows = co_await read_rows(*behind.behind_from - 1, high_, batch_rows);
  auto bit = std::uint64_t{1} << lane;
  std::optional<std::int64_t> next =
      rows.size() < batch_rows ? std::nullopt : std::optional(rows.back()->seq + 1);
  for (auto& read : rows) {
    if (!behind.wants(read->type)) continue;
    auto known = in_hand_.find(read->seq);
    auto row = known == in_hand_.end() ? read : known->second;
    if ((row->lanes & bit) != 0) continue;
    if (!behind.offer(row)) {
      next = row->seq;
      break;
    }
    row->lanes |= bit;
    in_hand_.emplace(row->seq, row);
  }
  if (behind.missed_from) next = std::min(next.value_or(*behind.missed_from), *behind.missed_from);
  behind.behind_from = next;
  count_in_hand();
}

void OutboxDispatcher::handled(std::size_t lane, const OutboxRowPtr& row) {
  row->lanes &= ~(std::uint64_t{1} << lane);
  if (lanes_[lane]->behind_from && lanes_[lane]->rows() < rules_.lane_rows / 2) signal_->notify();
  if (row->lanes != 0) return;
  in_hand_.erase(row->seq);
  finish(*row);
}

// Published when every consumer has it; one that is behind will meet it again in the outbox.
void OutboxDispatcher::finish(const OutboxRow& row) {
  for (auto i : route_of(row.type).lanes) {
    if (lanes_[i]->behind_from && *lanes_[i]->behind_from <= row.seq) return;
  }
  if (done_.empty()) mark_signal_->notify();
  done_.push_back(row.seq);
}

Task<void> OutboxDispatcher::mark_loop(std::shared_ptr<OutboxDispatcher> self) {
  while (!done_.empty() || !stopping_) {
    if (done_.empty()) {
      co_await mark_signal_->wait_us(seconds(60).us);
      continue;
    }
    // A short pause gathers more for one commit; nobody waits for the mark.
    if (!stopping_ && done_.size() < batch_rows) co_await pause_us(rules_.read_gap.us * 4);
    auto seqs = std::exchange(done_, {});
    std::sort(seqs.begin(), seqs.end());
    auto call = system_call(uses_.publisher, uses_.clock.now() + unit_time);
    bool marked = false;
    try {
      co_await database_.transact(call, uses_.publisher, [&](Tx& tx) { mark_published(tx, seqs); });
      marked = true;
      unmarked_.note_success();
    } catch (const std::exception& failure) {
      unmarked_.note_failure(uses_.clock.now());
      uses_.logger.warn("events cannot be marked as published",
                        {{"module", uses_.publisher}, {"error", failure_text(failure)}});
    }
    if (marked) continue;
    done_.insert(done_.end(), seqs.begin(), seqs.end());
    if (stopping_) break;
    co_await pause_us(rules_.first_pause.us);
  }
  self->tasks_.leave();
}

}  // namespace bramble
