// The tables of sites, goods by bin and receipts. Every change of a quantity writes its movement.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ports/clock.h"
#include "ports/database.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::warehouse {

// Goods in one bin, and why they move.
struct Move {
  SiteId site_id;
  SkuId sku_id;
  std::string bin;
  std::int64_t quantity = 0;
  std::string document;
  std::string by_whom;
};

inline constexpr std::string_view quarantine_bin = "QUARANTINE";

class GoodsStore {
 public:
  GoodsStore(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

  std::vector<Site> sites(Tx& tx) const;
  std::optional<Site> find_site(Tx& tx, const SiteId& site) const;
  void put_site(Tx& tx, const Site& site) const;
  // The number of the site's next grant, and the epoch it is of.
  std::pair<std::int64_t, std::int64_t> next_grant(Tx& tx, const SiteId& site) const;
  std::pair<std::int64_t, std::int64_t> last_grant(Tx& tx, const SiteId& site) const;

  // Whether the site has goods of the SKU, or had some once.
  bool has_had(Tx& tx, const SiteId& site, const SkuId& sku) const;
  std::optional<std::string> barcode(Tx& tx, const SkuId& sku) const;
  bool is_label(Tx& tx, const std::string& barcode) const;
  void put_barcode(Tx& tx, const SkuId& sku, const std::string& barcode) const;

  std::optional<Receipt> find_receipt(Tx& tx, const std::string& receipt) const;
  void add_receipt(Tx& tx, const Receipt& receipt) const;

  void receive(Tx& tx, const Move& move) const;
  void pick(Tx& tx, const Move& move) const;       // reserved → picked
  void unreserve(Tx& tx, const Move& move) const;  // reserved → available
  void unpick(Tx& tx, const Move& move) const;     // picked → available
  void write_off(Tx& tx, const Move& move) const;  // reserved → off the books: it is not there
  // reserved → the site's quarantine bin: still on hand, and never reserved again.
  void quarantine(Tx& tx, const Move& move) const;
  // Reserves goods of a SKU in the site's bins, the fullest first: as many as there are.
  std::vector<Move> reserve(Tx& tx, Move wanted) const;

  // Units in the move's bin that nobody is to pick.
  std::int64_t free_in(Tx& tx, const Move& move) const;
  // Available in that very bin → off the books: it never came. False if there are too few.
  bool undo_receipt(Tx& tx, const Move& move) const;

  std::vector<std::string> bin_plans(Tx& tx, const SiteId& site) const;
  // How often the plans have changed. Nothing: there is no such site.
  std::optional<std::int64_t> bins_version(Tx& tx, const SiteId& site) const;
  // Each of these changes the version.
  void add_bin_plan(Tx& tx, const SiteId& site, const std::string& plan) const;
  void replace_bin_plans(Tx& tx, const SiteId& site, const std::vector<std::string>& plans) const;
  // Bins with goods, quarantine left out; at most `most`.
  std::vector<std::string> filled_bins(Tx& tx, const SiteId& site, std::int64_t most) const;

  std::vector<StockRow> stock(Tx& tx, const ListStockRequest& request) const;
  std::int64_t count_stock(Tx& tx, const ListStockRequest& request) const;

 private:
  void take_off_shelf(Tx& tx, const Move& move) const;
  void write_movement(Tx& tx, const Move& move, std::string_view kind) const;

  const Clock& clock_;
  Random& random_;
};

}  // namespace bramble::warehouse
