#include "sandbox/sandbox_module.h"

#include "base/network_ports.h"
#include "sandbox/sandbox_http.h"
#include "sandbox_schema.h"

namespace bramble {
namespace {

constexpr std::size_t token_bytes = 16;

sandbox::SandboxSettings settings(ModuleHost& host) {
  sandbox::SandboxSettings settings;
  // The sandbox shows sign-in codes and can make the bank fail: without a token only this machine may use it.
  settings.token = host.given_secret("token", token_bytes);
  if (settings.token.empty()) host.keep_on_loopback(network_port::sandbox);
  settings.api_key = host.secret("bank_api_key", 32);
  settings.webhook_key.secret = host.secret("bank_webhook_secret", 32);
  settings.webhook_key.id = host.setting("webhook_key_id", std::string_view("key-1"));
  settings.public_url = host.setting("public_url", std::string_view(host.address_of(network_port::sandbox)));
  settings.merchant = host.setting("merchant", std::string_view("Bramble"));
  settings.timeout_hold = milliseconds(host.setting("timeout_hold_ms", 30'000, 1, 600'000));
  return settings;
}

}  // namespace

Module sandbox_module() {
  Module module{.name = "sandbox",
                .calls = {},
                .migrations = sandbox_migrations(),
                .start = {},
                .own_loop = true,
                .practice = true};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    auto counter = std::make_shared<sandbox::SandboxCounter>(host, settings(host));
    auto* desk = counter.get();
    host.on_ready([desk](Call call) { return desk->recover(std::move(call)); });
    host.repeat("send due webhooks", milliseconds(500),
                [desk](Call call) { return desk->send_due_webhooks(std::move(call)); });
    host.repeat("end sessions", seconds(2),
                [desk](Call call) { return desk->end_sessions(std::move(call)); });
    host.repeat("drop answers", hours(24), [desk](Call call) { return desk->drop_answers(std::move(call)); });
    host.listen(network_port::sandbox, desk->handler());
    return counter;
  };
  return module;
}

}  // namespace bramble
