// The table of receipts that are undone or to be undone.
#pragma once

#include <optional>
#include <string>

#include "ports/database.h"

namespace bramble::warehouse {

enum class UndoStage { asking, giving_back, given_up };

struct Undo {
  std::string receipt_id;
  bool done = false;
  std::string by_whom;
  Time at;
  UndoStage stage = UndoStage::asking;
  std::int64_t round = 1;  // how often it was requested
  std::int64_t run = 0;    // the last run that claimed it; others must not write
};

class UndoStore {
 public:
  std::optional<Undo> find(Tx& tx, const std::string& receipt) const;
  // Requests it; again if it was given up.
  void request(Tx& tx, const std::string& receipt, const std::string& by_whom) const;
  // Earlier runs must not write any more. Nothing: there is nothing to finish.
  std::optional<Undo> claim(Tx& tx, const std::string& receipt) const;
  void set_stage(Tx& tx, const std::string& receipt, UndoStage stage) const;
  void finish(Tx& tx, const std::string& receipt) const;
};

}  // namespace bramble::warehouse
