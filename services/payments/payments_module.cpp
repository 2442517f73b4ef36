#include "services/payments/payments_module.h"

#include "payments_schema.h"
#include "services/payments/payments_service.h"

namespace bramble {
namespace {

std::shared_ptr<payments::PaymentsService> open_service(ModuleHost& host,
                                                        const payments::OpenBank& open_bank) {
  payments::PaymentsSettings settings;
  settings.provider = host.setting("provider", std::string_view("sandbox"));
  settings.first_look = milliseconds(host.setting("reconcile_after_ms", 60'000, 10, 86'400'000));
  auto bank = open_bank(host, settings.provider);
  settings.lost_after = bank->patience() * 2 + seconds(4);
  return std::make_shared<payments::PaymentsService>(host.database(), std::move(bank), host.clock(),
                                                     host.random(), host.log(), std::move(settings));
}

}  // namespace

Module payments_module(payments::OpenBank open_bank) {
  Module module{.name = "payments", .calls = {}, .migrations = payments_migrations(), .start = {}};
  module.start = [open_bank = std::move(open_bank)](ModuleHost& host) -> std::shared_ptr<void> {
    auto service = open_service(host, open_bank);
    auto* payments = service.get();
    host.serve<payments::PaymentsApi>(service);
    host.on_job<payments::EndAtBank>([=](Call call, payments::EndAtBank job) {
      return payments->end_at_bank(std::move(call), std::move(job));
    });
    host.repeat("reconcile", milliseconds(500),
                [=](Call call) { return payments->reconcile(std::move(call)); });
    return service;
  };
  return module;
}

}  // namespace bramble
