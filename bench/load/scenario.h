// What the clients of a run do. All of it happens on the run's loop; a scenario starts new work while the run
// is open, finishes what it began, and then says that it is idle.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "bench/load/shop.h"
#include "bench/load/tally.h"

namespace bramble::load {

// Lasts longer than any scenario; `tally` begins with the run.
struct Run {
  Loop& loop;
  Shop& shop;
  const BenchOptions& options;
  std::unique_ptr<Tally> tally;
  std::mt19937_64 random{std::random_device{}()};

  bool open() const { return tally->open(Loop::now_us()); }
  std::size_t pick(std::size_t count) { return static_cast<std::size_t>(random() % count); }
};

// What a scenario sold of a known stock.
struct Sale {
  bool counted = false;
  std::int64_t sold = 0;
  std::int64_t stock = 0;
  std::optional<double> sold_out_after_s;  // without a value: something was left at the end
};

class Scenario {
 public:
  virtual ~Scenario() = default;

  virtual void prepare() = 0;  // not measured; throws std::runtime_error
  virtual void start() = 0;
  virtual void tick() = 0;  // ten times a second
  virtual bool idle() const = 0;
  virtual Sale sale() const { return {}; }
  // Part of the run that is not measured.
  virtual double warm_up_part() const { return 0.1; }
};

std::unique_ptr<Scenario> make_purchase(Run& run);
std::unique_ptr<Scenario> make_hot_sku(Run& run);
std::unique_ptr<Scenario> make_repeat(Run& run);  // cart, browse, search

// A client that failed waits this long, so that a target in trouble is not run over.
constexpr Duration pause_after_failure = milliseconds(50);
// As long as the target itself gives a request.
constexpr Duration answer_time = seconds(30);

// The kind of a failed answer for the summary: what was asked and the status with its code, or what broke.
std::string failure_kind(std::string_view what, const HttpResponse& answer);

// The bearer token of a client; renews it over the client's own connection when a third of its life is left.
class Pass {
 public:
  explicit Pass(Session session) : session_(std::move(session)), header_(session_.header()) {}

  const std::string& header() const { return header_; }
  bool stale() const { return Loop::now_us() >= session_.renew_at_us; }
  void renew(Connection& connection, std::function<void(const HttpResponse&)> then);

 private:
  Session session_;
  std::string header_;
};

}  // namespace bramble::load
