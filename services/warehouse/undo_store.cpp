#include "services/warehouse/undo_store.h"

namespace bramble::warehouse {

std::optional<Undo> UndoStore::find(Tx& tx, const std::string& receipt) const {
  auto rows = tx.query("SELECT done, by_whom, at FROM receipt_undo WHERE receipt_id = $1", receipt);
  if (rows.empty()) return std::nullopt;
  auto row = rows.front();
  return Undo{receipt, row.get<bool>(0), row.get<std::string>(1), row.get<Time>(2)};
}

void UndoStore::add(Tx& tx, const Undo& undo) const {
  tx.send("INSERT INTO receipt_undo (receipt_id, done, by_whom, at) VALUES ($1, 0, $2, $3)", undo.receipt_id,
          undo.by_whom, undo.at);
}

void UndoStore::finish(Tx& tx, const std::string& receipt) const {
  tx.send("UPDATE receipt_undo SET done = 1, at = $2 WHERE receipt_id = $1", receipt, tx.now());
}

void UndoStore::forget(Tx& tx, const std::string& receipt) const {
  tx.send("DELETE FROM receipt_undo WHERE receipt_id = $1", receipt);
}

}  // namespace bramble::warehouse
