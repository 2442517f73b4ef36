#include "gateways/ops/order_dossier.h"

#include <algorithm>

#include "gateways/ops/names.h"
#include "gateways/ops/payloads.h"

namespace bramble::ops {
namespace {

constexpr std::int64_t most_holds = 50;
// Events are published together with what they tell of: around its time they are found.
constexpr Duration around = seconds(10);

std::string trace_id_in(const std::string& traceparent) {
  return trace_id_of(parse_traceparent(traceparent));
}

std::vector<Time> times_of(const OrderFacts& facts) {
  std::vector<Time> times{facts.inspection.order.created_at, facts.inspection.order.changed_at};
  for (const auto& step : facts.inspection.history) times.push_back(step.at);
  for (const auto& attempt : facts.money.attempts) {
    times.push_back(attempt.created_at);
    times.push_back(attempt.updated_at);
  }
  for (const auto& webhook : facts.money.webhooks) times.push_back(webhook.received_at);
  for (const auto& entry : facts.money.entries) times.push_back(entry.at);
  for (const auto& hold : facts.holds) times.push_back(hold.created_at);
  for (const auto& movement : facts.work.movements) times.push_back(movement.at);
  for (const auto& gap : facts.work.shorts) times.push_back(gap.at);
  for (const auto& refund : facts.money.refunds) times.push_back(refund.created_at);
  for (const auto& work : facts.work.tasks) {
    times.push_back(work.task.created_at);
    for (const auto& scan : work.scans) times.push_back(scan.at);
  }
  std::erase(times, Time{0});
  std::sort(times.begin(), times.end());
  return times;
}

std::vector<TimeSpan> spans_of(const std::vector<Time>& times) {
  std::vector<TimeSpan> spans;
  for (auto time : times) {
    if (!spans.empty() && time - around <= spans.back().until) {
      spans.back().until = time + around;
    } else {
      spans.push_back({time - around, time + around});
    }
  }
  return spans;
}

ReceiptRow row_of(EventReceipt& receipt) {
  ReceiptRow row{receipt.consumer, ReceiptState::waiting, std::nullopt, receipt.attempts, receipt.last_error};
  if (receipt.state == EventReceipt::State::waiting) return row;
  row.state = receipt.state == EventReceipt::State::taken ? ReceiptState::taken : ReceiptState::dead;
  row.at = receipt.at;
  return row;
}

void take_messages(OrderFacts& facts, MessageHistory& trail) {
  for (auto& event : trail.events) {
    EventRow row{event.publisher,
                 event.seq,
                 event.event_id,
                 event.type,
                 trace_id_in(event.trace),
                 event.created_at,
                 event.published_at,
                 {},
                 payload_text(event.type, event.payload)};
    for (auto& receipt : event.receipts) row.receipts.push_back(row_of(receipt));
    facts.events.push_back(std::move(row));
  }
  for (auto& job : trail.jobs) {
    facts.jobs.push_back({job.module, job.job_id, job.type, job.key, trace_id_in(job.trace), job.created_at,
                          job.run_at, job.attempts, job.last_error, job.dead_at});
  }
}

struct Story {
  OrderFacts facts;
  std::optional<orders::OrderView> view;
  notifications::OrderNoticesReply notices;
  MessageHistory trail;
  std::map<std::string, std::string> names;
};

Task<std::optional<orders::OrderView>> view_of(orders::OrdersApi& orders, Call call, OrderId order) {
  try {
    co_return co_await orders.get(call, {order});
  } catch (const Error& error) {
    // It is being created; or it is not there, which its inspection tells.
    if (error.code != ErrorCode::not_found) throw;
  }
  co_return std::nullopt;
}

Task<MessageHistory> trail_of(MessageHistories& trails, Call call, OrderId order, const OrderFacts& facts) {
  std::vector<std::string> keys{order.text()};
  for (const auto& attempt : facts.money.attempts) keys.push_back(attempt.payment.payment_id.text());
  co_return co_await trails.find(call, order.text(), std::move(keys), spans_of(times_of(facts)));
}

Task<void> read_facts(DossierSources sources, Call call, OrderId order, Parts& parts, Story& story) {
  inventory::ListHoldsReply holds;
  auto& facts = story.facts;
  parts.add("order", sources.orders.get_order_details(call, {order}), facts.inspection);
  parts.add("payments", sources.payments.get_order_payments(call, {order}), facts.money);
  parts.add("holds", sources.inventory.list_holds(call, {order, std::nullopt, false, most_holds}), holds);
  parts.add("warehouse", sources.warehouse.inspect_order(call, {order}), facts.work);
  co_await parts.read();
  for (const auto& part : parts.missing()) {
    if (part.part == "order" && part.code == "order_not_found") {
      throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
    }
  }
  facts.holds = std::move(holds.items);
  parts.add("messages", trail_of(sources.trails, call, order, facts), story.trail);
  co_await parts.read();
  for (const auto& module : story.trail.unread) {
    parts.note({"messages", "unread", "the messages of " + module + " cannot be read"});
  }
  take_messages(facts, story.trail);
  facts.dependencies = sources.dependencies;
  facts.money_missing = parts.is_missing("payments");
  facts.holds_missing = parts.is_missing("holds");
  facts.work_missing = parts.is_missing("warehouse");
}

Call call_of_part(Call call, const Clock& clock) {
  call.deadline = std::min(call.deadline, clock.now() + part_time);
  return call;
}

Verdict verdict_in(const Parts& parts, const OrderFacts& facts, Time now) {
  auto verdict = parts.is_missing("order") ? Verdict{} : verdict_of(facts, now);
  if (parts.is_missing("order")) verdict.waits_for = WaitsFor::unknown;
  return verdict;
}

}  // namespace

Task<OrderDossier> read_dossier(DossierSources sources, Call call, OrderId order) {
  Parts parts;
  Story story;
  call = call_of_part(std::move(call), sources.clock);
  co_await read_facts(sources, call, order, parts, story);
  auto& facts = story.facts;
  const auto& user = facts.inspection.order.user_id;
  parts.add("view", view_of(sources.orders, call, order), story.view);
  if (!user.empty()) {
    parts.add("notices", sources.notifications.order_notices(call, {user, order, call.language}),
              story.notices);
  }
  parts.add("names",
            names_for({sources.catalog, sources.warehouse, sources.pickup, sources.auth}, call,
                      nameless_in(facts)),
            story.names);
  co_await parts.read();
  OrderDossier dossier;
  dossier.names = std::move(story.names);
  dossier.verdict = verdict_in(parts, facts, sources.clock.now());
  dossier.order = std::move(story.view);
  for (const auto& work : facts.work.tasks) dossier.tasks.push_back(work.task);
  dossier.inspection = std::move(facts.inspection);
  dossier.money = std::move(facts.money);
  dossier.holds = std::move(facts.holds);
  dossier.work = std::move(facts.work);
  dossier.events = std::move(facts.events);
  dossier.jobs = std::move(facts.jobs);
  dossier.notices = std::move(story.notices.items);
  dossier.messages_complete = story.trail.complete;
  dossier.missing = parts.missing();
  co_return dossier;
}

Task<Verdict> read_verdict(DossierSources sources, Call call, OrderId order) {
  Parts parts;
  Story story;
  co_await read_facts(sources, call_of_part(std::move(call), sources.clock), order, parts, story);
  co_return verdict_in(parts, story.facts, sources.clock.now());
}

}  // namespace bramble::ops
