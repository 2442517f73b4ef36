#include "sandbox/fault_store.h"

#include "sandbox/sandbox.json.h"

namespace bramble::sandbox {

Faults FaultStore::load(Tx& tx) {
  auto rows = tx.query("SELECT faults FROM sandbox_faults WHERE slot = 1");
  return rows.empty() ? Faults{} : from_json<Faults>(rows.front().get<std::string>(0));
}

void FaultStore::save(Tx& tx, const Faults& faults) {
  auto text = json_of(faults);
  tx.exec("INSERT INTO sandbox_faults (slot, faults) VALUES (1, $1)"
          " ON CONFLICT (slot) DO UPDATE SET faults = excluded.faults",
          text);
}

}  // namespace bramble::sandbox
