// Stores the faults of the last PUT /faults, so that they last over restarts.
#pragma once

#include "ports/database.h"
#include "sandbox/sandbox.api.h"

namespace bramble::sandbox {

class FaultStore {
 public:
  static Faults load(Tx& tx);  // no faults if there was no PUT
  static void save(Tx& tx, const Faults& faults);
};

}  // namespace bramble::sandbox
