#include "services/security/security_module.h"

#include "security_schema.h"
#include "services/security/security_service.h"

namespace bramble {

Module security_module() {
  Module module{.name = "security", .calls = {}, .migrations = security_migrations(), .start = {}};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    security::SecuritySettings settings{.keep = days(host.setting("keep_days", 400, 1, 36'500))};
    auto service =
        std::make_shared<security::SecurityService>(host.database(), host.metrics(), host.log(), settings);
    auto* log = service.get();
    host.serve<security::SecurityApi>(service);
    host.consume<auth::SecurityNoted>([=](Tx& tx,
                                          const auth::SecurityNoted& event) { log->on_noted(tx, event); },
                                      [=](const auth::SecurityNoted& event) { log->told(event); });
    host.consume<orders::StaffActed>([=](Tx& tx,
                                         const orders::StaffActed& event) { log->on_staff_acted(tx, event); },
                                     [=](const orders::StaffActed& event) { log->told(event); });
    host.repeat("drop-old", hours(1), [=](Call call) { return log->drop_old(std::move(call)); });
    host.repeat("witness", hours(1), [=](Call call) { return log->witness(std::move(call)); });
    return service;
  };
  return module;
}

}  // namespace bramble
