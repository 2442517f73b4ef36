#include "services/inventory/stock_queries.h"

#include <algorithm>

namespace bramble::inventory {
namespace {

constexpr std::int64_t most_rows = 200;
constexpr std::int64_t holds_a_look = 20'000;

#define HOLD_COLUMNS "order_id, attempt, state, version, expires_at, created_at"

}  // namespace

std::vector<HoldRow> StockQueries::holds(Tx& tx, const ListHoldsRequest& request) const {
  auto limit = std::clamp<std::int64_t>(request.limit, 1, most_rows);
  auto last_open = static_cast<std::int64_t>(request.open ? HoldState::paying : HoldState::none);
  // By SKU there is no index, which each sale would pay for: order ids sort by time, so the latest are at the
  // end.
  auto rows = request.order_id
                  ? tx.query("SELECT " HOLD_COLUMNS " FROM hold WHERE order_id = $1 AND state <= $2"
                             " ORDER BY attempt LIMIT $3",
                             *request.order_id, last_open, limit)
                  : tx.query("SELECT " HOLD_COLUMNS " FROM (SELECT " HOLD_COLUMNS
                             " FROM hold ORDER BY order_id DESC, attempt DESC LIMIT $4) AS recent"
                             " WHERE state <= $2 AND EXISTS (SELECT 1 FROM hold_line WHERE"
                             " hold_line.order_id = recent.order_id AND hold_line.attempt = recent.attempt "
                             "AND sku_id = $1)"
                             " ORDER BY order_id DESC, attempt DESC LIMIT $3",
                             request.sku_id.value_or(SkuId()), last_open, limit, holds_a_look);
  std::vector<HoldRow> found;
  for (auto row : rows) {
    found.push_back({row.get<OrderId>(0),
                     row.get<std::int64_t>(1),
                     row.get<HoldState>(2),
                     row.get<std::int64_t>(3),
                     row.get<Time>(4),
                     row.get<Time>(5),
                     {}});
  }
  return found;
}

std::vector<GrantRow> StockQueries::grants(Tx& tx, const ListGrantsRequest& request) const {
  std::vector<GrantRow> found;
  auto rows = tx.query("SELECT site_id, epoch, seq, quantity FROM sell_grant WHERE sku_id = $1"
                       " ORDER BY epoch DESC, seq DESC, site_id LIMIT $2",
                       request.sku_id, std::clamp<std::int64_t>(request.limit, 1, most_rows));
  for (auto row : rows) {
    found.push_back(
        {row.get<SiteId>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2), row.get<std::int64_t>(3)});
  }
  return found;
}

}  // namespace bramble::inventory
