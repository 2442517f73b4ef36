#include "app/trial_start.h"

#include <cstdlib>
#include <filesystem>

#include "app/instance.h"
#include "app/modules.h"

namespace bramble {
namespace {

void start_and_stop(const std::string& config, bool sandbox, const std::string& folder,
                    SettingsTrial& outcome) {
  InstanceOptions options;
  options.data = folder;
  options.config = config;
  options.sandbox = sandbox;
  options.log_level = "error";
  options.default_engines = true;  // a server that the configuration names is in use
  Instance instance(options);
  instance.options.servers = instance.options.background = false;
  Process process(all_modules(), instance.platform, instance.settings, *instance.logger, *instance.metrics,
                  instance.options);
  try {
    process.start();
    outcome.lacking = process.lacking();
    process.stop();
  } catch (const std::exception& failure) {
    outcome.complaint = failure.what();
  }
  outcome.settings = instance.settings.help();
}

}  // namespace

SettingsTrial trial_start(const std::string& config, bool sandbox) {
  SettingsTrial outcome;
  auto folder = (std::filesystem::temp_directory_path() / "bramble-trial-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return {"no folder for a trial could be made: " + folder, {}, {}};
  try {
    start_and_stop(config, sandbox, folder, outcome);
  } catch (const std::exception& failure) {
    outcome.complaint = failure.what();
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return outcome;
}

}  // namespace bramble
