#include "outside/sms/open_sms_provider.h"

#include "base/network_ports.h"
#include "outside/sms/sms_client.h"

namespace bramble::outside {
namespace {

constexpr std::size_t made_bytes = 32;
constexpr std::size_t given_bytes = 16;  // a shorter text is no secret

SmsSettings settings_of(ModuleHost& host) {
  SmsSettings sms;
  bool practice = host.sandboxed();
  sms.base_url = host.setting("sms_url", practice ? host.address_of(network_port::sandbox) : "");
  sms.api_key =
      practice ? host.secret("sms_api_key", made_bytes) : host.given_secret("sms_api_key", given_bytes);
  if (sms.base_url.empty()) host.lacks("notifications.sms_url, the address of the SMS provider");
  if (sms.api_key.empty()) host.lacks("notifications.sms_api_key_file, or the same by the environment");
  sms.patience = milliseconds(host.setting("sms_patience_ms", 5'000, 50, 60'000));
  return sms;
}

}  // namespace

std::unique_ptr<notifications::SmsProvider> open_sms_provider(ModuleHost& host, const std::string& provider) {
  if (provider != "sandbox")
    throw_invalid("notifications.sms_provider", "not_allowed", "must be one of sandbox");
  return std::make_unique<SmsClient>(host.http_client("SMS"), settings_of(host));
}

}  // namespace bramble::outside
