// The process's metrics: atomic counters and histograms, and their text exposition for Prometheus.
#pragma once

#include <memory>

#include "runtime/metrics.h"

namespace bramble {

std::unique_ptr<Metrics> make_metrics();

}  // namespace bramble
