#include "runtime/metrics_registry.h"

#include <atomic>
#include <charconv>
#include <map>

#include "base/error.h"
#include "base/mutex.h"

namespace bramble {
namespace {

constexpr std::array<std::int64_t, 16> bounds_us = {100,       250,       500,       1'000,
                                                    2'500,     5'000,     10'000,    25'000,
                                                    50'000,    100'000,   250'000,   500'000,
                                                    1'000'000, 2'500'000, 5'000'000, 10'000'000};
constexpr std::array<std::string_view, 17> bound_words = {"0.0001", "0.00025", "0.0005", "0.001", "0.0025",
                                                          "0.005",  "0.01",    "0.025",  "0.05",  "0.1",
                                                          "0.25",   "0.5",     "1",      "2.5",   "5",
                                                          "10",     "+Inf"};

class AtomicCounter : public Counter {
 public:
  void add(std::int64_t amount) override { value_.fetch_add(amount, std::memory_order_relaxed); }
  std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_ = 0;
};

class AtomicHistogram : public Histogram {
 public:
  void observe_us(std::int64_t us) override {
    auto bucket = std::lower_bound(bounds_us.begin(), bounds_us.end(), us) - bounds_us.begin();
    counts_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
    sum_us_.fetch_add(us, std::memory_order_relaxed);
  }
  std::int64_t count(std::size_t bucket) const { return counts_[bucket].load(std::memory_order_relaxed); }
  std::int64_t sum_us() const { return sum_us_.load(std::memory_order_relaxed); }

 private:
  std::array<std::atomic<std::int64_t>, bound_words.size()> counts_{};
  std::atomic<std::int64_t> sum_us_ = 0;
};

using Reading = std::function<double()>;
using Instrument =
    std::variant<std::monostate, std::unique_ptr<AtomicCounter>, std::unique_ptr<AtomicHistogram>, Reading>;

struct Family {
  std::string help;
  std::string_view type;
  std::map<std::string, Instrument> instruments;  // by their labels as written: `code="ok",method="reserve"`
};

std::string escaped(std::string_view text, bool quotes) {
  std::string out;
  for (char c : text) {
    if (c == '\\') out += "\\\\";
    else if (c == '\n') out += "\\n";
    else if (c == '"' && quotes) out += "\\\"";
    else out.push_back(c);
  }
  return out;
}

std::string label_text(MetricLabels labels) {
  std::map<std::string_view, std::string_view> sorted;
  for (const auto& label : labels) sorted.insert(label);
  std::string text;
  for (const auto& [name, value] : sorted) {
    if (!text.empty()) text.push_back(',');
    text.append(name).append("=\"").append(escaped(value, true)).append("\"");
  }
  return text;
}

std::string number(double value) {
  std::array<char, 32> text{};
  auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

void append_line(std::string& out, std::string_view name, std::string_view labels, std::string_view value) {
  out.append(name);
  if (!labels.empty()) out.append("{").append(labels).append("}");
  out.append(" ").append(value).append("\n");
}

void append_histogram(std::string& out, const std::string& name, const std::string& labels,
                      const AtomicHistogram& histogram) {
  std::int64_t total = 0;
  for (std::size_t i = 0; i < bound_words.size(); ++i) {
    total += histogram.count(i);
    auto with_bound = labels + (labels.empty() ? "" : ",") + "le=\"" + std::string(bound_words[i]) + "\"";
    append_line(out, name + "_bucket", with_bound, std::to_string(total));
  }
  append_line(out, name + "_sum", labels, number(static_cast<double>(histogram.sum_us()) / 1e6));
  append_line(out, name + "_count", labels, std::to_string(total));
}

class Registry : public Metrics {
 public:
  Counter& counter(std::string_view name, std::string_view help, MetricLabels labels) override {
    return own<AtomicCounter>(name, help, "counter", labels);
  }
  Histogram& histogram(std::string_view name, std::string_view help, MetricLabels labels) override {
    return own<AtomicHistogram>(name, help, "histogram", labels);
  }
  void gauge(std::string_view name, std::string_view help, Reading read, MetricLabels labels) override {
    MutexLock lock(mutex_);
    slot(name, help, "gauge", labels) = std::move(read);
  }
  void total(std::string_view name, std::string_view help, Reading read, MetricLabels labels) override {
    MutexLock lock(mutex_);
    slot(name, help, "counter", labels) = std::move(read);
  }

  std::string expose() override {
    MutexLock lock(mutex_);
    std::string out;
    out.reserve(64 << 10);
    for (const auto& [name, family] : families_) {
      out.append("# HELP ").append(name).append(" ").append(escaped(family.help, false)).append("\n");
      out.append("# TYPE ").append(name).append(" ").append(family.type).append("\n");
      for (const auto& [labels, instrument] : family.instruments) append(out, name, labels, instrument);
    }
    return out;
  }

 private:
  template <class T>
  T& own(std::string_view name, std::string_view help, std::string_view type, MetricLabels labels) {
    MutexLock lock(mutex_);
    auto& instrument = slot(name, help, type, labels);
    if (std::holds_alternative<std::monostate>(instrument)) instrument = std::make_unique<T>();
    return *std::get<std::unique_ptr<T>>(instrument);
  }

  Instrument& slot(std::string_view name, std::string_view help, std::string_view type, MetricLabels labels)
      REQUIRES(mutex_) {
    auto [it, fresh] = families_.try_emplace(std::string(name), Family{std::string(help), type, {}});
    if (!fresh && it->second.type != type) {
      throw Error(ErrorCode::internal, "metric_kind",
                  std::string(name) + " is already a " + std::string(it->second.type));
    }
    return it->second.instruments[label_text(labels)];
  }

  static void append(std::string& out, const std::string& name, const std::string& labels,
                     const Instrument& instrument) {
    if (const auto* counter = std::get_if<std::unique_ptr<AtomicCounter>>(&instrument)) {
      append_line(out, name, labels, std::to_string((*counter)->value()));
    } else if (const auto* histogram = std::get_if<std::unique_ptr<AtomicHistogram>>(&instrument)) {
      append_histogram(out, name, labels, **histogram);
    } else if (const auto* reading = std::get_if<Reading>(&instrument)) {
      append_line(out, name, labels, number((*reading)()));
    }
  }

  Mutex mutex_;
  std::map<std::string, Family> families_ GUARDED_BY(mutex_);
};

}  // namespace

std::unique_ptr<Metrics> make_metrics() { return std::make_unique<Registry>(); }

}  // namespace bramble
