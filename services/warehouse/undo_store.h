// The tables of receipts that somebody wants undone.
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
  std::int64_t round = 1;  // how often it was wished
  std::int64_t run = 0;    // who goes on with it: the last who claimed it
};

class UndoStore {
 public:
  std::optional<Undo> find(Tx& tx, const std::string& receipt) const;
  // Wishes it, again if it was given up.
  void wish(Tx& tx, const std::string& receipt, const std::string& by_whom) const;
  // From now on whoever went on with it before writes nothing more. Nothing: there is nothing to go on with.
  std::optional<Undo> claim(Tx& tx, const std::string& receipt) const;
  void set_stage(Tx& tx, const std::string& receipt, UndoStage stage) const;
  void finish(Tx& tx, const std::string& receipt) const;
};

}  // namespace bramble::warehouse
