// Stores the notices of users, hands them to waiting readers, and sends SMS. A user's notices are numbered
// without a gap, so a reader that was away continues where it stopped.
#pragma once

#include <mutex>
#include <unordered_map>

#include "base/recent.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "services/notifications/notifications.api.h"
#include "services/notifications/sms.h"
#include "services/orders/orders.api.h"

namespace bramble::notifications {

class NotificationsService : public NotificationsApi {
 public:
  NotificationsService(Database& database, std::unique_ptr<SmsProvider> sms, const Clock& clock)
      : database_(database), sms_(std::move(sms)), clock_(clock) {}

  Task<Empty> send_sms(Call call, SendSmsRequest request) override;
  Task<OrderNoticesReply> order_notices(Call call, OrderNoticesRequest request) override;
  Task<NoticesReply> notices(Call call, NoticesRequest request) override;

  void on_order_status(Tx& tx, const orders::OrderStatusChanged& event);
  void on_order_items(Tx& tx, const orders::OrderItemsChanged& event);
  void on_cancel_refused(Tx& tx, const orders::OrderCancelRefused& event);
  void on_payment_declined(Tx& tx, const orders::OrderPaymentDeclined& event);
  // The notice is durable: gives it to the readers that wait for it.
  void deliver(const orders::OrderStatusChanged& event);
  // The same for a notice that the reader has to read from the database.
  void wake(const UserId& user);
  // Call it when the process ends; no reader is woken after it.
  void forget_waits() { waits_.clear(); }
  // How many users wait for notices.
  std::size_t waiting() const { return waits_.size(); }

  Task<void> end_waits(Call call);

 private:
  struct Wait {
    std::int64_t after_seq = 0;
    std::string lang;
    Time until;
    std::shared_ptr<std::optional<Notice>> brought;  // the notice that woke it, if it is the only new one
    Resume resume;                                   // none until it suspends
  };
  using Waits = std::vector<std::shared_ptr<Wait>>;

  static void resume_all(const Waits& waits);
  Waits take_waits(const UserId& user);
  void remember_read(const UserId& user, const NoticesRequest& request, const NoticesReply& reply);
  std::int64_t next_seq(Tx& tx, const UserId& user) const;
  NoticesReply read(Tx& tx, const NoticesRequest& request) const;

  Database& database_;
  std::unique_ptr<SmsProvider> sms_;
  const Clock& clock_;
  std::unordered_map<UserId, Waits, IdHash> waits_;
  // The last notice of a user whose feed was read to its end; forgotten at the next notice.
  Recent<UserId, std::int64_t> read_to_{100'000};
  // The numbers of notices that are not durable yet, by order and its version. The database's threads write
  // them.
  std::mutex numbers_mutex_;
  Recent<std::pair<OrderId, std::int64_t>, std::int64_t> numbers_;
};

}  // namespace bramble::notifications
