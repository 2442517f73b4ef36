#include "gateways/ops/console/stock_report.h"

#include <map>

#include "gateways/ops/names.h"

namespace bramble::ops {
namespace {

constexpr std::int64_t most_bins = 100;
constexpr std::int64_t most_grants = 50;
constexpr std::int64_t most_holds = 50;

struct Read {
  catalog::GetSkusReply card;
  inventory::ListStockReply rights;
  warehouse::ListStockReply bins;
  inventory::ListGrantsReply grants;
  inventory::ListHoldsReply holds;
  warehouse::ListSitesReply sites;
};

std::vector<SiteStock> sites_of(const Read& read) {
  std::map<SiteId, SiteStock> sites;
  for (const auto& right : read.rights.items) {
    auto& site = sites[right.site_id];
    site.granted = right.granted;
    site.held = right.held;
    site.spent = right.spent;
    site.free = right.granted - right.held - right.spent;
  }
  for (const auto& bin : read.bins.items) {
    auto& site = sites[bin.site_id];
    site.on_hand += bin.on_hand;
    site.reserved += bin.reserved;
  }
  for (const auto& known : read.sites.items) {
    if (auto site = sites.find(known.site_id); site != sites.end()) site->second.title = known.title;
  }
  std::vector<SiteStock> rows;
  for (auto& [id, site] : sites) {
    site.site_id = id;
    rows.push_back(std::move(site));
  }
  return rows;
}

}  // namespace

Task<StockReport> read_stock_report(StockReportSources sources, Call call, SkuId sku) {
  call.deadline = std::min(call.deadline, sources.clock.now() + read_time_limit);
  Read read;
  ParallelReads reads;
  catalog::GetSkusRequest card;
  card.sku_ids.push_back(sku);
  reads.add("card", sources.catalog.get_skus(call, std::move(card)), read.card);
  reads.add("rights", sources.inventory.list_stock(call, {sku}), read.rights);
  reads.add("goods", sources.warehouse.list_stock(call, {sku, std::nullopt, 1, most_bins}), read.bins);
  reads.add("grants", sources.inventory.list_grants(call, {sku, most_grants}), read.grants);
  reads.add("holds", sources.inventory.list_holds(call, {std::nullopt, sku, true, most_holds}), read.holds);
  reads.add("sites", sources.warehouse.list_sites(call, {}), read.sites);
  co_await reads.read();
  StockReport report;
  report.sku_id = sku;
  if (!read.card.items.empty()) {
    report.title = read.card.items.front().title;
    report.product_id = read.card.items.front().product_id;
  }
  report.sites = sites_of(read);
  bool unknown = read.card.items.empty() && report.sites.empty() && reads.missing().empty();
  if (unknown) throw Error(ErrorCode::not_found, "sku_not_found", "there is no such SKU");
  report.bins = std::move(read.bins.items);
  report.grants = std::move(read.grants.items);
  report.holds = std::move(read.holds.items);
  for (const auto& site : read.sites.items) report.names.emplace(site.site_id.text(), site.title);
  if (!read.card.items.empty()) report.names.emplace(sku.text(), name_of(read.card.items.front()));
  report.missing = reads.missing();
  co_return report;
}

}  // namespace bramble::ops
