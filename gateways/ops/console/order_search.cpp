#include "gateways/ops/console/order_search.h"

namespace bramble::ops {
namespace {

constexpr std::int64_t usual_page = 25;
constexpr std::int64_t usual_minutes = 15;

// A page with that order; empty if it does not exist.
Task<OrderPage> only(orders::OrdersApi& orders, Call call, std::optional<OrderId> order) {
  OrderPage page;
  if (!order) co_return page;
  try {
    auto inspection = co_await orders.get_order_details(call, {*order});
    page.items.push_back(std::move(inspection.order));
  } catch (const Error& error) {
    if (error.code != ErrorCode::not_found) throw;
  }
  co_return page;
}

Task<std::optional<OrderId>> order_of_payment(payments::PaymentsApi& payments, Call call, PaymentId payment) {
  payments::ListAttemptsRequest request;
  request.payment_id = payment;
  request.limit = 1;
  auto found = co_await payments.list_attempts(call, std::move(request));
  if (found.items.empty()) co_return std::nullopt;
  co_return found.items.front().order_id;
}

Task<void> diagnose(OrderReportSources sources, Call call, HangingRow& row) {
  try {
    row.verdict = co_await read_diagnosis(sources, call, row.order.order_id);
  } catch (const Error&) {
    row.verdict.waits_for = WaitsFor::unknown;
  }
}

}  // namespace

Task<OrderPage> search_orders(OrderReportSources sources, auth::AuthApi& auth, Call call,
                              OrderSearchQuery query) {
  if (query.order_id) co_return co_await only(sources.orders, call, query.order_id);
  if (query.payment_id) {
    auto order = co_await order_of_payment(sources.payments, call, *query.payment_id);
    co_return co_await only(sources.orders, call, order);
  }
  if (query.package_barcode) {
    auto found = co_await sources.warehouse.find_package(call, {*query.package_barcode});
    co_return co_await only(sources.orders, call, found.order_id);
  }
  orders::SearchRequest request{query.user_id,
                                query.sku_id,
                                query.status,
                                query.since,
                                query.until,
                                query.before,
                                query.limit.value_or(usual_page),
                                query.number};
  if (query.phone) {
    auto found = co_await auth.find_user(call, {*query.phone});
    bool another = request.user_id && request.user_id != found.user_id;
    if (!found.user_id || another) co_return OrderPage{};
    request.user_id = found.user_id;
  }
  auto found = co_await sources.orders.search(call, std::move(request));
  co_return OrderPage{std::move(found.items), found.next};
}

Task<HangingPage> hanging_orders(OrderReportSources sources, Call call, HangingQuery query) {
  auto before = sources.clock.now() - minutes(query.minutes.value_or(usual_minutes));
  auto found =
      co_await sources.orders.list_unfinished(call, {before, query.after, query.limit.value_or(usual_page)});
  HangingPage page;
  page.next = found.next;
  for (auto& order : found.items) page.items.push_back({std::move(order), {}});
  std::vector<Task<void>> tasks;
  for (auto& row : page.items) tasks.push_back(diagnose(sources, call, row));
  co_await all(std::move(tasks));
  co_return page;
}

}  // namespace bramble::ops
