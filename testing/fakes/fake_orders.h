// Orders that staff look into, as a test puts them there.
#pragma once

#include "services/orders/orders.api.h"
#include "testing/fakes/trouble.h"

namespace bramble {

class FakeOrders final : public orders::OrdersApi {
 public:
  Task<orders::CreateReply> create(Call, orders::CreateRequest) override { not_faked(); }
  Task<orders::OrderView> get(Call, orders::GetRequest request) override;
  Task<orders::OrderDetails> get_order_details(Call, orders::GetRequest request) override;
  Task<orders::SearchReply> search(Call, orders::SearchRequest) override { co_return found; }
  Task<orders::SearchReply> list_unfinished(Call, orders::ListUnfinishedRequest) override { not_faked(); }
  Task<orders::ListReply> list(Call, orders::ListRequest) override { not_faked(); }
  Task<orders::StaffActionReply> act(Call, orders::StaffActionRequest) override { not_faked(); }
  Task<Empty> end_action(Call, orders::EndActionRequest) override { not_faked(); }
  Task<orders::CancelReply> cancel(Call, orders::CancelRequest) override { not_faked(); }
  Task<orders::StartPaymentReply> start_payment(Call, orders::StartPaymentRequest) override { not_faked(); }
  Task<orders::OrderView> ask_bank(Call, orders::GetRequest) override { not_faked(); }

  std::map<OrderId, orders::OrderDetails> details;
  orders::SearchReply found;  // by every search
  Trouble trouble;

 private:
  const orders::OrderDetails& known(const OrderId& order) const;
};

}  // namespace bramble
