// The security log's chain, walked from its oldest entry to its end: SQL cannot hash, so this audit is code.
#pragma once

#include "app/check/check.h"

namespace bramble::check {

// What is wrong with the chain; its invariant is "I25". Nothing where the log's store is not here.
std::vector<Violation> security_chain_violations(Stores& stores);

}  // namespace bramble::check
