#include "gateways/ops/console/stock_console.h"

#include "gateways/edge/paging.h"
#include "gateways/ops/names.h"

namespace bramble::ops {
Task<StockReport> StockConsole::sku_stock(edge::HttpCall& http, StockDossierQuery request) {
  StockReportSources sources{services_.catalog, services_.inventory, services_.warehouse, host_.clock()};
  co_return co_await read_stock_report(sources, http.call, request.sku_id);
}

Task<MovementsPage> StockConsole::movements(edge::HttpCall& http, MovementsQuery request) {
  auto found =
      co_await services_.warehouse.list_movements(http.call, {request.sku_id, request.site, request.before,
                                                              request.limit.value_or(edge::usual_limit)});
  auto names = co_await names_for(name_sources_of(services_), http.call, nameless_in(found.items));
  co_return MovementsPage{std::move(found.items), found.next, std::move(names)};
}

}  // namespace bramble::ops
