// The storefront gateway as a module of the process.
#pragma once

#include "gateways/storefront/checkout/pay_methods.h"
#include "runtime/module.h"

namespace bramble {

// While the sandbox runs, the checkout offers `practice_methods`, which the sandbox's bank understands.
Module storefront_module(std::vector<storefront::PayMethod> practice_methods);

}  // namespace bramble
