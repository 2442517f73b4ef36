// Prometheus metrics. Get an instrument once, at start, and keep the reference: then adding is one atomic
// operation.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace bramble {

using MetricLabels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

class Counter {
 public:
  virtual ~Counter() = default;
  virtual void add(std::int64_t amount = 1) = 0;
};

// Latencies in buckets from 100 µs to 10 s.
class Histogram {
 public:
  virtual ~Histogram() = default;
  virtual void observe_us(std::int64_t microseconds) = 0;
};

class Metrics {
 public:
  virtual ~Metrics() = default;
  // Names follow Prometheus: "bramble_orders_created_total", "bramble_rpc_seconds". The same name and labels
  // return the same instrument.
  virtual Counter& counter(std::string_view name, std::string_view help, MetricLabels labels = {}) = 0;
  virtual Histogram& histogram(std::string_view name, std::string_view help, MetricLabels labels = {}) = 0;
  // `read` is called at each scrape. A gauge goes up and down; a total, "…_total", only grows.
  virtual void gauge(std::string_view name, std::string_view help, std::function<double()> read,
                     MetricLabels labels = {}) = 0;
  virtual void total(std::string_view name, std::string_view help, std::function<double()> read,
                     MetricLabels labels = {}) = 0;
  // All metrics in Prometheus's text format.
  virtual std::string expose() = 0;
};

}  // namespace bramble
