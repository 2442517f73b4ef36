// The catalogue as a module of the process.
#pragma once

#include "runtime/module.h"

namespace bramble {
Module catalog_module();
}
