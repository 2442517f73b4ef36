// The storefront gateway as a module of the process.
#pragma once

#include "runtime/module.h"

namespace bramble {
Module storefront_module();
}
