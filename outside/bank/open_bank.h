// Chooses the adapter of a bank by the name of its provider, and reads the adapter's settings.
#pragma once

#include <memory>
#include <string>

#include "runtime/module.h"
#include "services/payments/bank.h"

namespace bramble::outside {

// Throws Error invalid for a provider without an adapter.
std::unique_ptr<payments::Bank> open_bank(ModuleHost& host, const std::string& provider);

}  // namespace bramble::outside
