#include "services/auth/auth_module.h"

#include <iterator>
#include <sstream>

#include "auth_schema.h"
#include "services/auth/auth_service.h"

namespace bramble {
namespace {

auth::AuthSettings settings(ModuleHost& host) {
  auth::AuthSettings settings;
  settings.code_key = host.secret("code_key", 32);
  settings.refresh_key = host.secret("refresh_key", 32);
  settings.refresh_grace = seconds(host.setting("refresh_grace_s", 10, 0, 60));
  settings.code_life = seconds(host.setting("code_s", 300, 10, 3'600));
  settings.resend_after = seconds(host.setting("resend_after_s", 30, 0, 3'600));
  settings.codes_per_hour = host.setting("codes_per_hour", 20, 1, 1'000'000);
  return settings;
}

auth::Pace pace(ModuleHost& host, std::string_view setting, auth::Pace otherwise, Duration period) {
  auto rate = host.setting(setting, period.us / otherwise.interval.us, 1, 1'000'000);
  return {std::max<std::int64_t>(otherwise.burst, 1), Duration{std::max<std::int64_t>(period.us / rate, 1)}};
}

auth::CodeLimitSettings limits(ModuleHost& host) {
  auth::CodeLimitSettings limits;
  limits.codes_of_address = pace(host, "codes_per_address_hour", limits.codes_of_address, hours(1));
  limits.codes_of_block = pace(host, "codes_per_block_hour", limits.codes_of_block, hours(1));
  auto& of_address = limits.wrong_of_address.free;
  auto& of_block = limits.wrong_of_block.free;
  of_address = host.setting("wrong_codes_per_address_day", of_address, 1, 1'000'000);
  of_block = host.setting("wrong_codes_per_block_day", of_block, 1, 1'000'000);
  limits.codes_to_country = pace(host, "codes_per_country_hour", limits.codes_to_country, hours(1));
  limits.codes_at_all = pace(host, "codes_per_minute", limits.codes_at_all, minutes(1));
  limits.codes_at_all.burst = std::max<std::int64_t>(2 * minutes(1).us / limits.codes_at_all.interval.us, 16);
  std::istringstream home(host.setting("home_countries", "7"));
  limits.home_countries.assign(std::istream_iterator<std::string>(home), {});
  return limits;
}

auth::SessionSettings session_settings(ModuleHost& host) {
  auth::SessionSettings settings;
  settings.access_life = seconds(host.setting("access_s", 900, 1, 86'400));
  settings.refresh_life = seconds(host.setting("refresh_s", 2'592'000, 60, 31'536'000));
  settings.staff_session_life = seconds(host.setting("staff_session_s", 43'200, 60, 2'592'000));
  return settings;
}

auth::StaffSettings staff_settings(ModuleHost& host) {
  auth::StaffSettings settings;
  settings.place_key = host.secret("code_key", 32);
  settings.factor_key = host.secret("factor_key", 32);
  settings.sandboxed = host.sandboxed();
  settings.device_life = days(host.setting("staff_device_days", 90, 1, 400));
  settings.handed_life = seconds(host.setting("handed_password_s", 259'200, 60, 2'592'000));
  return settings;
}

struct Auth {
  auth::Sessions sessions;
  auth::StaffDesk desk;
  auth::StaffOffice office;
  auth::StaffFactors factors;
  auth::AuthService service;

  explicit Auth(ModuleHost& host)
      : sessions(auth::SigningKeys(host.secret("signing_seed", 32),
                                   days(host.setting("key_days", 30, 1, 365))),
                 host.clock(), host.random(), session_settings(host)),
        desk({host.database(), sessions, host.clock(), host.random(), host.log(), host.metrics(),
              staff_settings(host)}),
        office(desk),
        factors(desk),
        service(host.database(), host.api<notifications::NotificationsApi>(), sessions, desk, office, factors,
                auth::CodeLimits(limits(host), host.metrics(), host.log()), host.clock(), host.random(),
                settings(host)) {}
};

}  // namespace

Module auth_module() {
  Module module{.name = "auth", .calls = {"notifications"}, .migrations = auth_migrations(), .start = {}};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    auto auth = std::make_shared<Auth>(host);
    auto* service = &auth->service;
    host.serve<auth::AuthApi>(std::shared_ptr<auth::AuthApi>(auth, service));
    host.repeat("drop-old", minutes(10), [=](Call call) { return service->drop_old(std::move(call)); });
    return auth;
  };
  return module;
}

}  // namespace bramble
