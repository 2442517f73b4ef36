#include "services/warehouse/undo_store.h"

namespace bramble::warehouse {

std::optional<Undo> UndoStore::find(Tx& tx, const std::string& receipt) const {
  auto rows = tx.query("SELECT done, by_whom, at FROM receipt_undo WHERE receipt_id = $1", receipt);
  if (rows.empty()) return std::nullopt;
  auto row = rows.front();
  return Undo{receipt, row.get<bool>(0), row.get<std::string>(1), row.get<Time>(2)};
}

void UndoStore::add(Tx& tx, const Undo& undo, const std::vector<Move>& set_aside) const {
  tx.send("INSERT INTO receipt_undo (receipt_id, done, by_whom, at) VALUES ($1, 0, $2, $3)", undo.receipt_id,
          undo.by_whom, undo.at);
  for (const auto& move : set_aside) {
    tx.send("INSERT INTO receipt_undo_line (receipt_id, site_id, sku_id, bin, quantity) VALUES ($1, $2, $3, $4, $5)",
            undo.receipt_id, move.site_id, move.sku_id, move.bin, move.quantity);
  }
}

std::vector<Move> UndoStore::set_aside(Tx& tx, const Undo& undo) const {
  std::vector<Move> found;
  auto rows = tx.query("SELECT site_id, sku_id, bin, quantity FROM receipt_undo_line WHERE receipt_id = $1"
                       " ORDER BY sku_id, bin",
                       undo.receipt_id);
  for (auto row : rows) {
    found.push_back({row.get<SiteId>(0), row.get<SkuId>(1), row.get<std::string>(2), row.get<std::int64_t>(3),
                     undo.receipt_id, undo.by_whom});
  }
  return found;
}

void UndoStore::finish(Tx& tx, const std::string& receipt) const {
  tx.send("UPDATE receipt_undo SET done = 1, at = $2 WHERE receipt_id = $1", receipt, tx.now());
}

void UndoStore::forget(Tx& tx, const std::string& receipt) const {
  tx.send("DELETE FROM receipt_undo_line WHERE receipt_id = $1", receipt);
  tx.send("DELETE FROM receipt_undo WHERE receipt_id = $1", receipt);
}

}  // namespace bramble::warehouse
