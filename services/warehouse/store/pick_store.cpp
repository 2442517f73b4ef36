#include "services/warehouse/store/pick_store.h"

#include <algorithm>
#include <set>

namespace bramble::warehouse {

#define TASK_COLUMNS "task_id, order_id, site_id, status, package_barcode, created_at"
#define SHOWN_TASK                                                                                         \
  "SELECT pick_task.task_id, pick_task.order_id, site_id, status, package_barcode, created_at, worker_id," \
  " since, seen_at, pickup_point_id, label FROM pick_task LEFT JOIN task_claim ON task_claim.task_id ="    \
  " pick_task.task_id AND ended_at IS NULL LEFT JOIN pick_order ON pick_order.order_id = pick_task.order_id"

std::optional<PickState> PickStore::find_order(Tx& tx, const OrderId& order) const {
  auto rows = tx.query("SELECT state FROM pick_order WHERE order_id = $1", order);
  if (rows.empty()) return std::nullopt;
  return rows.front().get<PickState>(0);
}

void PickStore::put_order(Tx& tx, const OrderId& order, PickState state) const {
  tx.send("INSERT INTO pick_order (order_id, state) VALUES ($1, $2)"
          " ON CONFLICT (order_id) DO UPDATE SET state = excluded.state",
          order, state);
}

void PickStore::add_order(Tx& tx, const OrderId& order, const PickupPointId& destination) const {
  auto known = destination.empty() ? std::nullopt : std::optional(destination);
  tx.send("INSERT INTO pick_order (order_id, state, pickup_point_id) VALUES ($1, $2, $3)", order,
          PickState::open, known);
}

void PickStore::add_task(Tx& tx, const PickTask& task) const {
  tx.send("INSERT INTO pick_task (" TASK_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6)", task.task_id,
          task.order_id, task.site_id, task.status, task.package_barcode, task.created_at);
  std::int64_t number = 0;
  for (const auto& line : task.lines) {
    tx.send("INSERT INTO pick_line (task_id, line, sku_id, bin, quantity, picked) VALUES ($1, $2, $3, $4, "
            "$5, $6)",
            task.task_id, number++, line.sku_id, line.bin, line.quantity, line.picked);
  }
}

namespace {

std::vector<TaskLine> lines_of(Tx& tx, const TaskId& task) {
  std::vector<TaskLine> lines;
  auto rows =
      tx.query("SELECT pick_line.sku_id, COALESCE(barcode, ''), bin, quantity, picked, missing FROM pick_line"
               " LEFT JOIN label ON label.sku_id = pick_line.sku_id WHERE task_id = $1 ORDER BY line",
               task);
  for (auto line : rows) {
    lines.push_back({line.get<SkuId>(0), line.get<std::string>(1), line.get<std::string>(2),
                     line.get<std::int64_t>(3), line.get<std::int64_t>(4), line.get<std::int64_t>(5)});
  }
  return lines;
}

// A packed task keeps the number that its label says; those still open have what is free, in their order.
std::optional<ParcelNumber> parcel_of(Tx& tx, const PickTask& task, bool is_total_known) {
  if (task.status == TaskStatus::cancelled) return std::nullopt;
  std::set<std::int64_t> given;
  std::int64_t open_before = 0;
  std::optional<std::int64_t> own;
  auto rows =
      tx.query("SELECT task_id, parcel FROM pick_task WHERE order_id = $1 AND status <> 2", task.order_id);
  for (auto row : rows) {
    auto number = row.get<std::optional<std::int64_t>>(1);
    if (number) given.insert(*number);
    if (number && row.get<TaskId>(0) == task.task_id) own = number;
    if (!number && row.get<TaskId>(0) < task.task_id) ++open_before;
  }
  std::int64_t number = own.value_or(0);
  for (auto left = open_before; !own && left >= 0;) {
    if (!given.contains(++number)) --left;
  }
  auto most = given.empty() ? number : std::max(number, *given.rbegin());
  auto of = is_total_known ? std::max(std::ssize(rows), most) : 0;
  return ParcelNumber{number, of, std::to_string(number) + "/" + std::to_string(of), false};
}

// While a short pick is undecided nobody knows what to print instead.
bool is_outdated(const std::optional<std::string>& printed, const ParcelNumber& parcel) {
  return printed && !printed->empty() && *printed != parcel.label && parcel.of != 0;
}

}  // namespace

std::vector<PickTask> PickStore::tasks_from(Tx& tx, const Rows& rows) const {
  std::vector<PickTask> found;
  for (auto row : rows) {
    PickTask task;
    task.task_id = row.get<TaskId>(0);
    task.type = "pick";
    task.order_id = row.get<OrderId>(1);
    task.site_id = row.get<SiteId>(2);
    task.status = row.get<TaskStatus>(3);
    task.package_barcode = row.get<std::optional<std::string>>(4);
    task.created_at = row.get<Time>(5);
    if (auto worker = row.get<std::optional<std::string>>(6)) {
      auto seen = row.get<Time>(8);
      bool gone = task.status == TaskStatus::open && tx.now() - seen > kept_for_;
      if (!gone) task.worker = TaskWorker{UserId(*worker), {}, row.get<Time>(7), seen};
    }
    task.pickup_point_id = row.get<std::optional<PickupPointId>>(9);
    task.parcel = parcel_of(tx, task, !has_undecided(tx, task.order_id));
    if (task.parcel)
      task.parcel->label_outdated = is_outdated(row.get<std::optional<std::string>>(10), *task.parcel);
    task.lines = lines_of(tx, task.task_id);
    found.push_back(std::move(task));
  }
  return found;
}

std::optional<PickTask> PickStore::find_task(Tx& tx, const TaskId& task) const {
  auto found = tasks_from(tx, tx.query(SHOWN_TASK " WHERE pick_task.task_id = $1", task));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<PickTask> PickStore::tasks_of(Tx& tx, const OrderId& order) const {
  return tasks_from(
      tx, tx.query(SHOWN_TASK " WHERE pick_task.order_id = $1 ORDER BY pick_task.task_id LIMIT 100", order));
}

std::vector<PickTask> PickStore::list(Tx& tx, const ListTasksRequest& request, TaskStatus status) const {
  auto offset = (request.page - 1) * request.limit;
  if (request.site) {
    return tasks_from(tx, tx.query(SHOWN_TASK " WHERE site_id = $1 AND status = $2"
                                              " ORDER BY created_at, pick_task.task_id LIMIT $3 OFFSET $4",
                                   *request.site, status, request.limit, offset));
  }
  return tasks_from(tx, tx.query(SHOWN_TASK " WHERE status = $1"
                                            " ORDER BY created_at, pick_task.task_id LIMIT $2 OFFSET $3",
                                 status, request.limit, offset));
}

std::int64_t PickStore::count(Tx& tx, const ListTasksRequest& request, TaskStatus status) const {
  auto rows = request.site ? tx.query("SELECT COUNT(*) FROM pick_task WHERE site_id = $1 AND status = $2",
                                      *request.site, status)
                           : tx.query("SELECT COUNT(*) FROM pick_task WHERE status = $1", status);
  return rows.front().get<std::int64_t>(0);
}

void PickStore::add_picked(Tx& tx, const TaskId& task, std::size_t line, std::int64_t quantity) const {
  tx.send("UPDATE pick_line SET picked = picked + $3 WHERE task_id = $1 AND line = $2", task, line, quantity);
}

void PickStore::cancel_task(Tx& tx, const TaskId& task) const {
  tx.send("UPDATE pick_task SET status = $2, package_barcode = NULL, parcel = NULL WHERE task_id = $1", task,
          TaskStatus::cancelled);
}

void PickStore::pack_task(Tx& tx, const PickTask& task, const std::string& package,
                          const std::string& label) const {
  tx.send(
      "UPDATE pick_task SET status = $2, package_barcode = $3, parcel = $4, label = $5 WHERE task_id = $1",
      task.task_id, TaskStatus::done, package, task.parcel->number, label);
}

void PickStore::put_label(Tx& tx, const TaskId& task, const std::string& label) const {
  tx.send("UPDATE pick_task SET label = $2 WHERE task_id = $1", task, label);
}

void PickStore::claim(Tx& tx, const TaskId& task, const std::string& worker) const {
  auto kept =
      tx.exec("UPDATE task_claim SET seen_at = $3 WHERE task_id = $1 AND worker_id = $2 AND ended_at IS NULL",
              task, worker, tx.now());
  if (kept == 1) return;
  end_claim(tx, task);
  auto before =
      tx.query("SELECT COUNT(*), COALESCE(MAX(ended_at), 0) FROM task_claim WHERE task_id = $1", task);
  auto number = before.front().get<std::int64_t>(0);
  auto since = std::max(tx.now(), before.front().get<Time>(1));
  tx.send("INSERT INTO task_claim (task_id, number, worker_id, since, seen_at) VALUES ($1, $2, $3, $4, $4)",
          task, number + 1, worker, since);
}

void PickStore::end_claim(Tx& tx, const TaskId& task) const {
  // A clock that was set back must not end a claim before its beginning.
  tx.send("UPDATE task_claim SET ended_at = CASE WHEN since > $2 THEN since ELSE $2 END"
          " WHERE task_id = $1 AND ended_at IS NULL",
          task, tx.now());
}

bool PickStore::was_claimed(Tx& tx, const TaskId& task, const std::string& worker, Time at) const {
  return !tx.query("SELECT 1 FROM task_claim WHERE task_id = $1 AND worker_id = $2 AND since <= $3"
                   " AND (ended_at IS NULL OR ended_at > $3) AND seen_at >= $4 LIMIT 1",
                   task, worker, at, at - kept_for_)
              .empty();
}

bool PickStore::is_package_taken(Tx& tx, const std::string& package, const TaskId& by_another_than) const {
  return !tx.query("SELECT 1 FROM pick_task WHERE package_barcode = $1 AND task_id <> $2", package,
                   by_another_than)
              .empty();
}

std::optional<ScanRequest> PickStore::find_scan(Tx& tx, const std::string& scan) const {
  auto rows = tx.query("SELECT task_id, scan_id, bin, barcode, quantity FROM scan WHERE scan_id = $1", scan);
  if (rows.empty()) return std::nullopt;
  auto row = rows.front();
  return ScanRequest{row.get<TaskId>(0),      row.get<std::string>(1),  row.get<std::string>(2),
                     row.get<std::string>(3), row.get<std::int64_t>(4), std::nullopt};
}

void PickStore::add_scan(Tx& tx, const ScanRequest& scan, const std::string& by_whom,
                         std::optional<Time> device_at) const {
  tx.send("INSERT INTO scan (scan_id, task_id, bin, barcode, quantity, by_whom, at, device_at)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
          scan.scan_id, scan.task_id, scan.bin, scan.barcode, scan.quantity, by_whom, tx.now(), device_at);
}

std::optional<ShortRequest> PickStore::find_short(Tx& tx, const std::string& short_id) const {
  auto rows =
      tx.query("SELECT task_id, short_id, bin, barcode, quantity, reason FROM pick_short WHERE short_id = $1",
               short_id);
  if (rows.empty()) return std::nullopt;
  auto row = rows.front();
  return ShortRequest{row.get<TaskId>(0),
                      row.get<std::string>(1),
                      row.get<std::string>(2),
                      row.get<std::string>(3),
                      row.get<std::int64_t>(4),
                      row.get<ShortReason>(5),
                      std::nullopt};
}

void PickStore::add_short(Tx& tx, const ShortRequest& report, std::size_t line, const PickTask& task,
                          const std::string& by_whom, std::optional<Time> device_at) const {
  tx.send(
      "INSERT INTO pick_short (short_id, task_id, line, order_id, site_id, sku_id, bin, barcode, quantity,"
      " reason, by_whom, at, decided, device_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, $13)",
      report.short_id, report.task_id, line, task.order_id, task.site_id, task.lines[line].sku_id, report.bin,
      report.barcode, report.quantity, report.reason, by_whom, tx.now(), device_at);
  tx.send("UPDATE pick_line SET missing = missing + $3 WHERE task_id = $1 AND line = $2", report.task_id,
          line, report.quantity);
}

bool PickStore::mark_decided(Tx& tx, const OrderId& order, const std::string& short_id) const {
  return tx.exec("UPDATE pick_short SET decided = 1 WHERE short_id = $1 AND order_id = $2 AND decided = 0",
                 short_id, order) == 1;
}

bool PickStore::has_undecided(Tx& tx, const OrderId& order) const {
  return !tx.query("SELECT 1 FROM pick_short WHERE order_id = $1 AND decided = 0 LIMIT 1", order).empty();
}

}  // namespace bramble::warehouse
