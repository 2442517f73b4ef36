#include "services/warehouse/warehouse_service.h"

#include "base/error.h"
#include "base/goods_code.h"

namespace bramble::warehouse {
namespace {

// Whether the receipt is the answer to this request. Of an opening stock it has what was new when it came.
bool is_what_came(const Receipt& receipt, const ReceiveRequest& request) {
  if (!request.opening) return receipt.lines == request.lines;
  return std::all_of(receipt.lines.begin(), receipt.lines.end(), [&](const auto& line) {
    return std::find(request.lines.begin(), request.lines.end(), line) != request.lines.end();
  });
}

}  // namespace

void WarehouseService::check_works_at(const Call& call, const SiteId& site) const {
  const auto& caller = call.caller;
  if (caller.kind == CallerKind::system) return;
  bool worker = caller.kind == CallerKind::staff &&
                (caller.has_role("warehouse") || caller.has_role("supervisor") || caller.has_role("admin"));
  if (!worker) throw Error(ErrorCode::forbidden, "not_a_worker", "only warehouse staff may do this");
  bool elsewhere = !caller.site.empty() && caller.site != site.text() && !caller.has_role("admin");
  if (settings_.bind_workers && elsewhere) {
    throw Error(ErrorCode::forbidden, "other_site", "you work at " + caller.site + ", not at " + site.text());
  }
}

Task<ListSitesReply> WarehouseService::list_sites(Call call, ListSitesRequest) {
  co_return co_await database_.read(call, "", [&](Tx& tx) { return ListSitesReply{goods_.sites(tx)}; });
}

Task<Site> WarehouseService::open_site(Call call, OpenSiteRequest request) {
  const auto& site = request.site;
  if (site.site_id.empty()) throw_invalid("site.site_id", "required", "is required");
  co_return co_await database_.transact(call, site.site_id.text(), [&](Tx& tx) {
    goods_.put_site(tx, site);
    tx.publish(SiteOpened{site.site_id, site.title, site.type, site.lat, site.lon});
    return site;
  });
}

Task<ListStockReply> WarehouseService::list_stock(Call call, ListStockRequest request) {
  co_return co_await database_.read(call, "", [&](Tx& tx) {
    return ListStockReply{goods_.stock(tx, request), goods_.count_stock(tx, request)};
  });
}

// The barcodes of the goods on a receipt. What the warehouse has not seen before, the catalogue has to know.
Task<WarehouseService::Barcodes> WarehouseService::labels_of(Call call, ReceiveRequest request) {
  Barcodes known = co_await database_.read(call, request.site_id.text(), [&](Tx& tx) {
    Barcodes found;
    for (const auto& line : request.lines) {
      if (auto barcode = goods_.barcode(tx, line.sku_id)) found[line.sku_id] = *barcode;
    }
    return found;
  });
  catalog::GetSkusRequest unknown;
  for (const auto& line : request.lines) {
    if (!known.contains(line.sku_id)) unknown.sku_ids.push_back(line.sku_id);
  }
  if (!unknown.sku_ids.empty()) {
    auto told = co_await catalog_.get_skus(call, std::move(unknown));
    for (auto& sku : told.items) known[sku.sku_id] = sku.barcode.empty() ? sku.sku_id.text() : sku.barcode;
  }
  std::vector<FieldError> errors;
  for (std::size_t i = 0; i < request.lines.size(); ++i) {
    if (known.contains(request.lines[i].sku_id)) continue;
    errors.push_back({"lines[" + std::to_string(i) + "].sku_id", "unknown_sku", "no card has this SKU"});
  }
  if (!errors.empty())
    throw Error(ErrorCode::invalid, "invalid_input", "a line names an unknown SKU", errors);
  co_return known;
}

Task<Receipt> WarehouseService::receive(Call call, ReceiveRequest request) {
  check_works_at(call, request.site_id);
  if (request.lines.empty()) throw_invalid("lines", "required", "at least one line");
  auto barcodes = co_await labels_of(call, request);
  co_return co_await database_.transact(call, request.site_id.text(),
                                        [&](Tx& tx) { return receive_in(tx, call, request, barcodes); });
}

Receipt WarehouseService::receive_in(Tx& tx, const Call& call, const ReceiveRequest& request,
                                     const Barcodes& barcodes) {
  if (auto earlier = goods_.find_receipt(tx, request.receipt_id)) {
    if (earlier->site_id == request.site_id && is_what_came(*earlier, request)) {
      if (auto undo = undos_.find(tx, request.receipt_id); undo && undo->done) earlier->undone_at = undo->at;
      return *earlier;
    }
    throw Error(ErrorCode::conflict, "receipt_reused",
                "receipt " + request.receipt_id + " had other contents");
  }
  if (!goods_.find_site(tx, request.site_id))
    throw_invalid("site_id", "unknown_site", "a site of /warehouse/sites");
  check_bins(tx, request);
  Receipt receipt{request.receipt_id, request.site_id, tx.now(), request.lines, std::nullopt};
  if (request.opening) {
    std::erase_if(receipt.lines,
                  [&](const auto& line) { return goods_.has_had(tx, request.site_id, line.sku_id); });
    if (receipt.lines.empty()) return receipt;
  }
  goods_.add_receipt(tx, receipt);
  std::map<SkuId, std::int64_t> granted;
  for (const auto& line : receipt.lines) {
    goods_.put_barcode(tx, line.sku_id, barcodes.at(line.sku_id));
    goods_.receive(tx, {request.site_id, line.sku_id, line.bin, line.quantity, request.receipt_id,
                        call.caller.id});
    granted[line.sku_id] += line.quantity;
  }
  auto [epoch, seq] = goods_.next_grant(tx, request.site_id);
  SellRightsGranted grant{request.site_id, epoch, seq, {}};
  for (const auto& [sku, quantity] : granted) grant.lines.push_back({sku, quantity});
  tx.publish(grant);
  return receipt;
}

Task<ListTasksReply> WarehouseService::list_tasks(Call call, ListTasksRequest request) {
  if (request.site) check_works_at(call, *request.site);
  if (!request.site && settings_.bind_workers && !call.caller.site.empty())
    request.site = SiteId(call.caller.site);
  if (request.type && *request.type != "pick") throw_invalid("type", "not_allowed", "pick");
  auto status = request.status.value_or(TaskStatus::open);
  co_return co_await database_.read(call, "", [&](Tx& tx) {
    if (!request.order_id)
      return ListTasksReply{picks_.list(tx, request, status), picks_.count(tx, request, status)};
    ListTasksReply reply{picks_.tasks_of(tx, *request.order_id), 0};
    std::erase_if(reply.items, [&](const PickTask& task) {
      return (request.status && task.status != status) || (request.site && task.site_id != *request.site);
    });
    reply.total = std::ssize(reply.items);
    return reply;
  });
}

PickTask WarehouseService::task_for(Tx& tx, const Call& call, const TaskId& id) const {
  auto task = picks_.find_task(tx, id);
  if (!task) throw Error(ErrorCode::not_found, "task_not_found", "there is no such task");
  check_works_at(call, task->site_id);
  return std::move(*task);
}

Task<PickTask> WarehouseService::get_task(Call call, TaskRequest request) {
  co_return co_await database_.read(call, request.task_id.text(),
                                    [&](Tx& tx) { return task_for(tx, call, request.task_id); });
}

Task<ScanReply> WarehouseService::scan(Call call, ScanRequest request) {
  co_return co_await database_.transact(call, request.task_id.text(),
                                        [&](Tx& tx) { return scan_in(tx, call, request); });
}

ScanReply WarehouseService::scan_in(Tx& tx, const Call& call, const ScanRequest& request) {
  auto task = task_for(tx, call, request.task_id);
  if (auto earlier = picks_.find_scan(tx, request.scan_id)) {
    auto told = request;
    told.at.reset();
    bool same = *earlier == told;
    return {same ? ScanOutcome::picked : ScanOutcome::scan_reused, std::move(task),
            same ? "" : "scan " + request.scan_id + " had other contents"};
  }
  auto verdict = judge_scan(task, request);
  if (verdict.outcome != ScanOutcome::task_closed && !may_work_on(tx, call, task, request.at))
    return {ScanOutcome::task_taken, std::move(task), "somebody else is working on the task"};
  if (verdict.outcome != ScanOutcome::picked) return {verdict.outcome, std::move(task), verdict.detail};
  auto& line = task.lines[verdict.line];
  goods_.pick(tx,
              {task.site_id, line.sku_id, line.bin, request.quantity, task.task_id.text(), call.caller.id});
  picks_.add_picked(tx, task.task_id, verdict.line, request.quantity);
  picks_.add_scan(tx, request, call.caller.id,
                  bounded_device_time(request.at, tx.now(), settings_.late_scans_for));
  line.picked += request.quantity;
  keep_claim(tx, call, task);
  begin_assembly(tx, task.order_id);
  return {ScanOutcome::picked, std::move(task), {}};
}

void WarehouseService::begin_assembly(Tx& tx, const OrderId& order) {
  if (picks_.find_order(tx, order) != PickState::open) return;
  picks_.put_order(tx, order, PickState::started);
  tx.publish(AssemblyStarted{order});
}

Task<ScanReply> WarehouseService::complete(Call call, CompleteRequest request) {
  co_return co_await database_.transact(call, request.task_id.text(),
                                        [&](Tx& tx) { return complete_in(tx, call, request); });
}

ScanReply WarehouseService::complete_in(Tx& tx, const Call& call, const CompleteRequest& request) {
  auto task = task_for(tx, call, request.task_id);
  if (task.status == TaskStatus::done && task.package_barcode == request.package_barcode) {
    // A repeat that was sent before the label changed says nothing about the new one.
    if (request.label == task.parcel->label) {
      picks_.put_label(tx, task.task_id, *request.label);
      task.parcel->label_outdated = false;
    }
    return {ScanOutcome::picked, std::move(task), {}};
  }
  if (task.status != TaskStatus::open)
    return {ScanOutcome::task_closed, std::move(task), "the task is not open"};
  if (!may_work_on(tx, call, task, request.at))
    return {ScanOutcome::task_taken, std::move(task), "somebody else is working on the task"};
  if (!is_all_picked(task))
    return {ScanOutcome::not_all_picked, std::move(task), "some lines are not picked yet"};
  // Who scans goods instead of the parcel's label would give every parcel with these goods one code.
  // With or without what its symbol holds beside the number.
  bool is_goods = read_goods_code(request.package_barcode).is_gtin;
  if (is_goods || goods_.is_label(tx, request.package_barcode)) {
    return {ScanOutcome::package_is_goods, std::move(task),
            "the barcode is that of goods; a parcel needs a label of its own"};
  }
  if (picks_.is_package_taken(tx, request.package_barcode, task.task_id)) {
    return {ScanOutcome::package_taken, std::move(task), "the barcode is on another parcel"};
  }
  keep_claim(tx, call, task);
  picks_.pack_task(tx, task, request.package_barcode, request.label.value_or(task.parcel->label));
  finish_if_packed(tx, task.order_id);
  return {ScanOutcome::picked, picks_.find_task(tx, task.task_id).value(), {}};
}

// A wish that only hands can grant: what is packed stays packed, all else goes back to its bin.
Task<CancelPickReply> WarehouseService::cancel_pick(Call call, CancelPickRequest request) {
  co_return co_await database_.transact(call, request.order_id.text(), [&](Tx& tx) -> CancelPickReply {
    auto state = picks_.find_order(tx, request.order_id);
    if (state == PickState::cancelled) return {CancelPickOutcome::accepted};
    auto tasks = picks_.tasks_of(tx, request.order_id);
    for (const auto& task : tasks) {
      if (task.status == TaskStatus::done) return {CancelPickOutcome::packed};
    }
    bool any_short = std::any_of(tasks.begin(), tasks.end(), has_missing);
    if (any_short && picks_.has_undecided(tx, request.order_id)) return {CancelPickOutcome::undecided};
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
    // Also if the order has not come here yet: when it comes it finds itself cancelled.
    picks_.put_order(tx, request.order_id, PickState::cancelled);
    return {CancelPickOutcome::accepted};
  });
}

void WarehouseService::on_order_paid(Tx& tx, const orders::OrderPaid& event) {
  if (picks_.find_order(tx, event.order_id)) return;
  picks_.add_order(tx, event.order_id, event.pickup_point_id);
  add_tasks(tx, event.order_id, event.items);
}

// A pick list for each site that holds some of the units.
void WarehouseService::add_tasks(Tx& tx, const OrderId& order, const std::vector<orders::PaidItem>& units) {
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

// Of what was sold and is in no bin there is a line without a bin, which is short from the start.
void WarehouseService::add_task(Tx& tx, PickTask task, const std::map<SkuId, std::int64_t>& wanted) {
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

}  // namespace bramble::warehouse
