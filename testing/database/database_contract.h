// The contract suite of the database port: every promise of ports/database.h as tests that each engine
// passes. An engine's test program includes this once and instantiates DatabaseContract with its
// DatabaseEngine.
#pragma once

#include "testing/database/contract_isolation.h"
#include "testing/database/contract_limits.h"
#include "testing/database/contract_messages.h"
#include "testing/database/contract_values.h"

namespace bramble {

inline std::string engine_name(const testing::TestParamInfo<DatabaseEngine>& info) { return info.param.name; }

}  // namespace bramble
