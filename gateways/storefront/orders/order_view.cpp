#include "gateways/storefront/orders/order_view.h"

#include "base/error.h"
#include "gateways/storefront/catalogue/goods_view.h"
#include "gateways/storefront/orders/buyer_status.h"

namespace bramble::storefront {

OrderId order_in_path(const pages::PageRequest& request) {
  auto order = OrderId::parse(request.http.path.find("order_id")->second);
  if (!order) throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
  return std::move(*order);
}

void set_order(pages::PageRequest& request, const orders::OrderView& order) {
  auto& view = request.view;
  auto buyer_status = buyer_status_of(order);
  // The next person at this browser must not find it by going back.
  request.http.headers.add("Cache-Control", "no-store");
  view.show("NOT_INDEXED");
  view.set("ORDER_ID", order.order_id.text());
  view.set("ORDER_NUMBER", order_number(order.order_id));
  view.set("ORDER_URL", order_path(order.order_id));
  view.set("ORDER_DATE", request.locale.formats.moment(order.created_at));
  view.set("ORDER_STATUS", status_text(request.locale, order.status));
  view.set("ORDER_STATUS_NAME", to_string(order.status));
  auto kind = order.cancel_requested ? "warning" : notice_kind(buyer_status);
  view.set("NOTICE_KIND", kind);
  view.set("NOTICE_ICON", notice_icon(kind));
  set_next(view, request.locale, order);
  view.set_and_show("DECLINED_BECAUSE", decline_text(request.locale, order), "HAS_REASON");
  if (buyer_status == BuyerStatus::to_confirm) {
    view.set_and_show("PAY_URL", order.payment.redirect_url.value_or(""), "MAY_PAY");
    view.set("PAY_UNTIL", to_rfc3339(deadline_of(order)));
  }
  bool waits = buyer_status == BuyerStatus::to_confirm || buyer_status == BuyerStatus::deciding;
  if (waits) {
    view.show("MAY_CHECK");
    view.set("CHECK_URL", pages::QueryText().add("order_id", order.order_id.text()).after("/payment/return"));
  }
  view.show_if(order.can_cancel, "MAY_CANCEL");
  bool is_over = buyer_status == BuyerStatus::declined || buyer_status == BuyerStatus::timed_out ||
                 buyer_status == BuyerStatus::cancelled || buyer_status == BuyerStatus::refunded;
  view.show_if(is_over, "MAY_ORDER_AGAIN");
  if (order.pickup_point) {
    view.show("HAS_POINT");
    view.set("POINT_TITLE", order.pickup_point->title);
    view.set("POINT_ADDRESS", order.pickup_point->address);
  }
  view.set("TOTAL", request.locale.money(order.total));
}

}  // namespace bramble::storefront
