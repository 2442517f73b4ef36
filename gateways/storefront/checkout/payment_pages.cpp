#include "gateways/storefront/checkout/payment_pages.h"

#include <algorithm>

#include "base/error.h"
#include "gateways/storefront/catalogue/goods_view.h"
#include "gateways/storefront/checkout/checkout_choice.h"
#include "gateways/storefront/orders/buyer_status.h"
#include "gateways/storefront/orders/order_view.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t quick_looks = 10;  // two seconds apart; the later ones take longer
constexpr std::int64_t most_looks = 40;

std::string_view title_key(BuyerStatus buyer_status) {
  switch (buyer_status) {
    case BuyerStatus::to_confirm: return "return.unconfirmed";
    case BuyerStatus::deciding: return "return.asking";
    case BuyerStatus::paid:
    case BuyerStatus::delivered: return "return.paid";
    case BuyerStatus::to_repay:
    case BuyerStatus::declined: return "return.declined";
    case BuyerStatus::timed_out: return "return.timed_out";
    case BuyerStatus::cancelled:
    case BuyerStatus::refunded:
    case BuyerStatus::returned: break;
  }
  return "return.closed";
}

std::string return_path(const OrderId& order) {
  return pages::QueryText().add("order_id", order.text()).after("/payment/return");
}

// The next address after the form.
std::string way_on(const OrderId& order, const orders::StartPaymentReply& reply) {
  using Outcome = orders::StartPaymentOutcome;
  switch (reply.outcome) {
    case Outcome::started:
      if (reply.payment && reply.payment->redirect_url) return *reply.payment->redirect_url;
      return return_path(order);
    case Outcome::unknown:
    case Outcome::paid: return return_path(order);
    case Outcome::too_late: return order_path(order) + "?said=too_late";
    case Outcome::too_many: return order_path(order) + "?said=too_many";
    case Outcome::closed:
    case Outcome::key_reused: break;
  }
  return order_path(order);
}

}  // namespace

std::vector<edge::Route> PaymentPages::routes(const pages::Site& site) {
  using enum edge::Auth;
  return {
      site.get("page_return", "/payment/return", buyer, pages::handler(*this, &PaymentPages::returned)),
      site.get("page_go_to_pay", "/orders/{order_id}/pay", buyer,
               pages::handler(*this, &PaymentPages::go_to_pay)),
      site.post("page_pay_again", "/orders/{order_id}/payments", buyer,
                pages::handler(*this, &PaymentPages::pay_again)),
  };
}

Task<pages::Answer> PaymentPages::returned(PageRequest& request) {
  auto id = OrderId::parse(request.query.get("order_id"));
  if (!id) throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
  auto order = co_await ask_bank(request, *id);
  auto buyer_status = buyer_status_of(order);
  auto& view = request.view;
  view.set("TITLE", request.say(title_key(buyer_status)));
  set_order(request, order);
  bool waits = buyer_status == BuyerStatus::to_confirm || buyer_status == BuyerStatus::deciding;
  view.show(waits                                    ? "WAITING"
            : buyer_status == BuyerStatus::paid      ? "PAID"
            : buyer_status == BuyerStatus::delivered ? "PAID"
            : buyer_status == BuyerStatus::to_repay  ? "TO_REPAY"
            : buyer_status == BuyerStatus::declined  ? "DECLINED"
            : buyer_status == BuyerStatus::timed_out ? "TIMED_OUT"
                                                     : "CLOSED");
  repayment_.offer(request, order);
  if (waits) {
    view.show(buyer_status == BuyerStatus::to_confirm ? "UNCONFIRMED" : "ASKING");
    auto looks = std::clamp<std::int64_t>(request.query.integer("looks").value_or(0), 0, most_looks);
    auto again = [&](std::int64_t number) {
      return pages::QueryText().add("order_id", id->text()).add("looks", number).after("/payment/return");
    };
    view.set("LOOK_AGAIN_URL", again(0));
    view.show_if(looks >= quick_looks, "TAKES_LONG");
    if (looks < most_looks) {
      auto pause_s = looks < quick_looks ? 2 : 10;
      request.http.headers.add("Refresh", std::to_string(pause_s) + "; url=" + again(looks + 1));
    }
  }
  co_return pages::PageResult{"payment-return.html"};
}

// Leads to the bank's page while the bank waits for the buyer; otherwise to the order.
Task<pages::Answer> PaymentPages::go_to_pay(PageRequest& request) {
  auto order = co_await orders_.get(request.http.call, {order_in_path(request)});
  bool waits = buyer_status_of(order) == BuyerStatus::to_confirm && order.payment.redirect_url;
  co_return pages::redirect(waits ? *order.payment.redirect_url : order_path(order.order_id));
}

Task<pages::Answer> PaymentPages::pay_again(PageRequest& request) {
  auto order = order_in_path(request);
  auto key = request.form.get("key");
  const auto* method = pay_method(methods_, request.form.get("pay"));
  if (!is_order_key(key) || method == nullptr) co_return pages::redirect(order_path(order));
  orders::StartPaymentRequest start{order,
                                    "page:" + std::string(key),
                                    "pay " + order.text() + " " + method->name,
                                    {method->type, method->token},
                                    return_url_};
  auto reply = co_await orders_.start_payment(request.http.call, std::move(start));
  co_return pages::redirect(way_on(order, reply));
}

// The bank's answer; if the bank cannot be asked, the stored state.
Task<orders::OrderView> PaymentPages::ask_bank(PageRequest& request, const OrderId& order) {
  try {
    co_return co_await orders_.ask_bank(request.http.call, {order});
  } catch (const Error& error) {
    bool is_trouble = error.code == ErrorCode::unavailable || error.code == ErrorCode::timeout ||
                      error.code == ErrorCode::exhausted;
    if (!is_trouble) throw;
  }
  co_return co_await orders_.get(request.http.call, {order});
}

}  // namespace bramble::storefront
