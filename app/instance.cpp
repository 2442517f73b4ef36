#include "app/instance.h"

#include <unistd.h>

#include "app/engines.h"
#include "app/first_admin.h"
#include "base/error.h"
#include "base/phone/phone.h"

namespace bramble {
namespace {

std::vector<std::string> words_of_list(const std::string& text) {
  std::vector<std::string> words;
  std::size_t from = 0;
  while (from <= text.size()) {
    auto to = std::min(text.find(',', from), text.size());
    if (to > from) words.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return words;
}

bool is_sandboxed(const InstanceOptions& options) { return options.sandbox || options.demo; }

// Files, environment and flags come after, and win.
void add_demo_defaults(Settings& settings) {
  // A demo has a login for each site, but whoever tries it out has two hands.
  settings.load_text("[warehouse]\nbind_workers_to_site = false\n", "the demo's defaults");
}

// What the platform and the bank of the sandbox both have to know.
std::map<std::string, std::string> secrets_shared_with_sandbox() {
  return {{"sandbox.bank_api_key", "bank_api_key"},
          {"payments.bank_api_key", "bank_api_key"},
          {"notifications.sms_api_key", "bank_api_key"},
          {"sandbox.bank_webhook_secret", "bank_webhook_secret"},
          {"payments.bank_webhook_secret", "bank_webhook_secret"}};
}

void load_settings(Settings& settings, const InstanceOptions& options) {
  if (options.demo) add_demo_defaults(settings);
  if (!options.defaults.empty()) settings.load_text(options.defaults, "the command's defaults");
  if (!options.config.empty()) settings.load_file(options.config);
  settings.load_environment(environ);
  for (const auto& assignment : options.sets) settings.set(assignment);
  if (options.port_base >= 0) settings.set("server.port_base=" + std::to_string(options.port_base));
}

void choose_home_region(Settings& settings) {
  if (!set_home_region(settings.text("server", "phone_region", "RU")))
    throw_invalid("server.phone_region", "not_allowed", "a country of ISO 3166 in capitals, such as RU");
}

RpcMode rpc_mode(Settings& settings) {
  auto word = settings.choice("server", "rpc", {"direct", "encoded", "encoded_with_repeats"});
  if (word == "direct") return RpcMode::direct;
  return word == "encoded" ? RpcMode::encoded : RpcMode::encoded_with_repeats;
}

std::vector<std::string> roles_of(const InstanceOptions& options) {
  if (options.roles == "all") return {};
  auto roles = words_of_list(options.roles);
  bool names_it = std::find(roles.begin(), roles.end(), "sandbox") != roles.end();
  if (names_it && !is_sandboxed(options))
    throw_invalid("--roles", "not_allowed", "sandbox runs only with --sandbox or --demo");
  return roles;
}

std::unique_ptr<Logger> make_logger_of(const InstanceOptions& options) {
  LogOptions log;
  log.level = log_level(options.log_level);
  return make_logger(log);
}

}  // namespace

Instance::Instance(const InstanceOptions& given)
    : lock(given.data), logger(make_logger_of(given)), metrics(make_metrics()) {
  load_settings(settings, given);
  choose_home_region(settings);
  platform = make_platform(all_engines(), {.settings = settings,
                                           .metrics = *metrics,
                                           .data_folder = given.data,
                                           .defaults_only = given.default_engines});
  first_admin_password = given_first_admin_password(settings);
  options.data_folder = given.data;
  options.roles = roles_of(given);
  options.sandboxed = is_sandboxed(given);
  options.rpc = rpc_mode(settings);
  if (options.sandboxed) options.shared_secrets = secrets_shared_with_sandbox();
}

}  // namespace bramble
