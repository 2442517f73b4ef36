#include "services/warehouse/picking/pick_orders.h"

#include <algorithm>

#include "services/warehouse/picking/pick_rules.h"

namespace bramble::warehouse {

void PickOrders::on_order_paid(Tx& tx, const orders::OrderPaid& event) const {
  if (picks_.find_order(tx, event.order_id)) return;
  picks_.add_order(tx, event.order_id, event.pickup_point_id);
  add_tasks(tx, event.order_id, event.items);
}

void PickOrders::add_tasks(Tx& tx, const OrderId& order, const std::vector<orders::PaidItem>& units) const {
  std::map<SiteId, std::map<SkuId, std::int64_t>> wanted;
  for (const auto& item : units) ++wanted[item.site_id][item.sku_id];
  for (const auto& [site, skus] : wanted) {
    PickTask task;
    task.task_id = new_id<TaskId>(clock_, random_, site.text());
    task.order_id = order;
    task.site_id = site;
    task.created_at = tx.now();
    add_task(tx, std::move(task), skus);
  }
}

// Units that were sold and are in no bin get a line without a bin, which is short from the start.
void PickOrders::add_task(Tx& tx, PickTask task, const std::map<SkuId, std::int64_t>& wanted) const {
  std::vector<std::size_t> unbacked;
  bool any_to_pick = false;
  for (const auto& [sku, quantity] : wanted) {
    auto missing = quantity;
    for (const auto& part :
         goods_.reserve(tx, {task.site_id, sku, "", quantity, task.task_id.text(), "orders"})) {
      task.lines.push_back({sku, "", part.bin, part.quantity, 0, 0});
      missing -= part.quantity;
      any_to_pick = true;
    }
    if (missing == 0) continue;
    unbacked.push_back(task.lines.size());
    task.lines.push_back({sku, "", "", missing, 0, 0});
  }
  if (!any_to_pick) task.status = TaskStatus::cancelled;
  picks_.add_task(tx, task);
  for (auto line : unbacked) report_unbacked(tx, task, line);
}

// The books have fewer goods than were sold. Orders hears of it as if a worker had looked, so the order does
// not stay paid for goods that never come.
void PickOrders::report_unbacked(Tx& tx, const PickTask& task, std::size_t line) const {
  const auto& wanted = task.lines[line];
  ShortRequest report{task.task_id,
                      "books-" + task.task_id.text() + "-" + std::to_string(line),
                      "",
                      "",
                      wanted.quantity,
                      ShortReason::not_found};
  picks_.add_short(tx, report, line, task, "orders");
  tx.publish(PickShort{task.order_id, report.short_id, task.task_id, task.site_id, wanted.sku_id,
                       wanted.quantity, report.reason, tx.now()});
}

void PickOrders::start_assembly(Tx& tx, const OrderId& order) const {
  if (picks_.find_order(tx, order) != PickState::open) return;
  picks_.put_order(tx, order, PickState::started);
  tx.publish(AssemblyStarted{order});
}

void PickOrders::complete_if_packed(Tx& tx, const OrderId& order) const {
  auto tasks = picks_.tasks_of(tx, order);
  AssemblyComplete complete{order, {}};
  bool any_short = false;
  for (const auto& task : tasks) {
    if (task.status == TaskStatus::open) return;
    any_short = any_short || has_missing(task);
    if (task.package_barcode) complete.package_barcodes.push_back(*task.package_barcode);
  }
  if (any_short && picks_.has_undecided(tx, order)) return;
  if (complete.package_barcodes.empty()) {
    picks_.put_order(tx, order, PickState::cancelled);
    return;
  }
  picks_.put_order(tx, order, PickState::packed);
  tx.publish(complete);
}

Task<CancelPickReply> PickOrders::cancel_pick(Call call, CancelPickRequest request) {
  co_return co_await database_.transact(call, request.order_id.text(),
                                        [&](Tx& tx) { return cancel_in(tx, request.order_id); });
}

// Only what is not packed can be cancelled; its goods go back to their bins.
CancelPickReply PickOrders::cancel_in(Tx& tx, const OrderId& order) const {
  if (picks_.find_order(tx, order) == PickState::cancelled) return {CancelPickOutcome::accepted};
  auto tasks = picks_.tasks_of(tx, order);
  for (const auto& task : tasks) {
    if (task.status == TaskStatus::done) return {CancelPickOutcome::packed};
  }
  bool any_short = std::any_of(tasks.begin(), tasks.end(), has_missing);
  if (any_short && picks_.has_undecided(tx, order)) return {CancelPickOutcome::undecided};
  for (const auto& task : tasks) {
    for (const auto& line : task.lines) {
      auto left = line.quantity - line.picked - line.missing;
      Move move{task.site_id, line.sku_id, line.bin, left, task.task_id.text(), "orders"};
      goods_.unreserve(tx, move);
      move.quantity = line.picked;
      goods_.unpick(tx, move);
    }
    picks_.cancel_task(tx, task.task_id);
  }
  // Also if the order has not come here yet: when it comes, it is cancelled already.
  picks_.put_order(tx, order, PickState::cancelled);
  return {CancelPickOutcome::accepted};
}

}  // namespace bramble::warehouse
