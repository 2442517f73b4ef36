#include "services/inventory/short_store.h"

#include "base/error.h"

namespace bramble::inventory {

std::optional<ReplaceShortReply> ShortStore::find(Tx& tx, const ReplaceShortRequest& request) const {
  auto known =
      tx.query("SELECT sku_id, site_id, quantity FROM short_pick WHERE order_id = $1 AND short_id = $2",
               request.order_id, request.short_id);
  if (known.empty()) return std::nullopt;
  auto first = known.front();
  bool same = first.get<SkuId>(0) == request.sku_id && first.get<SiteId>(1) == request.site_id &&
              first.get<std::int64_t>(2) == request.quantity;
  if (!same) {
    throw Error(ErrorCode::conflict, "short_reused",
                "short pick " + request.short_id + " had other contents");
  }
  ReplaceShortReply reply;
  auto rows = tx.query("SELECT site_id, quantity FROM short_replacement WHERE order_id = $1 AND short_id = $2"
                       " ORDER BY site_id",
                       request.order_id, request.short_id);
  for (auto row : rows)
    reply.placements.push_back({request.sku_id, row.get<SiteId>(0), row.get<std::int64_t>(1)});
  return reply;
}

void ShortStore::add(Tx& tx, const ReplaceShortRequest& request,
                     const std::vector<Placement>& replacements) const {
  tx.send("INSERT INTO short_pick (order_id, short_id, sku_id, site_id, quantity, at, for_sale)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7)",
          request.order_id, request.short_id, request.sku_id, request.site_id, request.quantity, tx.now(),
          request.for_sale);
  for (const auto& placement : replacements) {
    tx.send("INSERT INTO short_replacement (order_id, short_id, site_id, quantity) VALUES ($1, $2, $3, $4)",
            request.order_id, request.short_id, placement.site_id, placement.quantity);
  }
}

std::set<SiteId> ShortStore::short_sites(Tx& tx, const OrderId& order, const SkuId& sku) const {
  std::set<SiteId> found;
  auto rows =
      tx.query("SELECT DISTINCT site_id FROM short_pick WHERE order_id = $1 AND sku_id = $2 AND for_sale = 0",
               order, sku);
  for (auto row : rows) found.insert(row.get<SiteId>(0));
  return found;
}

namespace {

[[noreturn]] void mismatch(const Hold& hold, const Placement& missing) {
  throw Error(ErrorCode::internal, "stock_mismatch",
              "order " + hold.order_id.text() + " has not so many of " + missing.sku_id.text() + " at " +
                  missing.site_id.text() + " as are missing");
}

}  // namespace

void ShortStore::drop(Tx& tx, const Hold& hold, const Placement& missing) const {
  auto gone =
      tx.exec("DELETE FROM hold_line WHERE order_id = $1 AND attempt = $2 AND sku_id = $3 AND site_id = $4"
              " AND quantity = $5",
              hold.order_id, hold.attempt, missing.sku_id, missing.site_id, missing.quantity);
  if (gone == 0) {
    gone = tx.exec("UPDATE hold_line SET quantity = quantity - $5 WHERE order_id = $1 AND attempt = $2"
                   " AND sku_id = $3 AND site_id = $4 AND quantity > $5",
                   hold.order_id, hold.attempt, missing.sku_id, missing.site_id, missing.quantity);
  }
  if (gone != 1) mismatch(hold, missing);
}

void ShortStore::strike(Tx& tx, const Hold& hold, const Placement& missing) const {
  drop(tx, hold, missing);
  auto struck = tx.exec("UPDATE stock SET granted = granted - $3, spent = spent - $3"
                        " WHERE sku_id = $1 AND site_id = $2 AND spent >= $3",
                        missing.sku_id, missing.site_id, missing.quantity);
  if (struck != 1) mismatch(hold, missing);
}

bool ShortStore::claim(Tx& tx, const Hold& hold, const Placement& placement) const {
  auto taken = tx.exec("UPDATE stock SET spent = spent + $3"
                       " WHERE sku_id = $1 AND site_id = $2 AND granted - held - spent >= $3",
                       placement.sku_id, placement.site_id, placement.quantity);
  if (taken != 1) return false;
  tx.send("INSERT INTO hold_line (order_id, attempt, sku_id, site_id, quantity) VALUES ($1, $2, $3, $4, $5)"
          " ON CONFLICT (order_id, attempt, sku_id, site_id)"
          " DO UPDATE SET quantity = hold_line.quantity + excluded.quantity",
          hold.order_id, hold.attempt, placement.sku_id, placement.site_id, placement.quantity);
  return true;
}

}  // namespace bramble::inventory
