#include "services/warehouse/store/goods_store.h"

#include <algorithm>

#include "base/error.h"

namespace bramble::warehouse {
namespace {

void must_change(std::int64_t rows, const Move& move) {
  if (rows == 1) return;
  throw Error(ErrorCode::internal, "goods_mismatch",
              "bin " + move.bin + " has less of " + move.sku_id.text() + " than its tasks say");
}

Site site_of(const Row& row) {
  return {row.get<SiteId>(0), row.get<std::string>(1), row.get<std::string>(2), row.get<double>(3),
          row.get<double>(4)};
}

}  // namespace

std::vector<Site> GoodsStore::sites(Tx& tx) const {
  std::vector<Site> found;
  for (auto row : tx.query("SELECT site_id, title, type, lat, lon FROM site ORDER BY site_id LIMIT 1000")) {
    found.push_back(site_of(row));
  }
  return found;
}

std::optional<Site> GoodsStore::find_site(Tx& tx, const SiteId& site) const {
  auto rows = tx.query("SELECT site_id, title, type, lat, lon FROM site WHERE site_id = $1", site);
  if (rows.empty()) return std::nullopt;
  return site_of(rows.front());
}

void GoodsStore::put_site(Tx& tx, const Site& site) const {
  tx.send(
      "INSERT INTO site (site_id, title, type, lat, lon, epoch, last_seq) VALUES ($1, $2, $3, $4, $5, 1, 0)"
      " ON CONFLICT (site_id) DO UPDATE SET title = excluded.title, type = excluded.type, lat = excluded.lat,"
      " lon = excluded.lon",
      site.site_id, site.title, site.type, site.lat, site.lon);
}

std::pair<std::int64_t, std::int64_t> GoodsStore::next_grant(Tx& tx, const SiteId& site) const {
  auto rows =
      tx.query("UPDATE site SET last_seq = last_seq + 1 WHERE site_id = $1 RETURNING epoch, last_seq", site);
  return {rows.front().get<std::int64_t>(0), rows.front().get<std::int64_t>(1)};
}

std::pair<std::int64_t, std::int64_t> GoodsStore::last_grant(Tx& tx, const SiteId& site) const {
  auto rows = tx.query("SELECT epoch, last_seq FROM site WHERE site_id = $1", site);
  return {rows.front().get<std::int64_t>(0), rows.front().get<std::int64_t>(1)};
}

std::vector<std::string> GoodsStore::bin_plans(Tx& tx, const SiteId& site) const {
  std::vector<std::string> plans;
  for (auto row : tx.query("SELECT plan FROM bin_plan WHERE site_id = $1 ORDER BY plan", site))
    plans.push_back(row.get<std::string>(0));
  return plans;
}

std::optional<std::int64_t> GoodsStore::bins_version(Tx& tx, const SiteId& site) const {
  auto rows = tx.query("SELECT bins_version FROM site WHERE site_id = $1", site);
  if (rows.empty()) return std::nullopt;
  return rows.front().get<std::int64_t>(0);
}

void GoodsStore::add_bin_plan(Tx& tx, const SiteId& site, const std::string& plan) const {
  tx.send("INSERT INTO bin_plan (site_id, plan) VALUES ($1, $2) ON CONFLICT (site_id, plan) DO NOTHING", site,
          plan);
  tx.send("UPDATE site SET bins_version = bins_version + 1 WHERE site_id = $1", site);
}

void GoodsStore::replace_bin_plans(Tx& tx, const SiteId& site, const std::vector<std::string>& plans) const {
  tx.send("DELETE FROM bin_plan WHERE site_id = $1", site);
  for (const auto& plan : plans) add_bin_plan(tx, site, plan);
  if (plans.empty()) tx.send("UPDATE site SET bins_version = bins_version + 1 WHERE site_id = $1", site);
}

std::vector<std::string> GoodsStore::filled_bins(Tx& tx, const SiteId& site, std::int64_t most) const {
  std::vector<std::string> bins;
  auto rows = tx.query("SELECT DISTINCT bin FROM bin_stock WHERE site_id = $1 AND on_hand > 0 AND bin <> $2"
                       " ORDER BY bin LIMIT $3",
                       site, quarantine_bin, most);
  for (auto row : rows) bins.push_back(row.get<std::string>(0));
  return bins;
}

bool GoodsStore::has_had(Tx& tx, const SiteId& site, const SkuId& sku) const {
  return !tx.query("SELECT 1 FROM bin_stock WHERE site_id = $1 AND sku_id = $2 LIMIT 1", site, sku).empty();
}

std::optional<std::string> GoodsStore::barcode(Tx& tx, const SkuId& sku) const {
  auto rows = tx.query("SELECT barcode FROM label WHERE sku_id = $1", sku);
  if (rows.empty()) return std::nullopt;
  return rows.front().get<std::string>(0);
}

bool GoodsStore::is_label(Tx& tx, const std::string& barcode) const {
  return !tx.query("SELECT 1 FROM label WHERE barcode = $1 LIMIT 1", barcode).empty();
}

void GoodsStore::put_barcode(Tx& tx, const SkuId& sku, const std::string& barcode) const {
  tx.send("INSERT INTO label (sku_id, barcode) VALUES ($1, $2)"
          " ON CONFLICT (sku_id) DO UPDATE SET barcode = excluded.barcode",
          sku, barcode);
}

std::optional<Receipt> GoodsStore::find_receipt(Tx& tx, const std::string& receipt) const {
  auto rows = tx.query("SELECT lines FROM receipt WHERE receipt_id = $1", receipt);
  if (rows.empty()) return std::nullopt;
  return Receipt::decode(rows.front().get<std::string>(0));
}

void GoodsStore::add_receipt(Tx& tx, const Receipt& receipt) const {
  auto bytes = receipt.encode();
  tx.send("INSERT INTO receipt (receipt_id, site_id, lines, received_at) VALUES ($1, $2, $3, $4)",
          receipt.receipt_id, receipt.site_id, Blob{bytes}, receipt.received_at);
}

void GoodsStore::receive(Tx& tx, const Move& move) const {
  tx.send(
      "INSERT INTO bin_stock (site_id, sku_id, bin, on_hand, reserved, picked) VALUES ($1, $2, $3, $4, 0, 0)"
      " ON CONFLICT (site_id, sku_id, bin) DO UPDATE SET on_hand = bin_stock.on_hand + excluded.on_hand",
      move.site_id, move.sku_id, move.bin, move.quantity);
  write_movement(tx, move, "received");
}

void GoodsStore::pick(Tx& tx, const Move& move) const {
  must_change(tx.exec("UPDATE bin_stock SET reserved = reserved - $4, picked = picked + $4"
                      " WHERE site_id = $1 AND sku_id = $2 AND bin = $3 AND reserved >= $4",
                      move.site_id, move.sku_id, move.bin, move.quantity),
              move);
  write_movement(tx, move, "picked");
}

void GoodsStore::unreserve(Tx& tx, const Move& move) const {
  if (move.quantity == 0) return;
  must_change(tx.exec("UPDATE bin_stock SET reserved = reserved - $4"
                      " WHERE site_id = $1 AND sku_id = $2 AND bin = $3 AND reserved >= $4",
                      move.site_id, move.sku_id, move.bin, move.quantity),
              move);
  write_movement(tx, move, "unreserved");
}

void GoodsStore::unpick(Tx& tx, const Move& move) const {
  if (move.quantity == 0) return;
  must_change(tx.exec("UPDATE bin_stock SET picked = picked - $4"
                      " WHERE site_id = $1 AND sku_id = $2 AND bin = $3 AND picked >= $4",
                      move.site_id, move.sku_id, move.bin, move.quantity),
              move);
  write_movement(tx, move, "unpicked");
}

void GoodsStore::take_off_shelf(Tx& tx, const Move& move) const {
  must_change(tx.exec("UPDATE bin_stock SET on_hand = on_hand - $4, reserved = reserved - $4"
                      " WHERE site_id = $1 AND sku_id = $2 AND bin = $3 AND reserved >= $4",
                      move.site_id, move.sku_id, move.bin, move.quantity),
              move);
}

void GoodsStore::write_off(Tx& tx, const Move& move) const {
  take_off_shelf(tx, move);
  write_movement(tx, move, "written_off");
}

void GoodsStore::quarantine(Tx& tx, const Move& move) const {
  take_off_shelf(tx, move);
  write_movement(tx, move, "moved_out");
  auto to = move;
  to.bin = quarantine_bin;
  tx.send("INSERT INTO bin_stock (site_id, sku_id, bin, on_hand, reserved, picked, quarantined)"
          " VALUES ($1, $2, $3, $4, 0, 0, $4)"
          " ON CONFLICT (site_id, sku_id, bin) DO UPDATE SET on_hand = bin_stock.on_hand + excluded.on_hand,"
          " quarantined = bin_stock.quarantined + excluded.quarantined",
          to.site_id, to.sku_id, to.bin, to.quantity);
  write_movement(tx, to, "quarantined");
}

std::int64_t GoodsStore::free_in(Tx& tx, const Move& move) const {
  auto rows = tx.query("SELECT on_hand - reserved - picked - quarantined FROM bin_stock"
                       " WHERE site_id = $1 AND sku_id = $2 AND bin = $3",
                       move.site_id, move.sku_id, move.bin);
  return rows.empty() ? 0 : rows.front().get<std::int64_t>(0);
}

bool GoodsStore::undo_receipt(Tx& tx, const Move& move) const {
  auto rows =
      tx.exec("UPDATE bin_stock SET on_hand = on_hand - $4 WHERE site_id = $1 AND sku_id = $2 AND bin = $3"
              " AND on_hand - reserved - picked - quarantined >= $4",
              move.site_id, move.sku_id, move.bin, move.quantity);
  if (rows != 1) return false;
  write_movement(tx, move, "receipt_undone");
  return true;
}

std::vector<Move> GoodsStore::reserve(Tx& tx, Move wanted) const {
  std::vector<Move> reserved;
  auto rows = tx.query("SELECT bin, on_hand - reserved - picked - quarantined FROM bin_stock"
                       " WHERE site_id = $1 AND sku_id = $2 AND on_hand - reserved - picked - quarantined > 0"
                       " ORDER BY on_hand - reserved - picked - quarantined DESC, bin LIMIT 100",
                       wanted.site_id, wanted.sku_id);
  auto missing = wanted.quantity;
  for (auto row : rows) {
    auto part = wanted;
    part.bin = row.get<std::string>(0);
    part.quantity = std::min(missing, row.get<std::int64_t>(1));
    must_change(
        tx.exec(
            "UPDATE bin_stock SET reserved = reserved + $4 WHERE site_id = $1 AND sku_id = $2 AND bin = $3"
            " AND on_hand - reserved - picked - quarantined >= $4",
            part.site_id, part.sku_id, part.bin, part.quantity),
        part);
    write_movement(tx, part, "reserved");
    missing -= part.quantity;
    reserved.push_back(std::move(part));
    if (missing == 0) break;
  }
  return reserved;
}

std::vector<StockRow> GoodsStore::stock(Tx& tx, const ListStockRequest& request) const {
  std::vector<StockRow> found;
  auto offset = (request.page - 1) * request.limit;
  auto rows =
      request.sku_id
          ? tx.query(
                "SELECT sku_id, site_id, bin, on_hand, reserved, quarantined FROM bin_stock WHERE sku_id = $1"
                " AND ($2 = '' OR site_id = $2) ORDER BY site_id, bin LIMIT $3 OFFSET $4",
                *request.sku_id, request.site.value_or(SiteId()), request.limit, offset)
          : tx.query("SELECT sku_id, site_id, bin, on_hand, reserved, quarantined FROM bin_stock"
                     " WHERE ($1 = '' OR site_id = $1) ORDER BY site_id, sku_id, bin LIMIT $2 OFFSET $3",
                     request.site.value_or(SiteId()), request.limit, offset);
  for (auto row : rows) {
    found.push_back({row.get<SkuId>(0), row.get<SiteId>(1), row.get<std::string>(2), row.get<std::int64_t>(3),
                     row.get<std::int64_t>(4), row.get<std::int64_t>(5)});
  }
  return found;
}

std::int64_t GoodsStore::count_stock(Tx& tx, const ListStockRequest& request) const {
  auto rows = request.sku_id
                  ? tx.query("SELECT COUNT(*) FROM bin_stock WHERE sku_id = $1 AND ($2 = '' OR site_id = $2)",
                             *request.sku_id, request.site.value_or(SiteId()))
                  : tx.query("SELECT COUNT(*) FROM bin_stock WHERE ($1 = '' OR site_id = $1)",
                             request.site.value_or(SiteId()));
  return rows.front().get<std::int64_t>(0);
}

void GoodsStore::write_movement(Tx& tx, const Move& move, std::string_view kind) const {
  tx.send("INSERT INTO movement (movement_id, site_id, sku_id, bin, kind, quantity, document, by_whom, at)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
          new_id<MovementId>(clock_, random_, move.site_id.text()), move.site_id, move.sku_id, move.bin, kind,
          move.quantity, move.document, move.by_whom, tx.now());
}

}  // namespace bramble::warehouse
