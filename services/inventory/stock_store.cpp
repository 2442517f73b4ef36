#include "services/inventory/stock_store.h"

namespace bramble::inventory {
namespace {

Hold hold_of(const Row& row) {
  return {row.get<OrderId>(0), row.get<std::int64_t>(1), row.get<HoldState>(2), row.get<std::int64_t>(3),
          row.get<std::int64_t>(4)};
}

// A placement is always of a hold that was taken before, so a step that fails is a broken invariant.
void must_change(std::int64_t rows, const Placement& placement) {
  if (rows == 1) return;
  throw Error(ErrorCode::internal, "stock_mismatch",
              "stock of " + placement.sku_id.text() + " at " + placement.site_id.text() +
                  " is less than its holds");
}

}  // namespace

Levels StockStore::levels(Tx& tx, const std::vector<Line>& lines, double lat, double lon) const {
  Levels levels;
  for (const auto& line : lines) {
    auto [slot, is_new] = levels.try_emplace(line.sku_id);
    if (!is_new) continue;
    auto rows = tx.query("SELECT stock.site_id, granted - held - spent, lat, lon FROM stock JOIN site ON "
                         "site.site_id = stock.site_id"
                         " WHERE sku_id = $1 AND granted - held - spent > 0",
                         line.sku_id);
    for (auto row : rows) {
      slot->second.push_back({row.get<SiteId>(0),
                              distance_m(lat, lon, row.get<double>(2), row.get<double>(3)),
                              row.get<std::int64_t>(1)});
    }
  }
  return levels;
}

std::int64_t StockStore::available(Tx& tx, const SkuId& sku) const {
  return tx.query("SELECT COALESCE(SUM(granted - held - spent), 0) FROM stock WHERE sku_id = $1", sku)
      .front()
      .get<std::int64_t>(0);
}

std::vector<Stock> StockStore::stock_of(Tx& tx, const SkuId& sku) const {
  std::vector<Stock> found;
  for (auto row :
       tx.query("SELECT site_id, granted, held, spent FROM stock WHERE sku_id = $1 ORDER BY site_id", sku)) {
    found.push_back({sku, row.get<SiteId>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2),
                     row.get<std::int64_t>(3)});
  }
  return found;
}

// One statement, so two buyers can never take the same unit.
bool StockStore::take(Tx& tx, const Placement& placement) const {
  return tx.exec("UPDATE stock SET held = held + $3"
                 " WHERE sku_id = $1 AND site_id = $2 AND granted - held - spent >= $3",
                 placement.sku_id, placement.site_id, placement.quantity) == 1;
}

void StockStore::release(Tx& tx, const Placement& placement) const {
  must_change(tx.exec("UPDATE stock SET held = held - $3 WHERE sku_id = $1 AND site_id = $2 AND held >= $3",
                      placement.sku_id, placement.site_id, placement.quantity),
              placement);
}

void StockStore::spend(Tx& tx, const Placement& placement) const {
  must_change(tx.exec("UPDATE stock SET held = held - $3, spent = spent + $3"
                      " WHERE sku_id = $1 AND site_id = $2 AND held >= $3",
                      placement.sku_id, placement.site_id, placement.quantity),
              placement);
}

void StockStore::take_back(Tx& tx, const Placement& placement) const {
  must_change(
      tx.exec("UPDATE stock SET spent = spent - $3 WHERE sku_id = $1 AND site_id = $2 AND spent >= $3",
              placement.sku_id, placement.site_id, placement.quantity),
      placement);
}

std::optional<Hold> StockStore::find_hold(Tx& tx, const OrderId& order) const {
  auto rows = tx.query("SELECT order_id, attempt, state, version, closed_to FROM hold WHERE order_id = $1"
                       " ORDER BY attempt DESC LIMIT 1",
                       order);
  if (rows.empty()) return std::nullopt;
  return hold_of(rows.front());
}

std::vector<Placement> StockStore::placements(Tx& tx, const Hold& hold) const {
  std::vector<Placement> found;
  auto rows = tx.query("SELECT sku_id, site_id, quantity FROM hold_line WHERE order_id = $1 AND attempt = $2"
                       " ORDER BY sku_id, site_id",
                       hold.order_id, hold.attempt);
  for (auto row : rows) found.push_back({row.get<SkuId>(0), row.get<SiteId>(1), row.get<std::int64_t>(2)});
  return found;
}

void StockStore::add_hold(Tx& tx, const Hold& hold, const std::vector<Placement>& placements,
                          Time expires_at) const {
  tx.send("INSERT INTO hold (order_id, attempt, state, version, expires_at, created_at)"
          " VALUES ($1, $2, $3, $4, $5, $6)",
          hold.order_id, hold.attempt, hold.state, hold.version, expires_at, tx.now());
  for (const auto& placement : placements) {
    tx.send(
        "INSERT INTO hold_line (order_id, attempt, sku_id, site_id, quantity) VALUES ($1, $2, $3, $4, $5)",
        hold.order_id, hold.attempt, placement.sku_id, placement.site_id, placement.quantity);
  }
}

bool StockStore::move_hold(Tx& tx, const Hold& hold, HoldState to) const {
  return tx.exec("UPDATE hold SET state = $3, version = version + 1"
                 " WHERE order_id = $1 AND attempt = $2 AND state = $4 AND version = $5",
                 hold.order_id, hold.attempt, to, hold.state, hold.version) == 1;
}

void StockStore::close_holds(Tx& tx, const OrderId& order, std::int64_t to) const {
  auto known = tx.exec("UPDATE hold SET closed_to = CASE WHEN closed_to < $2 THEN $2 ELSE closed_to END"
                       " WHERE order_id = $1",
                       order, to);
  if (known > 0) return;
  tx.send("INSERT INTO hold (order_id, attempt, state, version, expires_at, created_at, closed_to)"
          " VALUES ($1, $2, $3, 2, $4, $4, $2)",
          order, to, HoldState::released, tx.now());
}

std::vector<Hold> StockStore::due(Tx& tx, Time now, std::int64_t limit) const {
  std::vector<Hold> found;
  auto rows = tx.query(
      "SELECT order_id, attempt, state, version, closed_to FROM hold WHERE state = 0 AND expires_at <= $1"
      " ORDER BY expires_at LIMIT $2",
      now, limit);
  for (auto row : rows) found.push_back(hold_of(row));
  return found;
}

void StockStore::open_site(Tx& tx, const SiteId& site, const std::string& title, double lat,
                           double lon) const {
  tx.send(
      "INSERT INTO site (site_id, title, lat, lon) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (site_id) DO UPDATE SET title = excluded.title, lat = excluded.lat, lon = excluded.lon",
      site, title, lat, lon);
}

bool StockStore::accept_grant(Tx& tx, const SiteId& site, std::int64_t epoch, std::int64_t seq) const {
  auto rows = tx.query("SELECT epoch, last_seq FROM site WHERE site_id = $1", site);
  if (rows.empty())
    throw Error(ErrorCode::unavailable, "unknown_site", "a grant of " + site.text() + " came too early");
  auto last_epoch = rows.front().get<std::int64_t>(0);
  auto last_seq = rows.front().get<std::int64_t>(1);
  if (epoch < last_epoch || (epoch == last_epoch && seq <= last_seq)) return false;
  if (seq != (epoch == last_epoch ? last_seq + 1 : 1)) {
    throw Error(ErrorCode::conflict, "grant_gap",
                "grant " + std::to_string(seq) + " of " + site.text() + " follows " +
                    std::to_string(last_seq));
  }
  tx.send("UPDATE site SET epoch = $2, last_seq = $3 WHERE site_id = $1", site, epoch, seq);
  return true;
}

void StockStore::add_grant(Tx& tx, const SiteId& site, std::int64_t epoch, std::int64_t seq, const SkuId& sku,
                           std::int64_t quantity) const {
  tx.send("INSERT INTO sell_grant (site_id, epoch, seq, sku_id, quantity) VALUES ($1, $2, $3, $4, $5)", site,
          epoch, seq, sku, quantity);
  tx.send("INSERT INTO stock (sku_id, site_id, granted, held, spent) VALUES ($1, $2, $3, 0, 0)"
          " ON CONFLICT (sku_id, site_id) DO UPDATE SET granted = stock.granted + excluded.granted",
          sku, site, quantity);
}

bool StockStore::has_grant(Tx& tx, const SiteId& site, std::int64_t epoch, std::int64_t seq) const {
  return !tx.query(
                "SELECT 1 FROM site WHERE site_id = $1 AND (epoch > $2 OR (epoch = $2 AND last_seq >= $3))",
                site, epoch, seq)
              .empty();
}

std::optional<std::int64_t> StockStore::withdrawn_in(Tx& tx, const SiteId& site,
                                                     const std::string& document) const {
  auto rows =
      tx.query("SELECT round FROM withdrawal WHERE site_id = $1 AND document = $2 LIMIT 1", site, document);
  if (rows.empty()) return std::nullopt;
  return rows.front().get<std::int64_t>(0);
}

std::optional<std::int64_t> StockStore::restored_to(Tx& tx, const SiteId& site,
                                                    const std::string& document) const {
  auto rows =
      tx.query("SELECT round FROM withdrawal_end WHERE site_id = $1 AND document = $2", site, document);
  if (rows.empty()) return std::nullopt;
  return rows.front().get<std::int64_t>(0);
}

bool StockStore::withdraw(Tx& tx, const WithdrawRequest& request, const Placement& line) const {
  auto taken = tx.exec("UPDATE stock SET granted = granted - $3"
                       " WHERE sku_id = $1 AND site_id = $2 AND granted - held - spent >= $3",
                       line.sku_id, request.site_id, line.quantity);
  if (taken != 1) return false;
  tx.send("INSERT INTO withdrawal (site_id, document, sku_id, quantity, at, round)"
          " VALUES ($1, $2, $3, $4, $5, $6)",
          request.site_id, request.document, line.sku_id, line.quantity, tx.now(), request.round);
  return true;
}

void StockStore::end_rounds(Tx& tx, const SiteId& site, const std::string& document, std::int64_t to) const {
  tx.send("INSERT INTO withdrawal_end (site_id, document, round) VALUES ($1, $2, $3)"
          " ON CONFLICT (site_id, document) DO UPDATE SET round = excluded.round"
          " WHERE withdrawal_end.round < excluded.round",
          site, document, to);
}

std::vector<Placement> StockStore::restore(Tx& tx, const SiteId& site, const std::string& document) const {
  std::vector<Placement> lines;
  for (auto row : tx.query("SELECT sku_id, quantity FROM withdrawal WHERE site_id = $1 AND document = $2"
                           " ORDER BY sku_id",
                           site, document)) {
    lines.push_back({row.get<SkuId>(0), site, row.get<std::int64_t>(1)});
  }
  for (const auto& line : lines) {
    tx.send("UPDATE stock SET granted = granted + $3 WHERE sku_id = $1 AND site_id = $2", line.sku_id, site,
            line.quantity);
  }
  tx.send("DELETE FROM withdrawal WHERE site_id = $1 AND document = $2", site, document);
  return lines;
}

std::optional<std::int64_t> StockStore::turn(Tx& tx, const SkuId& sku, bool in_stock) const {
  auto rows = tx.query(
      "INSERT INTO sku_turn (sku_id, in_stock, version) VALUES ($1, $2, 1)"
      " ON CONFLICT (sku_id) DO UPDATE SET in_stock = excluded.in_stock, version = sku_turn.version + 1"
      " WHERE sku_turn.in_stock <> excluded.in_stock RETURNING version",
      sku, in_stock);
  if (rows.empty()) return std::nullopt;
  return rows.front().get<std::int64_t>(0);
}

}  // namespace bramble::inventory
