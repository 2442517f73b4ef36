#include "testing/fakes/fake_notifications.h"

namespace bramble {

Task<Empty> FakeNotifications::send_sms(Call, notifications::SendSmsRequest request) {
  auto guard = trouble.meet("send_sms");
  sent.push_back(std::move(request));
  guard.after();
  co_return Empty{};
}

Task<notifications::OrderNoticesReply> FakeNotifications::order_notices(Call,
                                                                        notifications::OrderNoticesRequest) {
  auto guard = trouble.meet("order_notices");
  guard.after();
  co_return notifications::OrderNoticesReply{};
}

}  // namespace bramble
