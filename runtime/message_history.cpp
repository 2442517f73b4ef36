#include "runtime/message_history.h"

#include <algorithm>

namespace bramble {
namespace {

constexpr std::int64_t rows_a_span = 100'000;
constexpr std::int64_t most_events = 200;
constexpr std::int64_t most_waiting = 100;

#define EVENT_COLUMNS "seq, event_id, type, key, payload, trace, created_at, published_at"

void add_events(std::vector<HistoryEvent>& events, const std::string& publisher, const Rows& rows) {
  for (auto row : rows) {
    auto seq = row.get<std::int64_t>(0);
    bool known =
        std::any_of(events.begin(), events.end(), [&](const auto& event) { return event.seq == seq; });
    if (known) continue;
    events.push_back({publisher,
                      seq,
                      row.get<std::string>(1),
                      row.get<std::string>(2),
                      row.get<std::string>(3),
                      row.get<std::string>(5),
                      row.get<std::string>(4),
                      row.get<Time>(6),
                      row.get<std::optional<Time>>(7),
                      {}});
  }
}

std::int64_t first_number(const Rows& rows) { return rows.front().get<std::int64_t>(0); }

// The number of the first event that is not older than `time`. Numbers and times grow together, nearly: the
// spans are wide enough for the rest.
std::int64_t number_at(Tx& tx, std::int64_t low, std::int64_t high, Time time) {
  while (low < high) {
    auto middle = low + (high - low) / 2;
    auto rows = tx.query("SELECT seq, created_at FROM outbox WHERE seq >= $1 ORDER BY seq LIMIT 1", middle);
    if (rows.empty() || rows.front().get<Time>(1) >= time) high = middle;
    else low = rows.front().get<std::int64_t>(0) + 1;
  }
  return low;
}

std::vector<HistoryEvent> events_in(Tx& tx, const std::string& publisher, const std::string& key,
                                    const std::vector<TimeSpan>& spans, bool& complete) {
  std::vector<HistoryEvent> events;
  auto first = first_number(tx.query("SELECT COALESCE(MIN(seq), 0) FROM outbox"));
  auto end = first_number(tx.query("SELECT COALESCE(MAX(seq), -1) FROM outbox")) + 1;
  for (const auto& span : spans) {
    auto low = number_at(tx, first, end, span.from);
    auto high = number_at(tx, low, end, span.until);
    if (high - low > rows_a_span) {
      complete = false;
      high = low + rows_a_span;
    }
    add_events(events, publisher,
               tx.query("SELECT " EVENT_COLUMNS " FROM outbox WHERE seq >= $1 AND seq < $2 AND key = $3"
                        " ORDER BY seq LIMIT $4",
                        low, high, key, most_events));
  }
  add_events(events, publisher,
             tx.query("SELECT " EVENT_COLUMNS " FROM outbox WHERE published_at IS NULL AND key = $1"
                      " ORDER BY seq LIMIT $2",
                      key, most_waiting));
  return events;
}

std::vector<HistoryJob> jobs_in(Tx& tx, const std::string& module, const std::vector<std::string>& types,
                                const std::vector<std::string>& keys) {
  std::vector<HistoryJob> jobs;
  for (const auto& type : types) {
    for (const auto& key : keys) {
      auto rows = tx.query("SELECT job_id, trace, created_at, run_at, attempts, last_error, dead_at FROM jobs"
                           " WHERE type = $1 AND key = $2",
                           type, key);
      for (auto row : rows) {
        jobs.push_back({module, row.get<std::string>(0), type, key, row.get<std::string>(1), row.get<Time>(2),
                        row.get<Time>(3), row.get<std::int64_t>(4), row.get<std::string>(5),
                        row.get<std::optional<Time>>(6)});
      }
    }
  }
  return jobs;
}

EventReceipt receipt_in(Tx& tx, const std::string& consumer, const std::string& event_id) {
  auto dead =
      tx.query("SELECT dead_at, attempts, last_error FROM dead_events WHERE consumer = $1 AND event_id = $2",
               consumer, event_id);
  if (!dead.empty()) {
    auto row = dead.front();
    return {consumer, EventReceipt::State::dead, row.get<Time>(0), row.get<std::int64_t>(1),
            row.get<std::string>(2)};
  }
  auto taken =
      tx.query("SELECT received_at FROM inbox WHERE consumer = $1 AND event_id = $2", consumer, event_id);
  if (taken.empty()) return {consumer, EventReceipt::State::waiting, {}, 0, {}};
  return {consumer, EventReceipt::State::taken, taken.front().get<Time>(0), 0, {}};
}

}  // namespace

struct MessageHistoryReader::Wanted {
  Call call;
  std::string event_key;
  std::vector<std::string> job_keys;
  std::vector<TimeSpan> spans;
};

Task<void> MessageHistoryReader::read_module(const Wanted& wanted, HostedModule& module,
                                             MessageHistory& history) const {
  std::vector<std::string> types;
  for (const auto& [type, handler] : module.jobs) types.push_back(type);
  MessageHistory found;
  try {
    found = co_await module.database().read(wanted.call, module.name(), [&](Tx& tx) {
      MessageHistory part;
      part.events = events_in(tx, module.name(), wanted.event_key, wanted.spans, part.complete);
      part.jobs = jobs_in(tx, module.name(), types, wanted.job_keys);
      return part;
    });
  } catch (const Error&) {
    history.unread.push_back(module.name());
    co_return;
  }
  history.complete = history.complete && found.complete;
  std::move(found.events.begin(), found.events.end(), std::back_inserter(history.events));
  std::move(found.jobs.begin(), found.jobs.end(), std::back_inserter(history.jobs));
}

Task<void> MessageHistoryReader::read_receipts(const Wanted& wanted, HostedModule& module,
                                               MessageHistory& history) const {
  std::vector<std::size_t> heard;
  for (std::size_t i = 0; i < history.events.size(); ++i) {
    if (module.consumer.handlers.contains(history.events[i].type)) heard.push_back(i);
  }
  if (heard.empty()) co_return;
  std::vector<EventReceipt> receipts;
  try {
    receipts = co_await module.database().read(wanted.call, module.name(), [&](Tx& tx) {
      std::vector<EventReceipt> found;
      for (auto i : heard) found.push_back(receipt_in(tx, module.name(), history.events[i].event_id));
      return found;
    });
  } catch (const Error&) {
    history.unread.push_back(module.name());
    co_return;
  }
  for (std::size_t i = 0; i < heard.size(); ++i) {
    history.events[heard[i]].receipts.push_back(std::move(receipts[i]));
  }
}

Task<MessageHistory> MessageHistoryReader::find(Call call, std::string event_key,
                                                std::vector<std::string> job_keys,
                                                std::vector<TimeSpan> spans) {
  Wanted wanted{std::move(call), std::move(event_key), std::move(job_keys), std::move(spans)};
  MessageHistory history;
  std::vector<Task<void>> tasks;
  for (auto* module : modules_) tasks.push_back(read_module(wanted, *module, history));
  co_await all(std::move(tasks));
  tasks.clear();
  for (auto* module : modules_) tasks.push_back(read_receipts(wanted, *module, history));
  co_await all(std::move(tasks));
  std::sort(history.events.begin(), history.events.end(), [](const auto& a, const auto& b) {
    return std::tie(a.created_at, a.publisher, a.seq) < std::tie(b.created_at, b.publisher, b.seq);
  });
  std::sort(history.unread.begin(), history.unread.end());
  history.unread.erase(std::unique(history.unread.begin(), history.unread.end()), history.unread.end());
  co_return history;
}

}  // namespace bramble
