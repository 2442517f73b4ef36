#include "services/payments/payments_module.h"

#include "payments_schema.h"
#include "services/payments/payments_service.h"

namespace bramble {
namespace {

constexpr std::uint16_t storefront_port = 0;
constexpr std::uint16_t sandbox_port = 10;
constexpr std::size_t made_bytes = 32;
constexpr std::size_t given_bytes = 16;  // shorter ones are no secrets

// The sandbox's are made; a bank gives its own.
std::string secret_of_the_bank(ModuleHost& host, const std::string& key) {
  if (host.sandboxed()) return host.secret(key, made_bytes);
  auto secret = host.given_secret(key, given_bytes);
  if (secret.empty()) host.lacks("payments." + key + "_file, or the same by the environment");
  return secret;
}

Duration bank_patience(ModuleHost& host) {
  return milliseconds(host.setting("bank_patience_ms", 4'000, 50, 60'000));
}

payments::BankSettings bank_settings(ModuleHost& host) {
  payments::BankSettings bank;
  bank.base_url = host.setting("bank_url", host.sandboxed() ? host.address_of(sandbox_port) : "");
  if (bank.base_url.empty()) host.lacks("payments.bank_url, the address of the bank's API");
  bank.api_key = secret_of_the_bank(host, "bank_api_key");
  // Another machine's bank would call itself.
  bank.webhook_url =
      host.setting("webhook_url",
                   host.sandboxed() ? host.address_of(storefront_port) + "/hooks/payments/sandbox" : "");
  if (bank.webhook_url.empty())
    host.lacks("payments.webhook_url, where the bank calls us: https://…/hooks/payments/sandbox");
  bank.patience = bank_patience(host);
  return bank;
}

payments::PaymentsSettings settings(ModuleHost& host) {
  payments::PaymentsSettings settings;
  settings.webhook_keys.push_back(
      {host.setting("webhook_key_id", "key-1"), secret_of_the_bank(host, "bank_webhook_secret")});
  // During a rotation the bank may still sign with the key before.
  auto previous = host.setting("webhook_previous_key_id", "");
  if (!previous.empty())
    settings.webhook_keys.push_back({previous, secret_of_the_bank(host, "bank_previous_webhook_secret")});
  settings.webhook_tolerance = seconds(host.setting("webhook_tolerance_s", 300, 30, 345'600));
  settings.lost_after = bank_patience(host) * 2 + seconds(4);
  settings.first_look = milliseconds(host.setting("reconcile_after_ms", 60'000, 10, 86'400'000));
  return settings;
}

}  // namespace

Module payments_module() {
  Module module{.name = "payments", .calls = {}, .migrations = payments_migrations(), .start = {}};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    payments::BankClient bank(host.http_client("bank"), bank_settings(host));
    auto service = std::make_shared<payments::PaymentsService>(host.database(), std::move(bank), host.clock(),
                                                               host.random(), host.log(), settings(host));
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
