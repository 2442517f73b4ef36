// Repeats a module's chore with a pause between its runs. It never overlaps itself, and a failure is logged
// and counted and does not end it.
#pragma once

#include "runtime/hosted_module.h"
#include "runtime/wake.h"

namespace bramble {

std::shared_ptr<Background> make_chore_runner(HostedModule& module, const Chore& chore);

}  // namespace bramble
