#include "gateways/storefront/checkout/repayment_form.h"

#include "base/text.h"
#include "gateways/storefront/orders/buyer_status.h"

namespace bramble::storefront {
namespace {

constexpr std::size_t key_bytes = 16;

}  // namespace

void RepaymentForm::offer(pages::PageRequest& request, const orders::OrderView& order) const {
  if (buyer_status_of(order) != BuyerStatus::to_repay || !order.can_pay) return;
  auto& view = request.view;
  view.show("MAY_REPAY");
  view.set("KEY", to_hex(random_.bytes(key_bytes)));
  view.set("REPAY_TEXT", request.say("repay.pay", {{"total", request.locale.money(order.total)}}));
  if (order.payment.attempts_left > 0) {
    view.set_and_show("ATTEMPTS_TEXT", request.say("repay.left", {{"count", order.payment.attempts_left}}),
                      "HAS_ATTEMPTS");
  }
  show_methods(request, methods_, nullptr);
}

}  // namespace bramble::storefront
