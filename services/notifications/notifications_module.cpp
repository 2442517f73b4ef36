#include "services/notifications/notifications_module.h"

#include "notifications_schema.h"
#include "services/notifications/notifications_service.h"

namespace bramble {
namespace {

constexpr std::uint16_t sandbox_port = 10;
constexpr std::size_t made_bytes = 32;
constexpr std::size_t given_bytes = 16;  // shorter ones are no secrets

notifications::SmsSettings sms_settings(ModuleHost& host) {
  notifications::SmsSettings sms;
  bool practice = host.sandboxed();
  sms.base_url = host.setting("sms_url", practice ? host.address_of(sandbox_port) : "");
  sms.api_key =
      practice ? host.secret("sms_api_key", made_bytes) : host.given_secret("sms_api_key", given_bytes);
  if (sms.base_url.empty()) host.lacks("notifications.sms_url, the address of the SMS provider");
  if (sms.api_key.empty()) host.lacks("notifications.sms_api_key_file, or the same by the environment");
  return sms;
}

}  // namespace

Module notifications_module() {
  Module module{.name = "notifications", .calls = {}, .migrations = notifications_migrations(), .start = {}};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    auto service =
        std::make_shared<notifications::NotificationsService>(host.database(), host.http_client("SMS"),
                                                              host.clock(), sms_settings(host));
    auto* notifications = service.get();
    host.serve<notifications::NotificationsApi>(service);
    host.consume<orders::OrderStatusChanged>(
        [=](Tx& tx, const auto& event) { notifications->on_order_status(tx, event); },
        [=](const auto& event) { notifications->tell(event); });
    host.consume<orders::OrderItemsChanged>(
        [=](Tx& tx, const auto& event) { notifications->on_order_items(tx, event); },
        [=](const auto& event) { notifications->wake(event.user_id); });
    host.consume<orders::OrderCancelRefused>(
        [=](Tx& tx, const auto& event) { notifications->on_cancel_refused(tx, event); },
        [=](const auto& event) { notifications->wake(event.user_id); });
    host.consume<orders::OrderPaymentDeclined>(
        [=](Tx& tx, const auto& event) { notifications->on_payment_declined(tx, event); },
        [=](const auto& event) { notifications->wake(event.user_id); });
    host.repeat("end-waits", milliseconds(500),
                [=](Call call) { return notifications->end_waits(std::move(call)); });
    host.metrics().gauge("bramble_notifications_waiting", "Readers that wait for news.",
                         [=] { return static_cast<double>(notifications->waiting()); });
    // A reader that still waits when the process ends may hold the service that holds it.
    return std::shared_ptr<void>(service.get(), [service](void*) { service->forget_waits(); });
  };
  return module;
}

}  // namespace bramble
