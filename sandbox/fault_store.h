// The faults asked for, kept over restarts.
#pragma once

#include "ports/database.h"
#include "sandbox/sandbox.api.h"

namespace bramble::sandbox {

class FaultStore {
 public:
  static Faults load(Tx& tx);  // none, if none were ever asked for
  static void save(Tx& tx, const Faults& faults);
};

}  // namespace bramble::sandbox
