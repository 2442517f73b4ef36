// The modules of this process and their order of starting: a module starts after those that it calls.
#pragma once

#include <string>
#include <vector>

#include "runtime/module.h"

namespace bramble {

// Returns the selected modules as indexes into `modules`, in the order of starting, otherwise in the given
// order. Without roles all are selected. Throws Error invalid that names the module: for an unknown role or
// call, a cycle, a call of a module that is not selected, or a module on a loop of its own that calls or is
// called.
std::vector<std::size_t> start_order(const std::vector<Module>& modules,
                                     const std::vector<std::string>& roles);

}  // namespace bramble
