// Pay: the one form that makes an order. Sent twice, reloaded, or sent again from a page that the browser
// kept, it is the same order: its key says so. Every refusal is a page that says why and how to go on.
#include <algorithm>

#include "base/error.h"
#include "gateways/storefront/cart_order.h"
#include "gateways/storefront/pages/buying_pages.h"
#include "gateways/storefront/pages/checkout_choice.h"
#include "gateways/storefront/pages/goods_words.h"

namespace bramble::storefront {
namespace {

// A second press arrives while the first is still at work, which takes as long as the bank does.
constexpr int busy_looks = 40;
constexpr Duration busy_pause = milliseconds(250);

orders::CreateRequest request_of(const pages::Visit& visit, const Choice& choice,
                                 const std::string& return_url) {
  orders::CreateRequest create;
  create.user_id = UserId(visit.http.call.caller.id);
  create.idempotency_key = "page:" + choice.key;
  create.idempotency_digest = digest_of(choice);
  create.items = choice.items;
  create.delivery = {"pickup", *choice.point};
  create.payment_method = {std::string(choice.pay->type), std::string(choice.pay->token)};
  create.return_url = return_url;
  if (!choice.cart_version.empty()) create.cart = orders::CartOrdered{{}, choice.cart_version, {}};
  return create;
}

// Nobody knows yet whether there is an order. Sending the same form again finds out and orders nothing twice.
pages::Answer unsure(pages::Visit& visit, const Choice& choice) {
  auto& view = visit.view;
  view.set("TITLE", visit.say("checkout.unsure_title"));
  view.show("NOT_INDEXED");
  view.set("KEY", choice.key);
  view.set("CART_VERSION", choice.cart_version);
  view.set("POINT", choice.point->text());
  view.set("PAY", choice.pay->value);
  for (const auto& item : choice.items) {
    view.add("LINE").set("LINE_FIELD", line_text(item.sku_id, item.quantity, *item.expected_price));
  }
  return pages::Show{"checkout-again.html", 503};
}

// What costs something else in the cart now than the form says.
std::vector<orders::PriceChange> price_changes(const Choice& choice, const cart::CartView& cart) {
  std::vector<orders::PriceChange> changes;
  for (const auto& item : choice.items) {
    for (const auto& line : cart.items) {
      bool differs = line.sku_id == item.sku_id && item.expected_price && line.price != *item.expected_price;
      if (differs) changes.push_back({line.sku_id, *item.expected_price, line.price});
    }
  }
  return changes;
}

bool has_all(const cart::CartView& cart, const Choice& choice) {
  return std::all_of(choice.items.begin(), choice.items.end(), [&](const orders::WantedItem& item) {
    return std::any_of(cart.items.begin(), cart.items.end(), [&](const cart::CartLine& line) {
      return line.sku_id == item.sku_id && line.quantity >= item.quantity;
    });
  });
}

}  // namespace

// The form is of a cart that is not there any more.
Task<pages::Answer> BuyingPages::stale(Visit& visit, Choice choice, cart::CartView cart) {
  if (cart.items.empty())
    co_return co_await cart_page(visit, cart, visit.say("checkout.ordered_elsewhere"), 409);
  choice.notice = visit.say("checkout.cart_changed");
  co_return co_await offer(visit, std::move(choice), 409);
}

Task<pages::Answer> BuyingPages::place_order(Visit& visit) {
  auto choice = choice_of(visit.form, pay_methods(settings_.sandboxed));
  if (choice.key.empty() || choice.items.empty()) co_return pages::redirect("/checkout");
  if (!choice.point) choice.point_problem = visit.say("checkout.point_missing");
  if (!choice.point || choice.pay == nullptr) co_return co_await offer(visit, std::move(choice), 422);
  auto create = request_of(visit, choice, settings_.return_url);
  auto cart = co_await services_.cart.get(visit.http.call, {visit.http.call.caller.id});
  claim_lines(create, cart);
  // Ordered from another tab, perhaps. Without goods only an order that was made already is answered: that of
  // the same form, or of a cart that is empty since then.
  if (!has_all(cart, choice)) create.items.clear();
  if (create.items.empty() && !cart.items.empty()) create.cart.reset();
  std::optional<orders::CreateReply> reply;
  bool is_stale = false;
  bool is_over = false;
  for (int look = 0; look < busy_looks; ++look) {
    try {
      reply = co_await services_.orders.create(visit.http.call, create);
    } catch (const Error& error) {
      is_stale = error.code == ErrorCode::invalid && create.items.empty();
      is_over = !error.fields.empty() && error.fields.front().code == "too_many";
      if (!is_stale && !is_over && error.code != ErrorCode::unavailable && error.code != ErrorCode::timeout)
        throw;
      reply.reset();
    }
    if (!reply || reply->outcome != orders::CreateOutcome::key_busy) break;
    co_await pause_us(busy_pause.us);
  }
  if (is_over) co_return co_await cart_page(visit, cart, visit.say("cart.units_over"), 409);
  if (is_stale) co_return co_await stale(visit, std::move(choice), cart);
  if (!reply || reply->outcome == orders::CreateOutcome::key_busy) co_return unsure(visit, choice);
  if (reply->outcome == orders::CreateOutcome::created && reply->order)
    co_return co_await placed(visit, *reply);
  co_return co_await refused(visit, std::move(choice), *reply);
}

Task<pages::Answer> BuyingPages::placed(Visit& visit, orders::CreateReply reply) {
  auto& order = *reply.order;
  // Of a repeat, too: nobody knows whether the first request came as far as this.
  co_await services_.cart.remove_ordered(visit.http.call, taken_by(order));
  // The kept answer is of the moment of the order; meanwhile it may be paid.
  if (reply.replayed) order = co_await services_.orders.get(visit.http.call, {order.order_id});
  bool is_open = order.status == orders::OrderStatus::pending_payment;
  if (is_open && order.payment.redirect_url) co_return pages::redirect(*order.payment.redirect_url);
  if (reply.replayed && !is_open) co_return pages::redirect(order_path(order.order_id));
  co_return pages::redirect(
      pages::QueryText().add("order_id", order.order_id.text()).after("/payment/return"));
}

Task<pages::Answer> BuyingPages::refused(Visit& visit, Choice choice, orders::CreateReply reply) {
  switch (reply.outcome) {
    case orders::CreateOutcome::price_changed:
      choice.price_changes = std::move(reply.price_changes);
      co_return co_await offer(visit, std::move(choice), 409);
    case orders::CreateOutcome::unknown_pickup_point:
      choice.point.reset();
      choice.point_problem = visit.say("checkout.point_gone");
      co_return co_await offer(visit, std::move(choice), 422);
    case orders::CreateOutcome::key_reused:
      choice.notice = visit.say("checkout.sent_before");
      co_return co_await offer(visit, std::move(choice), 409);
    case orders::CreateOutcome::cart_ordered:
      if (!reply.claimed_by) co_return pages::redirect("/orders");
      co_await empty_ordered_cart(visit.http.call, services_.orders, services_.cart, *reply.claimed_by);
      co_return pages::redirect(order_path(*reply.claimed_by));
    case orders::CreateOutcome::cart_changed:
      choice.price_changes =
          price_changes(choice, co_await services_.cart.get(visit.http.call, {visit.http.call.caller.id}));
      if (choice.price_changes.empty()) choice.notice = visit.say("checkout.cart_changed");
      co_return co_await offer(visit, std::move(choice), 409);
    case orders::CreateOutcome::too_many_unpaid:
      choice.notice = visit.say("checkout.too_many_unpaid");
      co_return co_await offer(visit, std::move(choice), 409);
    case orders::CreateOutcome::out_of_stock:
    case orders::CreateOutcome::unknown_sku: break;
    case orders::CreateOutcome::key_busy:
    case orders::CreateOutcome::created:
      throw Error(ErrorCode::internal, "no_order", "an order was created and is not there");
  }
  auto cart = co_await services_.cart.get(visit.http.call, {visit.http.call.caller.id});
  // What was just found missing counts more than what the shelves said a moment before.
  for (const auto& shortage : reply.shortages) {
    for (auto& line : cart.items) {
      if (line.sku_id == shortage.sku_id) line.available = std::min(line.available, shortage.available);
    }
  }
  bool is_gone = reply.outcome == orders::CreateOutcome::unknown_sku;
  co_return co_await cart_page(visit, cart,
                               visit.say(is_gone ? "cart.gone_meanwhile" : "cart.sold_meanwhile"), 409);
}

}  // namespace bramble::storefront
