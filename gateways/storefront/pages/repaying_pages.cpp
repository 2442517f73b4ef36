// Paying for an order in another way: after the bank said no, or instead of confirming at its page. Like Pay,
// it is one payment however often its form is sent.
#include "base/error.h"
#include "base/text.h"
#include "gateways/storefront/pages/buying_pages.h"
#include "gateways/storefront/pages/checkout_choice.h"
#include "gateways/storefront/pages/goods_words.h"
#include "gateways/storefront/pages/order_words.h"

namespace bramble::storefront {
namespace {

constexpr std::size_t key_bytes = 16;

std::string return_path(const OrderId& order) {
  return pages::QueryText().add("order_id", order.text()).after("/payment/return");
}

// Where the buyer goes who has sent the form.
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

void BuyingPages::offer_repaying(Visit& visit, const orders::OrderView& order) {
  if (standing_of(order) != Standing::to_repay || !order.can_pay) return;
  auto& view = visit.view;
  view.show("MAY_REPAY");
  view.set("KEY", to_hex(random_.bytes(key_bytes)));
  view.set("REPAY_TEXT", visit.say("repay.pay", {{"total", visit.locale.money(order.total)}}));
  if (order.payment.attempts_left > 0) {
    view.set_and_show("ATTEMPTS_TEXT", visit.say("repay.left", {{"count", order.payment.attempts_left}}),
                      "HAS_ATTEMPTS");
  }
  show_methods(visit, pay_methods(settings_.sandboxed), nullptr);
}

Task<pages::Answer> BuyingPages::pay_again(Visit& visit) {
  auto order = OrderId::parse(visit.http.path.find("order_id")->second);
  if (!order) throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
  auto key = visit.form.get("key");
  const auto* method = pay_method(pay_methods(settings_.sandboxed), visit.form.get("pay"));
  if (!is_order_key(key) || method == nullptr) co_return pages::redirect(order_path(*order));
  orders::StartPaymentRequest start{*order,
                                    "page:" + std::string(key),
                                    "pay " + order->text() + " " + std::string(method->value),
                                    {std::string(method->type), std::string(method->token)},
                                    settings_.return_url};
  auto reply = co_await services_.orders.start_payment(visit.http.call, std::move(start));
  co_return pages::redirect(way_on(*order, reply));
}

// What the bank says now; what we know, if it cannot be asked.
Task<orders::OrderView> BuyingPages::ask_bank(Visit& visit, const OrderId& order) {
  try {
    co_return co_await services_.orders.ask_bank(visit.http.call, {order});
  } catch (const Error& error) {
    bool is_trouble = error.code == ErrorCode::unavailable || error.code == ErrorCode::timeout ||
                      error.code == ErrorCode::exhausted;
    if (!is_trouble) throw;
  }
  co_return co_await services_.orders.get(visit.http.call, {order});
}

}  // namespace bramble::storefront
