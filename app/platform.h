// Which engines this process runs on, by its configuration: [database] engine = "sqlite" or "postgres".
#pragma once

#include <string>

#include "runtime/metrics.h"
#include "runtime/platform.h"
#include "runtime/settings.h"

namespace bramble {

// Asks for the settings of [database], [cache] and [http_client]. Makes the data folder if it is not there.
// `metrics` outlives it.
Platform make_platform(Settings& settings, const std::string& data_folder, Metrics& metrics);

}  // namespace bramble
