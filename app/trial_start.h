// Whether the platform starts with a configuration: found out by starting all of it, on stores made for the
// trial and without servers, so that nothing of an instance is touched.
#pragma once

#include <string>

#include "app/doctor/doctor_command.h"

namespace bramble {

// `config` is a file, or "" for the environment alone; `sandbox`: as `serve --sandbox`. The settings are told
// as far as the start came.
SettingsTrial trial_start(const std::string& config, bool sandbox);

}  // namespace bramble
