#include "services/notifications/notifications_module.h"

#include "notifications_schema.h"
#include "services/notifications/notifications_service.h"

namespace bramble {
Module notifications_module(notifications::OpenSmsProvider open_sms_provider) {
  Module module{.name = "notifications", .calls = {}, .migrations = notifications_migrations(), .start = {}};
  module.start = [open_sms_provider =
                      std::move(open_sms_provider)](ModuleHost& host) -> std::shared_ptr<void> {
    auto provider = host.setting("sms_provider", std::string_view("sandbox"));
    auto service = std::make_shared<notifications::NotificationsService>(host.database(),
                                                                         open_sms_provider(host, provider),
                                                                         host.clock());
    auto* notifications = service.get();
    host.serve<notifications::NotificationsApi>(service);
    host.consume<orders::OrderStatusChanged>(
        [=](Tx& tx, const auto& event) { notifications->on_order_status(tx, event); },
        [=](const auto& event) { notifications->deliver(event); });
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
    host.metrics().gauge("bramble_notifications_waiting", "Readers that wait for notices.",
                         [=] { return static_cast<double>(notifications->waiting()); });
    // A reader that still waits when the process ends holds the service, and the service holds the reader.
    return std::shared_ptr<void>(service.get(), [service](void*) { service->forget_waits(); });
  };
  return module;
}

}  // namespace bramble
