// Figures that nobody reads.
#pragma once

#include "runtime/metrics.h"

namespace bramble {

class QuietMetrics final : public Metrics {
 public:
  Counter& counter(std::string_view, std::string_view, MetricLabels) override { return counter_; }
  Histogram& histogram(std::string_view, std::string_view, MetricLabels) override { return histogram_; }
  void gauge(std::string_view, std::string_view, std::function<double()>, MetricLabels) override {}
  void total(std::string_view, std::string_view, std::function<double()>, MetricLabels) override {}
  std::string expose() override { return {}; }

 private:
  struct NoCount final : Counter {
    void add(std::int64_t) override {}
  };
  struct NoTime final : Histogram {
    void observe_us(std::int64_t) override {}
  };
  NoCount counter_;
  NoTime histogram_;
};

}  // namespace bramble
