#include "gateways/ops/stock_dossier.h"

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

Task<StockDossier> read_stock(StockSources sources, Call call, SkuId sku) {
  call.deadline = std::min(call.deadline, sources.clock.now() + part_time);
  Read read;
  Parts parts;
  catalog::GetSkusRequest card;
  card.sku_ids.push_back(sku);
  parts.add("card", sources.catalog.get_skus(call, std::move(card)), read.card);
  parts.add("rights", sources.inventory.list_stock(call, {sku}), read.rights);
  parts.add("goods", sources.warehouse.list_stock(call, {sku, std::nullopt, 1, most_bins}), read.bins);
  parts.add("grants", sources.inventory.list_grants(call, {sku, most_grants}), read.grants);
  parts.add("holds", sources.inventory.list_holds(call, {std::nullopt, sku, true, most_holds}), read.holds);
  parts.add("sites", sources.warehouse.list_sites(call, {}), read.sites);
  co_await parts.read();
  StockDossier dossier;
  dossier.sku_id = sku;
  if (!read.card.items.empty()) {
    dossier.title = read.card.items.front().title;
    dossier.product_id = read.card.items.front().product_id;
  }
  dossier.sites = sites_of(read);
  bool unknown = read.card.items.empty() && dossier.sites.empty() && parts.missing().empty();
  if (unknown) throw Error(ErrorCode::not_found, "sku_not_found", "there is no such SKU");
  dossier.bins = std::move(read.bins.items);
  dossier.grants = std::move(read.grants.items);
  dossier.holds = std::move(read.holds.items);
  for (const auto& site : read.sites.items) dossier.names.emplace(site.site_id.text(), site.title);
  if (!read.card.items.empty()) dossier.names.emplace(sku.text(), name_of(read.card.items.front()));
  dossier.missing = parts.missing();
  co_return dossier;
}

}  // namespace bramble::ops
