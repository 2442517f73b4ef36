// Orders in the console: search, one order's report, orders that do not move, and what staff do to an order.
#pragma once

#include "gateways/edge/route.h"
#include "gateways/ops/console/order_report.h"
#include "gateways/ops/services.h"
#include "runtime/module.h"

namespace bramble::ops {

class OrderConsole {
 public:
  OrderConsole(const Services& services, ModuleHost& host) : services_(services), host_(host) {}

  Task<OrderReport> order(edge::HttpCall& http, OrderQuery request);
  Task<orders::OrderView> check_payment(edge::HttpCall& http, OrderQuery request);
  Task<OrderPage> search_orders(edge::HttpCall& http, OrderSearchQuery request);
  Task<HangingPage> hanging_orders(edge::HttpCall& http, HangingQuery request);
  Task<orders::StaffAction> act_on_order(edge::HttpCall& http, OrderActionRequest request);

 private:
  struct Reminder {
    UserId user_id;
    std::string message;
  };

  OrderReportSources report_sources();
  Task<Reminder> last_notice(Call call, OrderId order);
  Task<orders::StaffActionState> resend_notice(Call call, OrderId order, std::string action_id,
                                               Reminder reminder);

  Services services_;
  ModuleHost& host_;
};

}  // namespace bramble::ops
