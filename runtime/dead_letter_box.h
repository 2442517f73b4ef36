// The dead letters of all modules of the process: jobs that failed too often, and events that a consumer
// could not apply.
#pragma once

#include "runtime/hosted_module.h"

namespace bramble {

class DeadLetterBox : public DeadLetters {
 public:
  struct Place {
    HostedModule* module;
    std::function<void()> wake_jobs;
  };
  explicit DeadLetterBox(const Clock& clock) : clock_(clock) {}

  void clear() { places_.clear(); }
  void add(Place place) { places_.push_back(std::move(place)); }

  Task<std::vector<DeadLetter>> list(const Call& call, std::size_t limit) override;
  Task<std::optional<DeadLetterDetail>> find(const Call& call, const std::string& module,
                                             const std::string& kind, const std::string& id) override;
  Task<bool> replay(const Call& call, const std::string& module, const std::string& kind,
                    const std::string& id) override;

 private:
  Task<bool> replay_job(Call call, Place place, std::string job_id);
  Task<bool> replay_event(Call call, Place place, std::string event_id);

  const Clock& clock_;
  std::vector<Place> places_;
};

}  // namespace bramble
