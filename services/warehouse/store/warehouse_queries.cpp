#include "services/warehouse/store/warehouse_queries.h"

#include <algorithm>
#include <set>

namespace bramble::warehouse {
namespace {

constexpr std::int64_t most_rows = 100;
constexpr std::int64_t movements_a_look = 20'000;
constexpr std::int64_t movements_a_task = 500;
constexpr std::int64_t scans_a_task = 500;

#define MOVEMENT_COLUMNS "movement_id, site_id, sku_id, bin, kind, quantity, document, by_whom, at"

void read_into(std::vector<Movement>& found, const Rows& rows) {
  for (auto row : rows) {
    found.push_back({row.get<MovementId>(0), row.get<SiteId>(1), row.get<SkuId>(2), row.get<std::string>(3),
                     row.get<std::string>(4), row.get<std::int64_t>(5), row.get<std::string>(6),
                     row.get<std::string>(7), row.get<Time>(8)});
  }
}

// After every id: they begin with 48 bits of milliseconds.
std::string last_place() { return make_id_text(MovementId::prefix, {253'402'300'799'000'000}, 0, {}); }

}  // namespace

ListMovementsReply WarehouseQueries::movements(Tx& tx, const ListMovementsRequest& request) const {
  auto limit = std::clamp<std::int64_t>(request.limit, 1, most_rows);
  auto before = request.before ? request.before->text() : last_place();
  auto site = request.site.value_or(SiteId());
  ListMovementsReply reply;
  if (request.sku_id) {
    read_into(reply.items, tx.query("SELECT " MOVEMENT_COLUMNS " FROM movement WHERE sku_id = $1"
                                    " AND movement_id < $2 AND ($3 = '' OR site_id = $3)"
                                    " ORDER BY movement_id DESC LIMIT $4",
                                    *request.sku_id, before, site, limit + 1));
  } else {
    read_into(reply.items,
              tx.query("SELECT " MOVEMENT_COLUMNS " FROM (SELECT " MOVEMENT_COLUMNS
                       " FROM movement WHERE movement_id < $1 ORDER BY movement_id DESC LIMIT $4) AS recent"
                       " WHERE ($2 = '' OR site_id = $2) ORDER BY movement_id DESC LIMIT $3",
                       before, site, limit + 1, movements_a_look));
  }
  if (std::ssize(reply.items) > limit) {
    reply.items.pop_back();
    reply.next = reply.items.back().movement_id;
  } else if (!request.sku_id) {
    auto rows = tx.query("SELECT movement_id FROM movement WHERE movement_id < $1"
                         " ORDER BY movement_id DESC LIMIT 1 OFFSET $2",
                         before, movements_a_look - 1);
    if (!rows.empty()) reply.next = rows.front().get<MovementId>(0);
  }
  return reply;
}

std::vector<Movement> WarehouseQueries::movements_of(Tx& tx, const PickTask& task) const {
  std::vector<Movement> found;
  std::set<SkuId> skus;
  for (const auto& line : task.lines) skus.insert(line.sku_id);
  // Its ids are not older than the task's: so far back the index of the SKU is read.
  auto first = make_id_text(MovementId::prefix, task.created_at - seconds(60), 0, {});
  for (const auto& sku : skus) {
    read_into(found,
              tx.query("SELECT " MOVEMENT_COLUMNS " FROM movement WHERE sku_id = $1 AND movement_id > $2"
                       " AND document = $3 ORDER BY movement_id LIMIT $4",
                       sku, first, task.task_id, movements_a_task));
  }
  std::sort(found.begin(), found.end(),
            [](const Movement& a, const Movement& b) { return a.movement_id < b.movement_id; });
  return found;
}

std::vector<ScanRow> WarehouseQueries::scans_of(Tx& tx, const TaskId& task) const {
  std::vector<ScanRow> found;
  auto rows =
      tx.query("SELECT scan_id, bin, barcode, quantity, by_whom, at, device_at FROM scan WHERE task_id = $1"
               " ORDER BY at, scan_id LIMIT $2",
               task, scans_a_task);
  for (auto row : rows) {
    found.push_back({row.get<std::string>(0), row.get<std::string>(1), row.get<std::string>(2),
                     row.get<std::int64_t>(3), row.get<std::string>(4), row.get<Time>(5),
                     row.get<std::optional<Time>>(6)});
  }
  return found;
}

std::vector<ShortRow> WarehouseQueries::shorts_of(Tx& tx, const OrderId& order) const {
  std::vector<ShortRow> found;
  auto rows =
      tx.query("SELECT short_id, task_id, sku_id, bin, quantity, reason, by_whom, at, decided, device_at"
               " FROM pick_short WHERE order_id = $1 ORDER BY at, short_id LIMIT $2",
               order, most_rows);
  for (auto row : rows) {
    found.push_back({row.get<std::string>(0), row.get<TaskId>(1), row.get<SkuId>(2), row.get<std::string>(3),
                     row.get<std::int64_t>(4), row.get<ShortReason>(5), row.get<std::string>(6),
                     row.get<Time>(7), row.get<bool>(8), row.get<std::optional<Time>>(9)});
  }
  return found;
}

std::optional<OrderId> WarehouseQueries::order_of_package(Tx& tx, const std::string& package) const {
  auto rows = tx.query("SELECT order_id FROM pick_task WHERE package_barcode = $1", package);
  if (rows.empty()) return std::nullopt;
  return rows.front().get<OrderId>(0);
}

}  // namespace bramble::warehouse
