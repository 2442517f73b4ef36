#include "app/doctor/doctor_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "app/doctor/configuration.h"
#include "app/doctor/machine.h"
#include "app/doctor/storage.h"
#include "base/command_line/command.h"

namespace bramble {
namespace {

using doctor::Findings;

struct DoctorOptions {
  std::string data = "data";
  std::string config;
  std::uint16_t port_base = 8080;
  bool json = false;
  bool settings = false;
  bool sandbox = false;
};

// A file that cannot be read was complained about already.
void examine_settings(Findings& findings, const DoctorOptions& options, const TrySettings& try_settings) {
  bool unreadable = std::any_of(findings.begin(), findings.end(), [](const auto& finding) {
    return finding.what == "configuration" && finding.grade == doctor::Grade::fail;
  });
  if (unreadable) return;
  auto [complaint, settings, lacking] = try_settings(options.config, options.sandbox);
  bool fine = complaint.empty();
  findings.push_back({fine ? doctor::Grade::ok : doctor::Grade::fail, "settings",
                      fine ? "every module starts with them" : complaint});
  // Without a file nobody has begun to configure anything, and may only want to try it out.
  auto grade = options.config.empty() ? doctor::Grade::warn : doctor::Grade::fail;
  for (const auto& what : lacking) {
    findings.push_back(
        {grade, "outside world", "not configured: " + what + "; until then only --sandbox runs"});
  }
}

int run_doctor(const DoctorOptions& options, const TrySettings& try_settings) {
  if (options.settings) {
    fmt::print("{}", try_settings(options.config, true).settings);
    return 0;
  }
  doctor::Findings findings;
  doctor::examine_processors(findings);
  doctor::examine_memory(findings);
  doctor::examine_open_files(findings);
  doctor::examine_clock(findings);
  doctor::examine_ports(findings, options.port_base, options.sandbox || options.config.empty());
  doctor::examine_data_folder(findings, options.data);
  doctor::examine_access(findings, options.data);
  auto configured = doctor::read_configuration(findings, options.config, environ);
  examine_settings(findings, options, try_settings);
  doctor::examine_named_files(findings, configured);
  doctor::examine_postgres(findings, configured);
  if (options.json) {
    fmt::print("{}\n", doctor::to_json(findings));
  } else {
    fmt::print("{}", doctor::to_text(findings));
  }
  return doctor::any_failed(findings) ? 1 : 0;
}

}  // namespace

void add_doctor_command(Command& app, int& exit_code, TrySettings try_settings) {
  auto options = std::make_shared<DoctorOptions>();
  auto& command =
      app.command("doctor", "Say what is missing or wrong on this machine or in this configuration");
  command.option("--data", options->data, "the data folder").show_default();
  command.option("--config", options->config, "the configuration file");
  command.option("--port-base", options->port_base, "the first port").between(1, 65'000).show_default();
  command.flag("--sandbox", options->sandbox, "as for serve: no bank and no SMS provider are wanted");
  command.flag("--json", options->json, "print one JSON object");
  command.flag("--settings", options->settings, "only list the settings that there are, with their bounds");
  command.on_run([options, &exit_code, try_settings = std::move(try_settings)] {
    exit_code = run_doctor(*options, try_settings);
  });
}

}  // namespace bramble
