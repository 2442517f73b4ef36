#include "runtime/chore_runner.h"

#include "runtime/failure_text.h"

namespace bramble {
namespace {

constexpr Duration longest_run = minutes(10);

class ChoreRunner : public Background, public std::enable_shared_from_this<ChoreRunner> {
 public:
  ChoreRunner(HostedModule& module, const Chore& chore)
      : module_(module),
        chore_(chore),
        signal_(Signal::make(module.executor())),
        tasks_(module.executor()),
        seconds_(module.metrics().histogram("bramble_chore_seconds", "Time of a run of a chore.",
                                            {{"module", module.name()}, {"chore", chore_.name}})),
        failures_(module.metrics().counter("bramble_chore_failures_total", "Runs of a chore that failed.",
                                           {{"module", module.name()}, {"chore", chore_.name}})) {}

  void start() override {
    tasks_.enter();
    spawn(module_.executor(), loop(shared_from_this()), nullptr);
  }

  Task<void> stop(Duration patience) override {
    stopping_ = true;
    signal_->notify();
    co_await tasks_.all_left(patience);
  }

  void wake() override { signal_->notify(); }

 private:
  // A tenth of the pause is chance, so that chores of many processes do not fall together.
  std::int64_t pause_us() {
    auto tenth = std::max<std::int64_t>(1, chore_.pause.us / 10);
    return chore_.pause.us - tenth / 2 + static_cast<std::int64_t>(module_.random().entropy().low % tenth);
  }

  Task<void> loop(std::shared_ptr<ChoreRunner> self) {
    while (!stopping_) {
      co_await run_once();
      if (!stopping_) co_await signal_->wait_us(pause_us());
    }
    self->tasks_.leave();
  }

  Task<void> run_once() {
    auto began = module_.clock().now();
    try {
      co_await chore_.run(system_call(module_.name(), began + longest_run));
    } catch (const std::exception& failure) {
      failures_.add();
      module_.log().warn("chore failed", {{"module", module_.name()},
                                          {"chore", chore_.name},
                                          {"error", failure_text(failure)}});
    }
    seconds_.observe_us(std::max<std::int64_t>(0, (module_.clock().now() - began).us));
  }

  HostedModule& module_;
  const Chore& chore_;
  std::shared_ptr<Signal> signal_;
  TaskCount tasks_;
  Histogram& seconds_;
  Counter& failures_;
  bool stopping_ = false;
};

}  // namespace

std::shared_ptr<Background> make_chore_runner(HostedModule& module, const Chore& chore) {
  return std::make_shared<ChoreRunner>(module, chore);
}

}  // namespace bramble
