// The tables of receipts that somebody wants undone.
#pragma once

#include <optional>
#include <string>

#include "ports/database.h"

namespace bramble::warehouse {

struct Undo {
  std::string receipt_id;
  bool done = false;
  std::string by_whom;
  Time at;
};

class UndoStore {
 public:
  std::optional<Undo> find(Tx& tx, const std::string& receipt) const;
  void add(Tx& tx, const Undo& undo) const;
  void finish(Tx& tx, const std::string& receipt) const;
  void forget(Tx& tx, const std::string& receipt) const;
};

}  // namespace bramble::warehouse
