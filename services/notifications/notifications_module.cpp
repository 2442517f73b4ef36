#include "services/notifications/notifications_module.h"

#include "notifications_schema.h"
#include "services/notifications/notifications_service.h"

namespace bramble {

Module notifications_module() {
  constexpr std::uint16_t sandbox_port = 10;
  Module module{.name = "notifications", .calls = {}, .migrations = notifications_migrations(), .start = {}};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    notifications::SmsSettings sms;
    sms.url = host.setting("sms_url", host.address_of(sandbox_port) + "/sms/v1/messages");
    sms.api_key = host.secret("sms_api_key", 32);
    auto service =
        std::make_shared<notifications::NotificationsService>(host.database(), host.http_client("SMS"),
                                                              host.clock(), std::move(sms));
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
