// The routes of the ops console: what the person on call looks at.
#include "gateways/ops/finder.h"
#include "gateways/ops/ops_gateway.h"
#include "gateways/ops/payloads.h"

namespace bramble::ops {
namespace {

constexpr std::int64_t usual_limit = 25;
constexpr std::int64_t usual_dead_letters = 200;
constexpr std::int64_t most_dead_letters = 10'000;

std::int64_t offset_of(const std::optional<std::int64_t>& page, std::int64_t limit) {
  return (page.value_or(1) - 1) * limit;
}

DeadLetterRow row_of(const DeadLetter& letter) {
  return {letter.module, letter.kind,     letter.id,         letter.type,
          letter.key,    letter.attempts, letter.last_error, letter.dead_at};
}

QueueRow row_of(const ModuleReport& module) {
  QueueRow row{module.module, module.readable};
  row.events_waiting = module.events_waiting;
  row.oldest_event_ms = module.oldest_event_us / 1'000;
  row.events_in_hand = module.events_in_hand;
  row.jobs_due = module.jobs_due;
  row.oldest_job_ms = module.oldest_job_us / 1'000;
  row.jobs_running = module.jobs_running;
  row.dead_jobs = module.dead_jobs;
  row.dead_events = module.dead_events;
  row.units_queued = static_cast<std::int64_t>(module.units_queued);
  row.units = static_cast<std::int64_t>(module.units);
  row.failed_units = static_cast<std::int64_t>(module.failed_units);
  row.commits = static_cast<std::int64_t>(module.commits);
  row.reads = static_cast<std::int64_t>(module.reads);
  return row;
}

}  // namespace

DossierSources OpsGateway::dossier_sources() {
  return {services_.orders,          services_.payments, services_.inventory, services_.warehouse,
          services_.notifications,   services_.auth,     services_.pickup,    services_.catalog,
          host_.message_histories(), host_.clock(),      host_.dependencies()};
}

Task<OrderDossier> OpsGateway::order(edge::HttpCall& http, OrderQuery request) {
  co_return co_await read_dossier(dossier_sources(), http.call, request.order_id);
}

Task<orders::OrderView> OpsGateway::check_payment(edge::HttpCall& http, OrderQuery request) {
  co_return co_await services_.orders.ask_bank(http.call, {request.order_id});
}

Task<OrderPage> OpsGateway::search_orders(edge::HttpCall& http, OrderSearchQuery request) {
  co_return co_await ops::search_orders(dossier_sources(), services_.auth, http.call, std::move(request));
}

Task<FoundPage> OpsGateway::find(edge::HttpCall& http, FindQuery request) {
  FinderSources sources{services_.catalog, services_.orders, services_.pickup, services_.warehouse};
  auto call = http.call;
  call.deadline = std::min(call.deadline, host_.clock().now() + part_time);
  co_return co_await ops::find(sources, std::move(call), std::move(request));
}

Task<HangingPage> OpsGateway::hanging_orders(edge::HttpCall& http, HangingQuery request) {
  co_return co_await ops::hanging_orders(dossier_sources(), http.call, std::move(request));
}

Task<StockDossier> OpsGateway::sku_stock(edge::HttpCall& http, StockDossierQuery request) {
  StockSources sources{services_.catalog, services_.inventory, services_.warehouse, host_.clock()};
  co_return co_await read_stock(sources, http.call, request.sku_id);
}

Task<MovementsPage> OpsGateway::movements(edge::HttpCall& http, MovementsQuery request) {
  auto found =
      co_await services_.warehouse.list_movements(http.call, {request.sku_id, request.site, request.before,
                                                              request.limit.value_or(usual_limit)});
  auto names = co_await names_for(name_sources(), http.call, nameless_in(found.items));
  co_return MovementsPage{std::move(found.items), found.next, std::move(names)};
}

Task<payments::ListAttemptsReply> OpsGateway::payments(edge::HttpCall& http, PaymentsQuery request) {
  co_return co_await services_.payments.list_attempts(
      http.call, {request.open.value_or(false), request.status, request.payment_id, request.from,
                  request.limit.value_or(usual_limit)});
}

Task<payments::ListWebhooksReply> OpsGateway::webhooks(edge::HttpCall& http, WebhooksQuery request) {
  auto limit = request.limit.value_or(usual_limit);
  co_return co_await services_.payments.list_webhooks(http.call,
                                                      {request.unapplied.value_or(false), request.payment_id,
                                                       offset_of(request.page, limit), limit});
}

Task<payments::SuspenseReply> OpsGateway::suspense(edge::HttpCall& http, SuspenseQuery request) {
  auto limit = request.limit.value_or(usual_limit);
  co_return co_await services_.payments.list_suspense(http.call, {offset_of(request.page, limit), limit});
}

Task<QueuesPage> OpsGateway::queues(edge::HttpCall&, Nothing) {
  auto report = host_.report();
  QueuesPage page;
  page.version = report.version;
  page.built_at = report.built_at;
  page.started_at = report.started_at;
  page.now = report.now;
  page.resident_bytes = report.resident_bytes;
  page.cpu_seconds = report.cpu_seconds;
  page.open_files = report.open_files;
  for (const auto& module : report.modules) page.modules.push_back(row_of(module));
  co_return page;
}

Task<DeadLettersPage> OpsGateway::dead_letters(edge::HttpCall& http, DeadLettersQuery request) {
  auto limit = request.limit.value_or(usual_dead_letters);
  auto first = offset_of(request.page, limit);
  auto wanted = request.module ? most_dead_letters : first + limit;
  auto letters = co_await host_.dead_letters().list(http.call, static_cast<std::size_t>(wanted));
  std::erase_if(letters,
                [&](const auto& letter) { return request.module && letter.module != *request.module; });
  DeadLettersPage page;
  auto end = std::min(std::ssize(letters), first + limit);
  for (auto i = first; i < end; ++i) page.items.push_back(row_of(letters[static_cast<std::size_t>(i)]));
  co_return page;
}

Task<DeadLetterView> OpsGateway::dead_letter(edge::HttpCall& http, DeadLetterQuery request) {
  auto found = co_await host_.dead_letters().find(http.call, request.module, request.kind, request.id);
  if (!found) throw Error(ErrorCode::not_found, "dead_letter_not_found", "there is no such dead letter");
  co_return DeadLetterView{row_of(found->letter), payload_text(found->letter.type, found->payload),
                           trace_id_of(parse_traceparent(found->trace))};
}

// Who had it tried again is written down, however it ends.
Task<Empty> OpsGateway::replay_dead_letter(edge::HttpCall& http, DeadLetterQuery request) {
  auto log = [&](std::string_view outcome) {
    host_.log().write(LogLevel::info, "dead letter replayed",
                      {{"audit", "dead_letter_replay"},
                       {"by", http.call.caller.id},
                       {"module", request.module},
                       {"kind", request.kind},
                       {"id", request.id},
                       {"outcome", outcome}},
                      &http.call);
  };
  bool found = false;
  try {
    found = co_await host_.dead_letters().replay(http.call, request.module, request.kind, request.id);
  } catch (const Error& error) {
    log(error.reason);
    throw;
  }
  log(found ? "done" : "not_found");
  if (!found) throw Error(ErrorCode::not_found, "dead_letter_not_found", "there is no such dead letter");
  co_return Empty{};
}

}  // namespace bramble::ops
