// Whether the platform starts with a configuration: found out by starting all of it, on stores made for the
// trial and without servers, so that nothing of an instance is touched.
#pragma once

#include <string>

namespace bramble {

struct TrialOutcome {
  std::string complaint;  // what is wrong with the configuration; empty if nothing is
  std::string settings;   // every setting that was asked for, a line each; as far as the start came
};

// `config` is a file, or "" for the environment alone.
TrialOutcome trial_start(const std::string& config);

}  // namespace bramble
