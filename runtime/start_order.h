// Which modules run in this process and in which order they start: what a module calls starts before it.
#pragma once

#include <string>
#include <vector>

#include "runtime/module.h"

namespace bramble {

// The selected modules, as places in `modules`, in the order of starting; otherwise in the given order. No
// roles: all. Throws Error invalid that names the module for an unknown role or call, a cycle, a call of a
// module that is not selected, and a module on a loop of its own that calls or is called.
std::vector<std::size_t> start_order(const std::vector<Module>& modules,
                                     const std::vector<std::string>& roles);

}  // namespace bramble
