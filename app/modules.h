// Every module of Bramble: the one list that knows them all.
#pragma once

#include <vector>

#include "runtime/module.h"

namespace bramble {

std::vector<Module> all_modules();

}  // namespace bramble
