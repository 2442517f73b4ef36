#include "services/auth/auth_module.h"

#include "auth_schema.h"
#include "services/auth/auth_service.h"

namespace bramble {
namespace {

auth::AuthSettings settings(ModuleHost& host) {
  auth::AuthSettings settings;
  settings.code_key = host.secret("code_key", 32);
  settings.refresh_key = host.secret("refresh_key", 32);
  settings.access_life = seconds(host.setting("access_s", 900, 1, 86'400));
  settings.refresh_life = seconds(host.setting("refresh_s", 2'592'000, 60, 31'536'000));
  settings.refresh_grace = seconds(host.setting("refresh_grace_s", 10, 0, 60));
  settings.staff_session_life = seconds(host.setting("staff_session_s", 43'200, 60, 2'592'000));
  settings.code_life = seconds(host.setting("code_s", 300, 10, 3'600));
  settings.resend_after = seconds(host.setting("resend_after_s", 30, 0, 3'600));
  settings.codes_per_hour = host.setting("codes_per_hour", 20, 1, 1'000'000);
  settings.lock = seconds(host.setting("staff_lock_s", 60, 1, 86'400));
  return settings;
}

}  // namespace

Module auth_module() {
  Module module{.name = "auth", .calls = {"notifications"}, .migrations = auth_migrations(), .start = {}};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    auth::SigningKeys keys(host.secret("signing_seed", 32), days(host.setting("key_days", 30, 1, 365)));
    auto service =
        std::make_shared<auth::AuthService>(host.database(), host.api<notifications::NotificationsApi>(),
                                            std::move(keys), host.clock(), host.random(), settings(host));
    auto* auth = service.get();
    host.serve<auth::AuthApi>(service);
    host.repeat("drop-old", minutes(10), [=](Call call) { return auth->drop_old(std::move(call)); });
    return service;
  };
  return module;
}

}  // namespace bramble
