// Runs the chore of a module again and again, with a pause in between. Runs do not overlap. A failure is
// logged and counted, and the chore goes on.
#pragma once

#include "runtime/hosted_module.h"
#include "runtime/signal.h"

namespace bramble {

std::shared_ptr<Background> make_chore_runner(HostedModule& module, const Chore& chore);

}  // namespace bramble
