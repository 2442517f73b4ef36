// The warehouse as a module of the process.
#pragma once

#include "runtime/module.h"

namespace bramble {
Module warehouse_module();
}
