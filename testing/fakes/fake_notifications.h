// Keeps the SMS that were sent.
#pragma once

#include "services/notifications/notifications.api.h"
#include "testing/fakes/trouble.h"

namespace bramble {

class FakeNotifications final : public notifications::NotificationsApi {
 public:
  Task<Empty> send_sms(Call, notifications::SendSmsRequest request) override;
  Task<notifications::OrderNoticesReply> order_notices(Call, notifications::OrderNoticesRequest) override;
  Task<notifications::NoticesReply> notices(Call, notifications::NoticesRequest) override { not_faked(); }

  std::vector<notifications::SendSmsRequest> sent;
  Trouble trouble;
};

}  // namespace bramble
