// Pickup points as a module of the process.
#pragma once

#include "runtime/module.h"

namespace bramble {
Module pickup_module();
}
