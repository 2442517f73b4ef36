// The security log as a module of the process.
#pragma once

#include "runtime/module.h"

namespace bramble {
Module security_module();
}
