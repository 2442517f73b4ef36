// The ops gateway as a module of the process.
#pragma once

#include "runtime/module.h"

namespace bramble {
Module ops_module();
}
