#include "app/doctor/doctor_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "app/doctor/configuration.h"
#include "app/doctor/machine.h"
#include "app/doctor/storage.h"

namespace bramble {
namespace {

struct DoctorOptions {
  std::string data = "data";
  std::string config;
  std::uint16_t port_base = 8080;
  bool json = false;
};

int run_doctor(const DoctorOptions& options) {
  doctor::Findings findings;
  doctor::examine_processors(findings);
  doctor::examine_memory(findings);
  doctor::examine_open_files(findings);
  doctor::examine_clock(findings);
  doctor::examine_ports(findings, options.port_base);
  doctor::examine_data_folder(findings, options.data);
  doctor::examine_secrets(findings, options.data);
  auto configured = doctor::read_configuration(findings, options.config, environ);
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

void add_doctor_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<DoctorOptions>();
  auto* command =
      app.add_subcommand("doctor", "Say what is missing or wrong on this machine or in this configuration");
  command->add_option("--data", options->data, "the data folder")->capture_default_str();
  command->add_option("--config", options->config, "the configuration file");
  command->add_option("--port-base", options->port_base, "the first port")
      ->check(CLI::Range(1, 65'000))
      ->capture_default_str();
  command->add_flag("--json", options->json, "print one JSON object");
  command->callback([options, &exit_code] { exit_code = run_doctor(*options); });
}

}  // namespace bramble
