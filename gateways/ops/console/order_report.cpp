#include "gateways/ops/console/order_report.h"

#include <algorithm>

#include "gateways/ops/console/payloads.h"
#include "gateways/ops/names.h"

namespace bramble::ops {
namespace {

constexpr std::int64_t most_holds = 50;
// An event has about the time of the change that it reports.
constexpr Duration around = seconds(10);

std::string trace_id_in(const std::string& traceparent) {
  return trace_id_of(parse_traceparent(traceparent));
}

std::vector<Time> times_of(const OrderEvidence& evidence) {
  std::vector<Time> times{evidence.inspection.order.created_at, evidence.inspection.order.changed_at};
  for (const auto& step : evidence.inspection.history) times.push_back(step.at);
  for (const auto& attempt : evidence.money.attempts) {
    times.push_back(attempt.created_at);
    times.push_back(attempt.updated_at);
  }
  for (const auto& webhook : evidence.money.webhooks) times.push_back(webhook.received_at);
  for (const auto& entry : evidence.money.entries) times.push_back(entry.at);
  for (const auto& hold : evidence.holds) times.push_back(hold.created_at);
  for (const auto& movement : evidence.work.movements) times.push_back(movement.at);
  for (const auto& gap : evidence.work.shorts) times.push_back(gap.at);
  for (const auto& refund : evidence.money.refunds) times.push_back(refund.created_at);
  for (const auto& work : evidence.work.tasks) {
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

void take_messages(OrderEvidence& evidence, MessageHistory& trail) {
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
    evidence.events.push_back(std::move(row));
  }
  for (auto& job : trail.jobs) {
    evidence.jobs.push_back({job.module, job.job_id, job.type, job.key, trace_id_in(job.trace),
                             job.created_at, job.run_at, job.attempts, job.last_error, job.dead_at});
  }
}

struct ReportData {
  OrderEvidence evidence;
  std::optional<orders::OrderView> view;
  notifications::OrderNoticesReply notices;
  MessageHistory trail;
  std::map<std::string, std::string> names;
};

Task<std::optional<orders::OrderView>> view_of(orders::OrdersApi& orders, Call call, OrderId order) {
  try {
    co_return co_await orders.get(call, {order});
  } catch (const Error& error) {
    // The order is being created, or does not exist; the inspection shows which.
    if (error.code != ErrorCode::not_found) throw;
  }
  co_return std::nullopt;
}

Task<MessageHistory> trail_of(MessageHistories& trails, Call call, OrderId order,
                              const OrderEvidence& evidence) {
  std::vector<std::string> keys{order.text()};
  for (const auto& attempt : evidence.money.attempts) keys.push_back(attempt.payment.payment_id.text());
  co_return co_await trails.find(call, order.text(), std::move(keys), spans_of(times_of(evidence)));
}

Task<void> read_evidence(OrderReportSources sources, Call call, OrderId order, ParallelReads& reads,
                         ReportData& data) {
  inventory::ListHoldsReply holds;
  auto& evidence = data.evidence;
  reads.add("order", sources.orders.get_order_details(call, {order}), evidence.inspection);
  reads.add("payments", sources.payments.get_order_payments(call, {order}), evidence.money);
  reads.add("holds", sources.inventory.list_holds(call, {order, std::nullopt, false, most_holds}), holds);
  reads.add("warehouse", sources.warehouse.inspect_order(call, {order}), evidence.work);
  co_await reads.read();
  for (const auto& part : reads.missing()) {
    if (part.part == "order" && part.code == "order_not_found") {
      throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
    }
  }
  evidence.holds = std::move(holds.items);
  reads.add("messages", trail_of(sources.trails, call, order, evidence), data.trail);
  co_await reads.read();
  for (const auto& module : data.trail.unread) {
    reads.note({"messages", "unread", "the messages of " + module + " cannot be read"});
  }
  take_messages(evidence, data.trail);
  evidence.dependencies = sources.dependencies;
  evidence.money_missing = reads.is_missing("payments");
  evidence.holds_missing = reads.is_missing("holds");
  evidence.work_missing = reads.is_missing("warehouse");
}

Call call_of_part(Call call, const Clock& clock) {
  call.deadline = std::min(call.deadline, clock.now() + read_time_limit);
  return call;
}

OrderDiagnosis diagnosis_in(const ParallelReads& reads, const OrderEvidence& evidence, Time now) {
  auto diagnosis = reads.is_missing("order") ? OrderDiagnosis{} : diagnose(evidence, now);
  if (reads.is_missing("order")) diagnosis.waits_for = WaitsFor::unknown;
  return diagnosis;
}

}  // namespace

Task<OrderReport> read_order_report(OrderReportSources sources, Call call, OrderId order) {
  ParallelReads reads;
  ReportData data;
  call = call_of_part(std::move(call), sources.clock);
  co_await read_evidence(sources, call, order, reads, data);
  auto& evidence = data.evidence;
  const auto& user = evidence.inspection.order.user_id;
  reads.add("view", view_of(sources.orders, call, order), data.view);
  if (!user.empty()) {
    reads.add("notices", sources.notifications.order_notices(call, {user, order, call.language}),
              data.notices);
  }
  reads.add("names",
            names_for({sources.catalog, sources.warehouse, sources.pickup, sources.auth}, call,
                      nameless_in(evidence)),
            data.names);
  co_await reads.read();
  OrderReport report;
  report.names = std::move(data.names);
  report.verdict = diagnosis_in(reads, evidence, sources.clock.now());
  report.order = std::move(data.view);
  for (const auto& work : evidence.work.tasks) report.tasks.push_back(work.task);
  report.inspection = std::move(evidence.inspection);
  report.money = std::move(evidence.money);
  report.holds = std::move(evidence.holds);
  report.work = std::move(evidence.work);
  report.events = std::move(evidence.events);
  report.jobs = std::move(evidence.jobs);
  report.notices = std::move(data.notices.items);
  report.messages_complete = data.trail.complete;
  report.missing = reads.missing();
  co_return report;
}

Task<OrderDiagnosis> read_diagnosis(OrderReportSources sources, Call call, OrderId order) {
  ParallelReads reads;
  ReportData data;
  co_await read_evidence(sources, call_of_part(std::move(call), sources.clock), order, reads, data);
  co_return diagnosis_in(reads, data.evidence, sources.clock.now());
}

}  // namespace bramble::ops
