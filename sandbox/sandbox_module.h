// The outside world as a module: a bank with 3-D Secure and an SMS provider on a network port of its own.
#pragma once

#include "runtime/module.h"

namespace bramble {

Module sandbox_module();

}  // namespace bramble
