#include "runtime/dead_letter_box.h"

#include "runtime/failure_text.h"

namespace bramble {
namespace {

std::vector<DeadLetter> letters_of(Tx& tx, const std::string& module, std::size_t limit) {
  std::vector<DeadLetter> letters;
  auto add = [&](const Rows& rows, const std::string& kind) {
    for (auto row : rows) {
      auto id = row.get<std::string>(0);
      letters.push_back({module, kind, kind == "event" ? module + "/" + id : id, row.get<std::string>(1),
                         row.get<std::string>(2), row.get<std::int64_t>(3), row.get<std::string>(4),
                         row.get<Time>(5)});
    }
  };
  add(tx.query("SELECT job_id, type, key, attempts, last_error, dead_at FROM jobs"
               " WHERE dead_at IS NOT NULL ORDER BY dead_at DESC LIMIT $1",
               limit),
      "job");
  add(tx.query("SELECT event_id, type, key, attempts, last_error, dead_at FROM dead_events"
               " WHERE consumer = $2 ORDER BY dead_at DESC LIMIT $1",
               limit, module),
      "event");
  return letters;
}

std::optional<DeadLetterDetail> letter_in(Tx& tx, const std::string& module, const std::string& kind,
                                          const std::string& id) {
  auto rows =
      kind == "job"
          ? tx.query("SELECT type, key, attempts, last_error, dead_at, payload, trace FROM jobs"
                     " WHERE job_id = $1 AND dead_at IS NOT NULL",
                     id)
          : tx.query("SELECT type, key, attempts, last_error, dead_at, payload, trace FROM dead_events"
                     " WHERE consumer = $1 AND event_id = $2",
                     module, id.substr(std::min(id.size(), module.size() + 1)));
  if (rows.empty()) return std::nullopt;
  auto row = rows.front();
  return DeadLetterDetail{{module, kind, id, row.get<std::string>(0), row.get<std::string>(1),
                           row.get<std::int64_t>(2), row.get<std::string>(3), row.get<Time>(4)},
                          row.get<std::string>(5),
                          row.get<std::string>(6)};
}

}  // namespace

Task<std::vector<DeadLetter>> DeadLetterBox::list(const Call& call, std::size_t limit) {
  std::vector<DeadLetter> all;
  auto asked = call;
  for (const auto& place : places_) {
    auto name = place.module->name();
    auto some = co_await place.module->database().read(asked, name,
                                                       [=](Tx& tx) { return letters_of(tx, name, limit); });
    all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.dead_at > b.dead_at; });
  if (all.size() > limit) all.resize(limit);
  co_return all;
}

Task<std::optional<DeadLetterDetail>> DeadLetterBox::find(const Call& call, const std::string& module,
                                                          const std::string& kind, const std::string& id) {
  auto place =
      std::find_if(places_.begin(), places_.end(), [&](const auto& p) { return p.module->name() == module; });
  bool known = place != places_.end() && (kind == "job" || (kind == "event" && id.starts_with(module + "/")));
  if (!known) co_return std::nullopt;
  co_return co_await place->module->database().read(call, module,
                                                    [=](Tx& tx) { return letter_in(tx, module, kind, id); });
}

Task<bool> DeadLetterBox::replay(const Call& call, const std::string& module, const std::string& kind,
                                 const std::string& id) {
  auto place =
      std::find_if(places_.begin(), places_.end(), [&](const auto& p) { return p.module->name() == module; });
  if (place == places_.end()) co_return false;
  auto prefix = module + "/";
  if (kind == "job") co_return co_await replay_job(call, *place, id);
  if (kind != "event" || !id.starts_with(prefix)) co_return false;
  co_return co_await replay_event(call, *place, id.substr(prefix.size()));
}

Task<bool> DeadLetterBox::replay_job(Call call, Place place, std::string job_id) {
  auto now = clock_.now();
  auto count = co_await place.module->database().transact(call, job_id, [&](Tx& tx) {
    return tx.exec(
        "UPDATE jobs SET attempts = 0, run_at = $2, dead_at = NULL WHERE job_id = $1 AND dead_at IS NOT NULL",
        job_id, now);
  });
  if (count == 1 && place.wake_jobs) place.wake_jobs();
  co_return count == 1;
}

// The letter goes and its effect comes in one transaction; its inbox record is there already.
Task<bool> DeadLetterBox::replay_event(Call call, Place place, std::string event_id) {
  auto& module = *place.module;
  std::string error;
  try {
    co_return co_await module.database().transact(call, event_id, [&](Tx& tx) {
      auto rows = tx.query(
          "DELETE FROM dead_events WHERE consumer = $1 AND event_id = $2 RETURNING type, payload, trace",
          module.name(), event_id);
      if (rows.empty()) return false;
      auto handler = module.consumer.handlers.find(rows.front().get<std::string>(0));
      if (handler == module.consumer.handlers.end()) {
        throw Error(ErrorCode::conflict, "no_handler",
                    module.name() + " no longer handles this type of event");
      }
      tx.continue_trace(rows.front().get<std::string>(2));
      handler->second(tx, rows.front().get<std::string>(1));
      return true;
    });
  } catch (const std::exception& failure) {
    error = failure_text(failure);
  }
  co_await module.database().transact(call, event_id, [&](Tx& tx) {
    return tx.exec("UPDATE dead_events SET attempts = attempts + 1, last_error = $3, dead_at = $4"
                   " WHERE consumer = $1 AND event_id = $2",
                   module.name(), event_id, error, tx.now());
  });
  throw Error(ErrorCode::conflict, "replay_failed", "the event failed again: " + error);
}

}  // namespace bramble
