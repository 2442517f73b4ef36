// The contract suite of the database port: every promise of ports/database.h as tests that each engine
// passes. An engine's test program links bramble_database_contract and instantiates DatabaseContract with its
// DatabaseEngine.
#pragma once

#include "testing/database/database_stand.h"

namespace bramble {

inline std::string engine_name(const testing::TestParamInfo<DatabaseEngine>& info) { return info.param.name; }

}  // namespace bramble
