#include "services/warehouse/store/undo_store.h"

namespace bramble::warehouse {

std::optional<Undo> UndoStore::find(Tx& tx, const std::string& receipt) const {
  auto rows = tx.query("SELECT done, by_whom, at, stage, round, run FROM receipt_undo WHERE receipt_id = $1",
                       receipt);
  if (rows.empty()) return std::nullopt;
  auto row = rows.front();
  return Undo{receipt,
              row.get<bool>(0),
              row.get<std::string>(1),
              row.get<Time>(2),
              static_cast<UndoStage>(row.get<std::int64_t>(3)),
              row.get<std::int64_t>(4),
              row.get<std::int64_t>(5)};
}

void UndoStore::request(Tx& tx, const std::string& receipt, const std::string& by_whom) const {
  tx.send("INSERT INTO receipt_undo (receipt_id, done, by_whom, at) VALUES ($1, 0, $2, $3)"
          " ON CONFLICT (receipt_id) DO UPDATE SET by_whom = excluded.by_whom, at = excluded.at, stage = 0,"
          " round = receipt_undo.round + 1 WHERE receipt_undo.done = 0 AND receipt_undo.stage = 2",
          receipt, by_whom, tx.now());
}

std::optional<Undo> UndoStore::claim(Tx& tx, const std::string& receipt) const {
  auto claimed =
      tx.exec("UPDATE receipt_undo SET run = run + 1 WHERE receipt_id = $1 AND done = 0 AND stage < 2",
              receipt);
  return claimed == 1 ? find(tx, receipt) : std::nullopt;
}

void UndoStore::set_stage(Tx& tx, const std::string& receipt, UndoStage stage) const {
  tx.send("UPDATE receipt_undo SET stage = $2 WHERE receipt_id = $1", receipt,
          static_cast<std::int64_t>(stage));
}

void UndoStore::finish(Tx& tx, const std::string& receipt) const {
  tx.send("UPDATE receipt_undo SET done = 1, at = $2 WHERE receipt_id = $1", receipt, tx.now());
}

}  // namespace bramble::warehouse
