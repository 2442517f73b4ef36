#include "bench/load/bench.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdio>
#include <stdexcept>

#include "bench/load/scenario.h"

namespace bramble::load {
namespace {

constexpr Duration tick_time = milliseconds(100);
constexpr Duration time_to_finish = seconds(60);  // for what is under way when the run ends

std::unique_ptr<Scenario> make_scenario(Run& run) {
  const auto& name = run.options.scenario;
  if (name == "purchase") return make_purchase(run);
  if (name == "hot-sku") return make_hot_sku(run);
  if (name == "cart" || name == "browse" || name == "search") return make_repeat(run);
  throw std::runtime_error("there is no scenario '" + name + "': purchase, hot-sku, cart, browse or search");
}

double own_cpu_s() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto span = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return span(usage.ru_utime) + span(usage.ru_stime);
}

// Repeats itself as long as the loop runs.
struct Beat {
  Run& run;
  Scenario& scenario;
  std::uint64_t beats = 0;
  std::uint64_t oks_before = 0;

  void next() {
    run.loop.after(tick_time, [this] {
      scenario.tick();
      if (++beats % 10 == 0) progress();
      next();
    });
  }
  void progress() {
    const auto& tally = *run.tally;
    fmt::print(stderr, "{:4} s  {:7}/s  p99 {:8.1f} ms  errors {}\n", beats / 10, tally.oks() - oks_before,
               tally.quantile_ms(0.99), tally.errors());
    oks_before = tally.oks();
  }
};

void drive(Run& run, Scenario& scenario) {
  auto length_us = static_cast<std::int64_t>(run.options.seconds * 1e6);
  auto warm_up_us = static_cast<std::int64_t>(static_cast<double>(length_us) * scenario.warm_up_part());
  // At least a second, but never so much that nothing is left to measure.
  if (warm_up_us > 0) warm_up_us = std::min(std::max<std::int64_t>(warm_up_us, 1'000'000), length_us / 2);
  run.tally = std::make_unique<Tally>(Loop::now_us(), warm_up_us, length_us);
  Beat beat{run, scenario};
  beat.next();
  scenario.start();
  auto give_up_us = run.tally->start_us() + length_us + time_to_finish.us;
  run.loop.run_until([&] { return (!run.open() && scenario.idle()) || Loop::now_us() > give_up_us; });
  if (!scenario.idle()) run.tally->error("still under way a minute after the end");
}

void print_json(const Run& run, const Sale& sale) {
  const auto& tally = *run.tally;
  std::string more;
  if (sale.counted) {
    auto after = sale.sold_out_after_s ? fmt::format("{:.3f}", *sale.sold_out_after_s) : "null";
    more = fmt::format(R"(,"sold":{},"stock":{},"left":{},"sold_out_after_s":{})", sale.sold, sale.stock,
                       std::max<std::int64_t>(0, sale.stock - sale.sold), after);
  }
  fmt::print(R"({{"ok":{},"ok_per_s":{:.1f},"p50_ms":{:.3f},"p99_ms":{:.3f},)", tally.oks(), tally.ok_per_s(),
             tally.quantile_ms(0.5), tally.quantile_ms(0.99));
  fmt::print(R"("errors":{},"clients":{},"seconds":{:g}{}}})", tally.errors(), run.options.clients,
             tally.seconds(), more);
  fmt::print("\n");
}

void print_summary(const Run& run, const Sale& sale, double cpu_s) {
  const auto& tally = *run.tally;
  fmt::print("{}: {:.1f}/s with {} clients over {:g} s\n", run.options.scenario, tally.ok_per_s(),
             run.options.clients, tally.seconds());
  fmt::print("  p50 {:.1f} ms   p95 {:.1f} ms   p99 {:.1f} ms   largest {:.1f} ms\n", tally.quantile_ms(0.5),
             tally.quantile_ms(0.95), tally.quantile_ms(0.99), tally.quantile_ms(1));
  fmt::print("  ok {}   errors {}   client's own CPU {:.1f} us each\n", tally.oks(), tally.errors(),
             cpu_s * 1e6 / static_cast<double>(std::max<std::uint64_t>(1, tally.oks())));
  if (sale.counted) {
    fmt::print("  sold {} of {}{}\n", sale.sold, sale.stock,
               sale.sold_out_after_s ? fmt::format(", sold out after {:.2f} s", *sale.sold_out_after_s)
                                     : fmt::format(", {} left: not sold out", sale.stock - sale.sold));
  }
}

int exit_code(const Run& run, const Sale& sale) {
  const auto& tally = *run.tally;
  for (const auto& [kind, count] : tally.kinds()) fmt::print(stderr, "error  {:8}  {}\n", count, kind);
  bool sold_wrong =
      sale.counted && (sale.sold > sale.stock || (sale.sold_out_after_s && sale.sold != sale.stock));
  if (sold_wrong) fmt::print(stderr, "sold {} units of {}\n", sale.sold, sale.stock);
  if (tally.oks() == 0) fmt::print(stderr, "nothing went well\n");
  return sold_wrong || tally.oks() == 0 ? 1 : 0;
}

}  // namespace

int run_bench(const BenchOptions& options) try {
  if (options.clients < 1 || options.seconds <= 0 || options.skus < 1 || options.stock < 1) {
    throw std::runtime_error("clients, seconds, skus and stock have to be more than 0");
  }
  Loop loop;
  Shop shop(loop, options);
  Run run{loop, shop, options, nullptr};
  auto scenario = make_scenario(run);
  fmt::print(stderr, "preparing {} against {}\n", options.scenario, options.target);
  scenario->prepare();
  auto cpu_before_s = own_cpu_s();
  drive(run, *scenario);
  auto cpu_s = own_cpu_s() - cpu_before_s;
  if (options.json) {
    print_json(run, scenario->sale());
  } else {
    print_summary(run, scenario->sale(), cpu_s);
  }
  return exit_code(run, scenario->sale());
} catch (const std::exception& failure) {
  fmt::print(stderr, "bench: {}\n", failure.what());
  return 1;
}

}  // namespace bramble::load
