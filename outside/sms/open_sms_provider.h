// Chooses the adapter of an SMS provider by its name, and reads the adapter's settings.
#pragma once

#include <memory>
#include <string>

#include "runtime/module.h"
#include "services/notifications/sms.h"

namespace bramble::outside {

// Throws Error invalid for a provider without an adapter.
std::unique_ptr<notifications::SmsProvider> open_sms_provider(ModuleHost& host, const std::string& provider);

}  // namespace bramble::outside
