// The tables of sell rights and holds; the only file that knows them. Every function is one step of the
// caller's transaction. Always true: granted = available + held + spent, and no part is negative.
#pragma once

#include <optional>
#include <vector>

#include "ports/database.h"
#include "services/inventory/inventory.api.h"
#include "services/inventory/placement.h"

namespace bramble::inventory {

struct Hold {
  OrderId order_id;
  std::int64_t attempt = 0;
  HoldState state = HoldState::none;
  std::int64_t version = 0;
  std::int64_t closed_to = 0;  // what is asked for with such a number, or a smaller one, comes too late
};

class StockStore {
 public:
  // What is free of each SKU, at each site, seen from (lat, lon).
  Levels levels(Tx& tx, const std::vector<Line>& lines, double lat, double lon) const;
  // Units free over all sites.
  std::int64_t available(Tx& tx, const SkuId& sku) const;
  std::vector<Stock> stock_of(Tx& tx, const SkuId& sku) const;

  // free → held; false if there are too few, and then nothing has changed.
  bool take(Tx& tx, const Placement& placement) const;
  void release(Tx& tx, const Placement& placement) const;    // held → free
  void spend(Tx& tx, const Placement& placement) const;      // held → spent
  void take_back(Tx& tx, const Placement& placement) const;  // spent → free

  // The latest hold of the order, whatever its state.
  std::optional<Hold> find_hold(Tx& tx, const OrderId& order) const;
  std::vector<Placement> placements(Tx& tx, const Hold& hold) const;
  void add_hold(Tx& tx, const Hold& hold, const std::vector<Placement>& placements, Time expires_at) const;
  // Compare and set; false if somebody else moved the hold first.
  bool move_hold(Tx& tx, const Hold& hold, HoldState to) const;
  // From now on no hold with such a number or a smaller one is taken for the order.
  void close_holds(Tx& tx, const OrderId& order, std::int64_t to) const;
  // Holds that nobody is paying and whose time is over.
  std::vector<Hold> due(Tx& tx, Time now, std::int64_t limit) const;

  void open_site(Tx& tx, const SiteId& site, const std::string& title, double lat, double lon) const;
  // Whether (epoch, seq) is the site's next grant. A repeated one is not; a gap throws, so that it is tried
  // again.
  bool accept_grant(Tx& tx, const SiteId& site, std::int64_t epoch, std::int64_t seq) const;
  void add_grant(Tx& tx, const SiteId& site, std::int64_t epoch, std::int64_t seq, const SkuId& sku,
                 std::int64_t quantity) const;

  // Whether the site's grants up to this one have come.
  bool has_grant(Tx& tx, const SiteId& site, std::int64_t epoch, std::int64_t seq) const;
  // The round in which the document's rights were withdrawn; and the last in which they were given back.
  std::optional<std::int64_t> withdrawn_in(Tx& tx, const SiteId& site, const std::string& document) const;
  std::optional<std::int64_t> restored_to(Tx& tx, const SiteId& site, const std::string& document) const;
  // Free rights are granted no more; false if there are too few.
  bool withdraw(Tx& tx, const WithdrawRequest& request, const Placement& line) const;
  // Grants again what was withdrawn.
  std::vector<Placement> restore(Tx& tx, const SiteId& site, const std::string& document) const;
  void end_rounds(Tx& tx, const SiteId& site, const std::string& document, std::int64_t to) const;

  // Counts a turn of the SKU to available or not; nothing if it stands so already.
  std::optional<std::int64_t> turn(Tx& tx, const SkuId& sku, bool in_stock) const;
};

}  // namespace bramble::inventory
