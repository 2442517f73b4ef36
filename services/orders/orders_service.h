// Orders as one process runs it: the classes of its stories, and its API, which hands each call to one of
// them.
#pragma once

#include "services/orders/checkout/checkout.h"
#include "services/orders/checkout/payment_retry.h"
#include "services/orders/order_views.h"
#include "services/orders/saga/fulfilment.h"
#include "services/orders/saga/order_cancel.h"
#include "services/orders/saga/order_saga.h"
#include "services/orders/saga/refunds.h"
#include "services/orders/saga/short_picks.h"
#include "services/orders/saga/sweeper.h"
#include "services/orders/staff/staff_actions.h"
#include "services/orders/staff/staff_queries.h"

namespace bramble::orders {

// Each member is one story; later ones use earlier ones.
struct OrdersStories {
  explicit OrdersStories(OrdersEnvironment given) : environment(std::move(given)) {}
  OrdersStories(const OrdersStories&) = delete;

  const OrdersEnvironment environment;
  OrderViews views{environment};
  Creations creations{environment};
  OrderClosing closing{environment};
  OrderSaga saga{environment, creations, closing};
  Checkout checkout{environment, creations, closing, saga};
  PaymentRetry payment_retry{environment, saga, views};
  OrderCancel cancel{environment, saga, views};
  Fulfilment fulfilment{closing};
  ShortPicks short_picks{environment, closing};
  Refunds refunds;
  Sweeper sweeper{environment, creations};
  StaffQueries staff_queries{environment};
  StaffActions staff_actions{environment, saga};
};

class OrdersService : public OrdersApi {
 public:
  OrdersService(Database& database, OrdersPeers peers, const Clock& clock, Random& random,
                OrdersSettings settings)
      : stories_({database, peers, clock, random, settings}) {}

  // For the module's events, jobs and chores.
  OrdersStories& stories() { return stories_; }

  Task<CreateReply> create(Call call, CreateRequest request) override;
  Task<OrderView> get(Call call, GetRequest request) override;
  Task<OrderDetails> get_order_details(Call call, GetRequest request) override;
  Task<SearchReply> search(Call call, SearchRequest request) override;
  Task<SearchReply> list_unfinished(Call call, ListUnfinishedRequest request) override;
  Task<ListReply> list(Call call, ListRequest request) override;
  Task<CancelReply> cancel(Call call, CancelRequest request) override;
  Task<StartPaymentReply> start_payment(Call call, StartPaymentRequest request) override;
  Task<OrderView> ask_bank(Call call, GetRequest request) override;
  Task<StaffActionReply> act(Call call, StaffActionRequest request) override;
  Task<Empty> end_action(Call call, EndActionRequest request) override;

 private:
  OrdersStories stories_;
};

}  // namespace bramble::orders
