#include "gateways/ops/warehouse/stockroom.h"

#include "base/error.h"
#include "base/goods_code.h"
#include "gateways/edge/paging.h"
#include "gateways/edge/precondition.h"
#include "gateways/edge/problem.h"

namespace bramble::ops {
Task<warehouse::ListSitesReply> Stockroom::sites(edge::HttpCall& http, Nothing) {
  co_return co_await services_.warehouse.list_sites(http.call, {});
}

Task<StockPage> Stockroom::stock(edge::HttpCall& http, StockQuery request) {
  StockPage page;
  page.page = request.page.value_or(1);
  page.limit = request.limit.value_or(edge::usual_limit);
  auto found = co_await services_.warehouse.list_stock(http.call,
                                                       {request.sku_id, request.site, page.page, page.limit});
  page.items = std::move(found.items);
  page.total = found.total;
  co_return page;
}

// A label shows the barcode of the goods, or the SKU if they have none.
Task<GoodsPage> Stockroom::goods(edge::HttpCall& http, GoodsQuery request) {
  GoodsPage page;
  auto sku = request.sku_id;
  if (!sku && !request.barcode) throw_invalid("barcode", "required", "a barcode or a sku_id");
  if (!sku) {
    auto found = co_await services_.catalog.find_by_barcode(http.call, {*request.barcode});
    if (found.sku) {
      page.items.push_back(std::move(*found.sku));
      co_return page;
    }
    sku = SkuId::parse(read_goods_code(*request.barcode).key);
  }
  if (!sku) co_return page;
  auto found = co_await services_.catalog.get_skus(http.call, {{*sku}});
  page.items = std::move(found.items);
  co_return page;
}

Task<warehouse::Receipt> Stockroom::receive(edge::HttpCall& http, warehouse::ReceiveRequest request) {
  co_return co_await services_.warehouse.receive(http.call, std::move(request));
}

Task<warehouse::Receipt> Stockroom::undo_receipt(edge::HttpCall& http,
                                                 warehouse::UndoReceiptRequest request) {
  auto reply = co_await services_.warehouse.undo_receipt(http.call, std::move(request));
  if (reply.outcome == warehouse::UndoOutcome::goods_gone)
    throw edge::Problem(409, "goods_gone", reply.detail);
  if (reply.outcome == warehouse::UndoOutcome::pending) http.status = 202;
  co_return std::move(reply.receipt);
}

Task<warehouse::SiteBins> Stockroom::bins(edge::HttpCall& http, warehouse::SiteBinsRequest request) {
  auto bins = co_await services_.warehouse.list_bins(http.call, std::move(request));
  http.headers.add("ETag", edge::etag_of(bins.version));
  co_return bins;
}

Task<warehouse::SiteBins> Stockroom::put_bins(edge::HttpCall& http, BinPlans request) {
  warehouse::PutBinsRequest change{request.site_id, std::move(request.plans),
                                   edge::versions_in_if_match(http.request->headers.get("If-Match"))};
  auto reply = co_await services_.warehouse.put_bins(http.call, std::move(change));
  http.headers.add("ETag", edge::etag_of(reply.bins.version));
  if (reply.outcome == warehouse::PutBinsOutcome::changed)
    throw edge::Problem(412, "bins_changed", "Somebody else has changed the bins. Read them again.");
  co_return std::move(reply.bins);
}

}  // namespace bramble::ops
