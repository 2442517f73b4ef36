// Notifications as a module of the process.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "runtime/module.h"

namespace bramble {

namespace notifications {

class SmsProvider;

// Opens the adapter of the provider that `notifications.sms_provider` names.
using OpenSmsProvider =
    std::function<std::unique_ptr<SmsProvider>(ModuleHost& host, const std::string& provider)>;

}  // namespace notifications

Module notifications_module(notifications::OpenSmsProvider open_sms_provider);

}  // namespace bramble
