// Sites, bins and goods as the warehouse sees them; receiving goods and undoing a receipt.
#pragma once

#include "gateways/edge/route.h"
#include "gateways/ops/services.h"

namespace bramble::ops {

class Stockroom {
 public:
  explicit Stockroom(const Services& services) : services_(services) {}

  Task<warehouse::ListSitesReply> sites(edge::HttpCall& http, Nothing request);
  Task<StockPage> stock(edge::HttpCall& http, StockQuery request);
  Task<GoodsPage> goods(edge::HttpCall& http, GoodsQuery request);
  Task<warehouse::Receipt> receive(edge::HttpCall& http, warehouse::ReceiveRequest request);
  Task<warehouse::Receipt> undo_receipt(edge::HttpCall& http, warehouse::UndoReceiptRequest request);
  Task<warehouse::SiteBins> bins(edge::HttpCall& http, warehouse::SiteBinsRequest request);
  Task<warehouse::SiteBins> put_bins(edge::HttpCall& http, BinPlans request);

 private:
  Services services_;
};

}  // namespace bramble::ops
