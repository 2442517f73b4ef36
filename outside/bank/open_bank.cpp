#include "outside/bank/open_bank.h"

#include "base/network_ports.h"
#include "outside/bank/bank_client.h"

namespace bramble::outside {
namespace {

constexpr std::size_t made_bytes = 32;
constexpr std::size_t given_bytes = 16;  // a shorter text is no secret

// The sandbox's secrets are made; a bank gives its own.
std::string secret_of_the_bank(ModuleHost& host, const std::string& key) {
  if (host.sandboxed()) return host.secret(key, made_bytes);
  auto secret = host.given_secret(key, given_bytes);
  if (secret.empty()) host.lacks("payments." + key + "_file, or the same by the environment");
  return secret;
}

std::vector<WebhookKey> webhook_keys(ModuleHost& host) {
  std::vector<WebhookKey> keys;
  keys.push_back({host.setting("webhook_key_id", "key-1"), secret_of_the_bank(host, "bank_webhook_secret")});
  // During a rotation the bank may still sign with the key before.
  auto previous = host.setting("webhook_previous_key_id", "");
  if (!previous.empty()) keys.push_back({previous, secret_of_the_bank(host, "bank_previous_webhook_secret")});
  return keys;
}

BankSettings settings_of(ModuleHost& host, const std::string& provider) {
  BankSettings bank;
  bank.base_url = host.setting("bank_url", host.sandboxed() ? host.address_of(network_port::sandbox) : "");
  if (bank.base_url.empty()) host.lacks("payments.bank_url, the address of the bank's API");
  bank.api_key = secret_of_the_bank(host, "bank_api_key");
  auto hook = "/hooks/payments/" + provider;
  // Outside the sandbox our own address is not known: the bank would call itself.
  bank.webhook_url =
      host.setting("webhook_url", host.sandboxed() ? host.address_of(network_port::storefront) + hook : "");
  if (bank.webhook_url.empty()) host.lacks("payments.webhook_url, where the bank calls us: https://…" + hook);
  bank.patience = milliseconds(host.setting("bank_patience_ms", 4'000, 50, 60'000));
  bank.webhook_keys = webhook_keys(host);
  bank.webhook_tolerance = seconds(host.setting("webhook_tolerance_s", 300, 30, 345'600));
  return bank;
}

}  // namespace

std::unique_ptr<payments::Bank> open_bank(ModuleHost& host, const std::string& provider) {
  if (provider != "sandbox") throw_invalid("payments.provider", "not_allowed", "must be one of sandbox");
  return std::make_unique<BankClient>(host.http_client("bank"), settings_of(host, provider));
}

}  // namespace bramble::outside
