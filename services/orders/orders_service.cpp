#include "services/orders/orders_service.h"

namespace bramble::orders {

Task<CreateReply> OrdersService::create(Call call, CreateRequest request) {
  return stories_.checkout.create(std::move(call), std::move(request));
}

Task<OrderView> OrdersService::get(Call call, GetRequest request) {
  return stories_.views.get(std::move(call), std::move(request));
}

Task<OrderDetails> OrdersService::get_order_details(Call call, GetRequest request) {
  return stories_.staff_queries.get_order_details(std::move(call), std::move(request));
}

Task<SearchReply> OrdersService::search(Call call, SearchRequest request) {
  return stories_.staff_queries.search(std::move(call), std::move(request));
}

Task<SearchReply> OrdersService::list_unfinished(Call call, ListUnfinishedRequest request) {
  return stories_.staff_queries.list_unfinished(std::move(call), std::move(request));
}

Task<ListReply> OrdersService::list(Call call, ListRequest request) {
  return stories_.views.list(std::move(call), std::move(request));
}

Task<CancelReply> OrdersService::cancel(Call call, CancelRequest request) {
  return stories_.cancel.cancel(std::move(call), std::move(request));
}

Task<StartPaymentReply> OrdersService::start_payment(Call call, StartPaymentRequest request) {
  return stories_.payment_retry.start_payment(std::move(call), std::move(request));
}

Task<OrderView> OrdersService::ask_bank(Call call, GetRequest request) {
  return stories_.payment_retry.ask_bank(std::move(call), std::move(request));
}

Task<StaffActionReply> OrdersService::act(Call call, StaffActionRequest request) {
  return stories_.staff_actions.act(std::move(call), std::move(request));
}

Task<Empty> OrdersService::end_action(Call call, EndActionRequest request) {
  return stories_.staff_actions.end_action(std::move(call), std::move(request));
}

}  // namespace bramble::orders
