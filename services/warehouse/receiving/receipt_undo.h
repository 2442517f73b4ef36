// Undoes a mistaken receipt, all of it or nothing. Inventory first gives back the right to sell the goods,
// then they leave the books, so that goods that are sold never lack. If some are sold, all stay, and so does
// the right. Each step may be repeated, and a job finishes what was cut off. Of several that continue one
// undo at once only the last that began writes.
#pragma once

#include "ports/database.h"
#include "services/inventory/inventory.api.h"
#include "services/warehouse/staff/worker_access.h"
#include "services/warehouse/store/goods_store.h"
#include "services/warehouse/store/undo_store.h"

namespace bramble::warehouse {

class ReceiptUndo {
 public:
  ReceiptUndo(Database& database, inventory::InventoryApi& inventory, const GoodsStore& goods,
              const UndoStore& undos, const WorkerAccess& access)
      : database_(database), inventory_(inventory), goods_(goods), undos_(undos), access_(access) {}

  Task<UndoReceiptReply> undo_receipt(Call call, UndoReceiptRequest request);
  // Finishes an undo that undo_receipt began.
  Task<UndoReceiptReply> finish_undo(Call call, std::string id);

 private:
  std::optional<UndoReceiptReply> request_undo(Tx& tx, const Call& call, const std::string& id) const;
  Receipt receipt_for(Tx& tx, const Call& call, const std::string& id) const;
  std::string missing_of(Tx& tx, const std::vector<Move>& moves) const;
  UndoReceiptReply take_off(Tx& tx, const std::string& id, const Undo& claim,
                            const inventory::WithdrawReply& answer) const;
  UndoReceiptReply state_of(Tx& tx, const std::string& id, std::string detail) const;

  Database& database_;
  inventory::InventoryApi& inventory_;
  const GoodsStore& goods_;
  const UndoStore& undos_;
  const WorkerAccess& access_;
};

}  // namespace bramble::warehouse
