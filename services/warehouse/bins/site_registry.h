// The sites, and which bins each of them has. Goods are received into no other bins, so that a misread bin
// code cannot hide goods.
#pragma once

#include "ports/database.h"
#include "services/warehouse/store/goods_store.h"

namespace bramble::warehouse {

class SiteRegistry {
 public:
  SiteRegistry(Database& database, const GoodsStore& goods) : database_(database), goods_(goods) {}

  Task<ListSitesReply> list_sites(Call call, ListSitesRequest request);
  Task<Site> open_site(Call call, OpenSiteRequest request);
  Task<PutBinsReply> put_bins(Call call, PutBinsRequest request);
  Task<SiteBins> list_bins(Call call, SiteBinsRequest request);

  // Throws Error conflict "unknown_bin" that names each line with a bin that the site does not have. An
  // opening stock adds its bins to the site instead.
  void check_bins(Tx& tx, const ReceiveRequest& request) const;

 private:
  PutBinsReply put_bins_in(Tx& tx, const PutBinsRequest& request) const;
  SiteBins bins_of(Tx& tx, const SiteId& site) const;

  Database& database_;
  const GoodsStore& goods_;
};

}  // namespace bramble::warehouse
