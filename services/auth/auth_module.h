// Auth as a module of the process.
#pragma once

#include "runtime/module.h"

namespace bramble {
Module auth_module();
}
