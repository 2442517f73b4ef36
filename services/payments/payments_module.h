// Payments as a module of the process.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "runtime/module.h"

namespace bramble {

namespace payments {

class Bank;

// Opens the adapter of the provider that `payments.provider` names.
using OpenBank = std::function<std::unique_ptr<Bank>(ModuleHost& host, const std::string& provider)>;

}  // namespace payments

Module payments_module(payments::OpenBank open_bank);

}  // namespace bramble
