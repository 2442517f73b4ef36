// Stock in the console: one SKU everywhere, and movements of goods.
#pragma once

#include "gateways/edge/route.h"
#include "gateways/ops/console/stock_report.h"
#include "gateways/ops/services.h"
#include "runtime/module.h"

namespace bramble::ops {

class StockConsole {
 public:
  StockConsole(const Services& services, ModuleHost& host) : services_(services), host_(host) {}

  Task<StockReport> sku_stock(edge::HttpCall& http, StockDossierQuery request);
  Task<MovementsPage> movements(edge::HttpCall& http, MovementsQuery request);

 private:
  Services services_;
  ModuleHost& host_;
};

}  // namespace bramble::ops
