// Receives goods: puts them into bins, and grants inventory the right to sell them in the same transaction.
#pragma once

#include <map>

#include "ports/database.h"
#include "services/catalog/catalog.api.h"
#include "services/warehouse/bins/site_registry.h"
#include "services/warehouse/staff/worker_access.h"
#include "services/warehouse/store/goods_store.h"
#include "services/warehouse/store/undo_store.h"

namespace bramble::warehouse {

class Receipts {
 public:
  Receipts(Database& database, catalog::CatalogApi& catalog, const GoodsStore& goods, const UndoStore& undos,
           const SiteRegistry& sites, const WorkerAccess& access)
      : database_(database),
        catalog_(catalog),
        goods_(goods),
        undos_(undos),
        sites_(sites),
        access_(access) {}

  Task<Receipt> receive(Call call, ReceiveRequest request);

 private:
  using Barcodes = std::map<SkuId, std::string>;

  Task<Barcodes> barcodes_of(Call call, ReceiveRequest request);
  Receipt receive_in(Tx& tx, const Call& call, const ReceiveRequest& request, const Barcodes& barcodes) const;
  std::optional<Receipt> find_same(Tx& tx, const ReceiveRequest& request) const;
  void put_into_bins(Tx& tx, const Call& call, const Receipt& receipt, const Barcodes& barcodes) const;

  Database& database_;
  catalog::CatalogApi& catalog_;
  const GoodsStore& goods_;
  const UndoStore& undos_;
  const SiteRegistry& sites_;
  const WorkerAccess& access_;
};

}  // namespace bramble::warehouse
